"""Entries of study.yaml replaced in its text, so that comments and order stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters from `start` up to `end` give way to `text`."""

    start: int
    end: int
    text: str


def sections(text: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Key and value of each section of a document that `app.study` has read without faults."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    return {key.value: (key, value) for key, value in root.value}


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Make edits that do not overlap."""
    for edit in sorted(edits, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def entries(mapping: yaml.Node, names: Sequence[str], texts: Sequence[str]) -> Iterator[Edit]:
    """Put entries in place of those of these names, or before all others."""
    assert isinstance(mapping, yaml.MappingNode)
    places = [k for k, (key, _) in enumerate(mapping.value) if key.value in names]
    if not mapping.value:
        yield Edit(mapping.start_mark.index, mapping.end_mark.index, "{" + ", ".join(texts) + "}")
        return
    key, value = mapping.value[places[0] if places else 0]
    between = ", " if mapping.flow_style else "\n" + " " * key.start_mark.column
    if not places:
        start = key.start_mark.index
        yield Edit(start, start, "".join(each + between for each in texts))
        return
    yield Edit(key.start_mark.index, end(value), between.join(texts))
    for k in places[1:]:
        yield Edit(end(mapping.value[k - 1][1]), end(mapping.value[k][1]), "")


def end(node: yaml.Node) -> int:
    """Where a node's own text ends: PyYAML counts what follows a block as part of it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return end(node.value[-1])
    return int(node.end_mark.index)
