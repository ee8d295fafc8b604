"""YAML to plain data with the line of every key, refusing what PyYAML lets pass in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from app.study.faults import Fault, message

Path: TypeAlias = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """SafeLoader without YAML 1.1's yes/no/on/off (``reading: off`` is a word) and aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            # A study needs none, and a few lines of them can grow without bound.
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias", mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _word in ("true", "false"):
    _Loader.yaml_implicit_resolvers[_word[0]] = [
        *_Loader.yaml_implicit_resolvers.get(_word[0], []),
        ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$")),
    ]


@dataclass(frozen=True, slots=True)
class Document:
    """Data of a YAML file and the line on which each key or list item stands."""

    file: str
    data: object
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Line of a key, or of the nearest key above it that the file has."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def read_yaml(file: str, content: str) -> tuple[Document | None, list[Fault]]:
    """Document and its faults: syntax (no document then), keys that stand twice."""
    try:
        loader = _Loader(content)
    except yaml.reader.ReaderError as error:
        line = content.count("\n", 0, error.position) + 1
        found = message("a character that a text cannot hold (code {code})", code=error.character)
        return None, [Fault(file, line, None, found, message("letters, digits, signs"))]
    try:
        node = loader.get_single_node()
        if node is None:
            return None, [
                Fault(file, None, None, message("an empty file"), message("a filled one"))
            ]
        lines: dict[Path, int] = {}
        faults = _walk(file, node, (), lines)
        return Document(file, loader.construct_document(node), lines), faults
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = None if mark is None else mark.line + 1
        found = message("a line that is not valid YAML ({reason})", reason=error.problem)
        expected = message(
            'keys and values as in the template; a text with ": ", "#", "?" or a comma in braces '
            "needs quotation marks"
        )
        return None, [Fault(file, row, None, found, expected)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        found = message("text that is not valid YAML ({reason})", reason=str(error))
        return None, [Fault(file, None, None, found, message("a YAML file"))]
    finally:
        loader.dispose()


def _walk(file: str, node: yaml.Node, path: Path, lines: dict[Path, int]) -> list[Fault]:
    """Record lines; return keys that stand twice in one mapping."""
    faults: list[Fault] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            row = key.start_mark.line + 1
            if here in lines:
                faults.append(
                    Fault(
                        file,
                        row,
                        dotted(here),
                        message("this key again, as in row {row}", row=lines[here]),
                        message("each key once"),
                    )
                )
                continue
            lines[here] = row
            faults += _walk(file, value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            lines[*path, at] = item.start_mark.line + 1
            faults += _walk(file, item, (*path, at), lines)
    return faults


def dotted(path: Path) -> str:
    """Path as it is shown: ``groups.2.experts``, list items counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
