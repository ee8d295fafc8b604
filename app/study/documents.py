"""study.yaml and questionnaire.yaml: text to models, every fault with its line."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from app.study.faults import Fault, Message, literal, message, one_of
from app.study.schema import FORMAT_VERSION
from app.study.textfile import read_text
from app.study.yamltext import Document, dotted, read_yaml
from survey import SurveyError

if TYPE_CHECKING:
    from pathlib import Path

    from app.study.yamltext import Path as Keys

Model = TypeVar("Model", bound=BaseModel)


def read_document(folder: Path, file: str) -> tuple[Document | None, list[Fault]]:
    """Document of a YAML file with keys, None if there is none, and its faults."""
    content = read_text(folder, file)
    if isinstance(content, Fault):
        return None, [content]
    document, faults = read_yaml(file, content)
    if document is not None and not isinstance(document.data, dict):
        found = message("a list or a single value")
        return None, [*faults, Fault(file, 1, None, found, message("keys with values"))]
    return document, faults


def to_model(document: Document, model: type[Model]) -> tuple[Model | None, list[Fault]]:
    """Model of a document, or every fault of its keys and values."""
    data = document.data
    version = data.get("format_version") if isinstance(data, dict) else None
    if isinstance(version, int) and version != FORMAT_VERSION:
        # Alone: under another version every other finding would mislead.
        return None, [_version(document, version)]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_fault(document, detail, model) for detail in details]


def _version(document: Document, version: int) -> Fault:
    return Fault(
        document.file,
        document.line(("format_version",)),
        "format_version",
        message("the format version {version}", version=version),
        message(
            "{known}: this Konsilium does not know the version found; a newer one may",
            known=FORMAT_VERSION,
        ),
    )


def _fault(document: Document, detail: Any, model: type[BaseModel]) -> Fault:  # noqa: ANN401 - pydantic's ErrorDetails has open keys
    keys = _in_file(document, tuple(detail["loc"]))
    context = detail.get("ctx", {})
    row, column = document.line(keys), dotted(keys) or None
    if isinstance(own := context.get("error"), SurveyError):
        return Fault(document.file, row, column, Message(own.template, own.fields))
    kind = detail["type"]
    if kind in {"missing", "union_tag_not_found"}:
        name = str(detail["loc"][-1]) if kind == "missing" else "kind"
        found = message("no key {key}", key=name)
        return Fault(document.file, row, column, found, message("this key"))
    if kind == "extra_forbidden":
        known = _known_keys(model, tuple(detail["loc"][:-1]))
        found = message("the unknown key {key}", key=detail["loc"][-1])
        return Fault(document.file, row, column, found, one_of(str(detail["loc"][-1]), known))
    if kind == "union_tag_invalid":
        known = context["expected_tags"].replace("'", "").split(", ")
        return Fault(
            document.file, row, column, literal(context["tag"]), one_of(context["tag"], known)
        )
    return Fault(document.file, row, column, _shown(detail["input"]), _expected(detail, context))


def _shown(value: object) -> Message:
    match value:
        case dict():
            return message("keys with values")
        case list() | tuple():
            return message("a list of {count}", count=len(value))
        case None:
            return message("nothing")
        case "":
            return message("an empty text")
    return literal(value)


_KINDS = {
    "string_type": message("a text (in quotation marks if it looks like a number or a date)"),
    "string_too_short": message("a text"),
    "string_pattern_mismatch": message(
        "a name of Latin letters, digits and _, starting with a letter"
    ),
    "int_type": message("a whole number"),
    "float_type": message("a number"),
    "finite_number": message("a number"),
    "bool_type": message("true or false"),
    "tuple_type": message("a list, each item on a line that begins with a dash"),
    "too_short": message("at least one item"),
    "dict_type": message("keys with values"),
    "model_type": message("keys with values"),
    "invalid_key": message("a key that is a word"),
}


def _expected(detail: Any, context: dict[str, Any]) -> Message:  # noqa: ANN401 - open keys
    match detail["type"]:
        case "literal_error":
            known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            return one_of(str(detail["input"]), known)
        case "greater_than_equal":
            return message("at least {low}", low=context["ge"])
        case "less_than_equal":
            return message("at most {high}", high=context["le"])
    # What pydantic adds in a later version is shown in its own words.
    return _KINDS.get(detail["type"]) or literal(detail["msg"])


def _in_file(document: Document, location: Keys) -> Keys:
    """Location without what pydantic adds: tags of unions and the mark of a dictionary's key."""
    keys: list[str | int] = []
    current: Any = document.data
    for part in location:
        if part == "[key]" or (
            isinstance(current, dict) and part not in current and current.get("kind") == part
        ):
            continue
        keys.append(part)
        inside = (isinstance(current, dict) and part in current) or (
            isinstance(current, list) and isinstance(part, int)
        )
        current = current[part] if inside else None
    return tuple(keys)


def _known_keys(model: type[BaseModel], location: Keys) -> list[str]:
    """Keys that the model at a location takes."""
    current: Any = model
    for part in location:
        current = _step(current, part)
    models = [each for each in _choices(current) if _is_model(each)]
    fields = models[0].model_fields if models else {}
    return [field.alias or name for name, field in fields.items()]


def _step(annotation: Any, part: str | int) -> Any:  # noqa: ANN401 - annotations of any kind
    for each in _choices(annotation):
        if _is_model(each):
            if (kind := each.model_fields.get("kind")) is not None and part in get_args(
                kind.annotation
            ):
                return each
            for name, field in each.model_fields.items():
                if part in (name, field.alias):
                    return field.annotation
        elif get_origin(each) is dict:
            return get_args(each)[1]
        elif isinstance(part, int) and get_args(each):
            return get_args(each)[0]
    return None


def _choices(annotation: Any) -> list[Any]:  # noqa: ANN401 - annotations of any kind
    """Alternatives of a union, without its wrappers."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _choices(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [each for inner in get_args(annotation) for each in _choices(inner)]
    return [annotation]


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
