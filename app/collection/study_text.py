"""Changes of study.yaml made in its text, so that comments and order stay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from app.study import formats
from app.study.schema import Group
from app.study.yamledit import Edit, edited, end, entries, sections
from survey import Text

# Id of the source in study.yaml.
SOURCE = "collected"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where answers come from: texts for the source, the place in it, and a note."""

    citation: Text
    place: Text
    note: Text


def with_answers(text: str, groups: Sequence[Group], origin: Origin, files: Sequence[str]) -> str:
    """Text of study.yaml whose groups and answers, in these files, are those of a wave.

    Numbers of experts are changed where they stand; only where groups come or go is their list
    written anew. `text` is of a file that `app.study` has read without faults of its keys.
    """
    parts = sections(text)
    table = f"{{source: {SOURCE}, place: {_texts(origin.place)}, kind: source, note: {_texts(origin.note)}}}"
    return edited(
        text,
        [
            *_groups(*parts["groups"], groups),
            *entries(
                parts["sources"][1],
                (SOURCE,),
                [f"{SOURCE}: {{citation: {_texts(origin.citation)}}}"],
            ),
            *entries(parts["tables"][1], formats.ANSWERS, [f"{file}: {table}" for file in files]),
        ],
    )


def _groups(key: yaml.Node, value: yaml.Node, groups: Sequence[Group]) -> Iterator[Edit]:
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
            yield Edit(number.start_mark.index, number.end_mark.index, count)
        return
    lines = [f"  - {{id: {g.id}, experts: {g.experts}, title: {_texts(g.title)}}}" for g in groups]
    yield Edit(key.start_mark.index, end(value), "\n".join(["groups:", *lines]))


def _texts(text: Text) -> str:
    # JSON's quotation marks and escapes are YAML's too.
    en, ru = (json.dumps(each, ensure_ascii=False) for each in (text.en, text.ru))
    return f"{{en: {en}, ru: {ru}}}"
