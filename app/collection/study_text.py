"""Changes of study.yaml made in its text, so that comments and order stay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from app.study import formats
from app.study.schema import Group
from survey import Text

# Id of the source in study.yaml.
SOURCE = "collected"
_ANSWERS = (formats.RESPONSES.file, formats.COUNTS.file)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where answers come from: texts for the source, the place in it, and a note."""

    citation: Text
    place: Text
    note: Text


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def with_answers(text: str, groups: Sequence[Group], origin: Origin) -> str:
    """Text of study.yaml whose groups and answers are those of a wave.

    Numbers of experts are changed where they stand; only where groups come or go is their list
    written anew. `text` is of a file that `app.study` has read without faults of its keys.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    parts = {key.value: (key, value) for key, value in root.value}
    edits = [
        *_groups(*parts["groups"], groups),
        _entry(
            parts["sources"][1], (SOURCE,), f"{SOURCE}: {{citation: {_texts(origin.citation)}}}"
        ),
        _entry(
            parts["tables"][1],
            _ANSWERS,
            f"{_ANSWERS[0]}: {{source: {SOURCE}, place: {_texts(origin.place)}, kind: source, "
            f"note: {_texts(origin.note)}}}",
        ),
    ]
    for edit in sorted(edits, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _groups(key: yaml.Node, value: yaml.Node, groups: Sequence[Group]) -> Iterator[_Edit]:
    items = [
        {part.value: content for part, content in item.value}
        for item in value.value
        if isinstance(item, yaml.MappingNode)
    ]
    experts = {group.id: group.experts for group in groups}
    if {item["id"].value for item in items} == set(experts):
        for item in items:
            number = item["experts"]
            count = str(experts[item["id"].value])
            yield _Edit(number.start_mark.index, number.end_mark.index, count)
        return
    lines = [f"  - {{id: {g.id}, experts: {g.experts}, title: {_texts(g.title)}}}" for g in groups]
    yield _Edit(key.start_mark.index, _end(value), "\n".join(["groups:", *lines]))


def _entry(mapping: yaml.MappingNode, names: Sequence[str], text: str) -> _Edit:
    """Put an entry in place of one with such a name, or before all others."""
    for key, value in mapping.value:
        if key.value in names:
            return _Edit(key.start_mark.index, _end(value), text)
    if not mapping.value:
        return _Edit(mapping.start_mark.index, mapping.end_mark.index, f"{{{text}}}")
    first = mapping.value[0][0].start_mark
    between = ", " if mapping.flow_style else "\n" + " " * first.column
    return _Edit(first.index, first.index, text + between)


def _end(node: yaml.Node) -> int:
    """Where a node's own text ends: PyYAML counts what follows a block as part of it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _texts(text: Text) -> str:
    # JSON's quotation marks and escapes are YAML's too.
    en, ru = (json.dumps(each, ensure_ascii=False) for each in (text.en, text.ru))
    return f"{{en: {en}, ru: {ru}}}"
