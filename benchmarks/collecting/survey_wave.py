"""The wave that is answered under load, and what is in the store afterwards.

Answers are anonymous, so each respondent writes a number into the first of them: by it what was
acknowledged is found again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.collecting.respondents import Form, Value
from survey.collection import schema
from survey.collection.invitations import Person, invite
from survey.collection.lifecycle import open_wave
from survey.collection.sealing import Sealer
from survey.collection.store import Store
from survey.collection.wave import MIN_CELL, Group, WaveSettings
from survey.collection.waves import create_wave
from survey.questionnaire import Questionnaire
from survey.questions import Text

ANALYST = "analyst"
GROUPS = ("science", "industry", "state")
WHO = "who"
Given = tuple[str, Form, Value]


def _options(count: int) -> str:
    return ", ".join(f"{{id: o{k}, text: {{en: Aim {k}, ru: Цель {k}}}}}" for k in range(count))


QUESTIONNAIRE = Questionnaire.from_yaml(
    f"""
format_version: 1
id: load
title: {{en: Aims of the region, ru: Цели региона}}
questions:
  - {{id: who, kind: text, required: true, text: {{en: Your number, ru: Ваш номер}}}}
  - {{id: first, kind: single, text: {{en: The first aim, ru: Первая цель}}, options: [{_options(6)}]}}
  - {{id: aims, kind: multiple, max_picks: 3, text: {{en: Aims, ru: Цели}}, options: [{_options(8)}]}}
  - {{id: trust, kind: rating, text: {{en: Trust, ru: Доверие}}, scale: {{low: 1, high: 5}}, options: [{_options(6)}]}}
  - {{id: share, kind: points, text: {{en: Share 100, ru: Разделите 100}}, options: [{_options(4)}]}}
  - {{id: order, kind: ranking, text: {{en: Order, ru: Порядок}}, options: [{_options(5)}]}}
  - {{id: years, kind: number, whole: true, low: 0, high: 100000, text: {{en: Years, ru: Лет}}}}
  - {{id: more, kind: text, lines: 5, longest: 2000, text: {{en: In your words, ru: Своими словами}}}}
"""
)
_PHRASE = "Развитие региона решают люди, дороги и знания. "


def who(number: int) -> Given:
    """Question, form and stored value of a respondent's number."""
    return WHO, [(f"text.{WHO}", str(number))], {"text": str(number)}


def answer(number: int, step: int) -> Given:  # noqa: PLR0911 - one a kind
    """Question, form and stored value of one answer; differs from the same one given before."""
    turn, kind = divmod(step, 7)
    mix = number + turn
    match kind:
        case 0:
            return "first", [("chosen", f"o{mix % 6}")], {"chosen": [f"o{mix % 6}"]}
        case 1:
            picks = sorted({mix % 8, (mix + 1 + number % 5) % 8, (mix + 2) % 8})
            chosen = [f"o{k}" for k in picks]
            return "aims", [("chosen", each) for each in chosen], {"chosen": chosen}
        case 2:
            return _cells("trust", {f"o{k}": (mix + k) % 5 + 1 for k in range(6)})
        case 3:
            part = mix % 90
            return _cells("share", {"o0": part, "o1": 90 - part, "o2": 4, "o3": 6})
        case 4:
            return _cells("order", {f"o{k}": (mix + k) % 5 + 1 for k in range(5)})
        case 5:
            return _cells("years", {"years": mix % 100_000})
    # Long, and with its own length at the end: half of it would be seen.
    text = f"{number}/{step}: " + _PHRASE * (1 + mix % 6)
    text += str(len(text))
    return "more", [("text.more", text)], {"text": text}


def _cells(question: str, cells: dict[str, int]) -> Given:
    return question, [(f"cell.{k}", str(v)) for k, v in cells.items()], {"cells": cells}


def make_wave(url: str, key: Path, respondents: int) -> tuple[str, list[str]]:
    """Open a wave in a new store; its id and a token for each respondent."""
    today = datetime.now(UTC).date()

    # Of each group enough must be invited that answers cannot be told apart.
    groups = GROUPS[: max(1, respondents // MIN_CELL)]

    def words(text: str) -> Text:
        return Text(en=text, ru=text)

    settings = WaveSettings(
        study="load",
        title=QUESTIONNAIRE.title,
        questionnaire=QUESTIONNAIRE,
        groups=tuple(Group(each, words(each.title())) for each in groups),
        purpose=words("To see how much the server can bear."),
        consent=words("Nobody is asked anything."),
        contact=words("survey@example.org"),
        erase_on=today + timedelta(90),
    )
    people = [(groups[k % len(groups)], Person()) for k in range(respondents)]
    with Store.open(url) as store:
        wave = create_wave(store, settings, actor=ANALYST, today=today)
        sealer = Sealer.open(key)
        links = invite(store, sealer, wave.id, people, actor=ANALYST, today=today)
        open_wave(store, wave.id, actor=ANALYST, today=today)
    return wave.id, [link.token for link in links]


@dataclass(frozen=True, slots=True)
class Found:
    """The store beside what was acknowledged; every count but the first two should be zero.

    Attributes
    ----------
    acknowledged : int
        Answers of which the server said that they are saved, the last of each question.
    submitted : int
    lost : int
        Acknowledged answers that are not there, or are there as they were before.
    twice : int
        Respondents whose answers are there more than once.
    foreign : int
        Answers that nobody sent: half-written, or of another respondent.
    submissions_lost : int
    """

    acknowledged: int
    submitted: int
    lost: int
    twice: int
    foreign: int
    submissions_lost: int
    examples: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not (self.lost or self.twice or self.foreign or self.submissions_lost)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"whole": self.whole}


def compare(url: str, wave: str, sent: Iterable[Mapping[str, Any]]) -> Found:
    """Read the store and compare it with what each respondent knows.

    Parameters
    ----------
    sent
        Of each respondent ``number``, ``acknowledged`` and ``unsure`` (question -> value),
        ``submitted`` (yes, no, unsure).

    """
    table = schema.sessions
    with Store.open(url) as store:
        sessions = dict(
            store.read(
                lambda conn: conn.execute(
                    select(table.c.id, table.c.state).where(table.c.wave == wave)
                ).all()
            )
        )
        rows = store.read(
            lambda conn: conn.execute(
                select(schema.answers.c.session, schema.answers.c.question, schema.answers.c.reply)
                .join(table, table.c.id == schema.answers.c.session)
                .where(table.c.wave == wave)
            ).all()
        )
    stored: dict[str, dict[str, Any]] = {}
    for session, question, reply in rows:
        stored.setdefault(session, {})[question] = json.loads(reply)
    owners = {s: replies[WHO]["text"] for s, replies in stored.items() if WHO in replies}
    by_owner = {owner: session for session, owner in owners.items()}
    twice = sum(count - 1 for count in Counter(owners.values()).values())
    # A session without the first answer is one that was begun and no more.
    foreign = sum(len(replies) for s, replies in stored.items() if s not in owners)
    examples = [f"without an owner: {r}" for s, r in stored.items() if s not in owners]
    lost = submissions_lost = acknowledged = 0
    for one in sent:
        session = by_owner.get(str(one["number"]))
        replies = stored.get(session or "", {})
        acknowledged += len(one["acknowledged"])
        for question in {*one["acknowledged"], *one["unsure"], *replies}:
            here = replies.get(question)
            known = one["acknowledged"].get(question)
            if here == known or (here is not None and here == one["unsure"].get(question)):
                continue
            lost += known is not None
            foreign += here is not None and known is None
            examples.append(f"{one['number']} {question}: acknowledged {known}, stored {here}")
        state = sessions.get(session or "", "")
        wrong = state == ("answering" if one["submitted"] == "yes" else "submitted")
        if one["submitted"] != "unsure" and wrong:
            submissions_lost += 1
            examples.append(f"{one['number']}: submitted {one['submitted']}, stored {state}")
    submitted = sum(state == "submitted" for state in sessions.values())
    return Found(acknowledged, submitted, lost, twice, foreign, submissions_lost, examples[:10])
