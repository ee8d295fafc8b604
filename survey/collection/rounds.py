"""The next Delphi round: the same panel asked again, with what it said the round before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.collection.cells import answered, small_cells
from survey.collection.datasets import wave_dataset
from survey.collection.wave import Wave
from survey.collection.waves import create_wave, load_wave
from survey.dataset import Dataset, Remark, Response, remark
from survey.delphi.rounds import Round, quartiles
from survey.delphi.stopping import StoppingRules, decide
from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.responses import Numbers, Texts

if TYPE_CHECKING:
    from survey.collection.store import Store

Rows = npt.NDArray[np.bool_]


def next_round(
    store: Store,
    wave_id: str,
    questions: Sequence[str] | None = None,
    *,
    actor: str,
    today: date,
    closes_on: date | None = None,
    erase_on: date | None = None,
    rules: StoppingRules | None = None,
) -> Wave:
    """Make a draft of the next round of a closed wave.

    Parameters
    ----------
    questions
        Asked again; left out, those that `open_questions` names. A question by whose answer one
        of them is shown is asked too.
    erase_on
        Left out, the day of the round before.
    rules
        When a question need not be asked again.

    Raises
    ------
    SurveyError
        The wave is not closed, or nothing is to be asked again.

    """
    wave = load_wave(store, wave_id)
    if wave.state not in {"closed", "frozen"}:
        raise SurveyError(
            "round_not_closed",
            "the wave {wave} is {found}; the next round is made of a closed one",
            wave=wave.id,
            found=wave.state,
        )
    dataset = wave_dataset(store, wave_id)
    wanted = open_questions(dataset, wave.round, rules) if questions is None else tuple(questions)
    if not wanted:
        raise SurveyError(
            "round_nothing_open",
            "no question that is answered by numbers is open after round {round}; name the "
            "questions to be asked again",
            round=wave.round,
        )
    asked = _asked_again(wave.settings.questionnaire, wanted)
    said = feedback_of(dataset, wave.settings.min_cell)
    settings = replace(
        wave.settings,
        questionnaire=asked,
        closes_on=closes_on,
        erase_on=wave.settings.erase_on if erase_on is None else erase_on,
    )
    feedback = {q.id: said[q.id] for q in asked.questions if q.id in said}
    return create_wave(store, settings, actor=actor, today=today, previous=wave, feedback=feedback)


def open_questions(
    dataset: Dataset, number: int = 1, rules: StoppingRules | None = None
) -> tuple[str, ...]:
    """Questions answered by numbers of which an item is not agreed on.

    Only agreement is looked at: whose answer of one round is whose of the next is not known, so
    that stability cannot be told.
    """
    found = []
    for question, response in dataset.responses.items():
        if isinstance(response, Numbers):
            decision = decide([Round.of(number, dataset, question)], rules)
            if any(item.state == "open" for item in decision.items):
                found.append(question)
    return tuple(found)


def feedback_of(dataset: Dataset, min_cell: int) -> dict[str, Any]:
    """What the panel said, by question: nothing by which fewer than `min_cell` people are seen.

    Returns
    -------
    dict
        ``{question: {"n": people asked, "items": {cell or option: figures}, "groups": {group:
        {"n", "items"}}}}``. Figures are ``share`` of choices, and ``median``, ``low``, ``high``
        (quartiles) of numbers. Texts are not fed back.

    """
    cells = small_cells(dataset, min_cell)
    found: dict[str, Any] = {}
    for question, response in dataset.responses.items():
        if isinstance(response, Texts) or int(answered(response).sum()) < min_cell:
            continue
        everybody = np.ones(len(dataset.respondents), dtype=np.bool_)
        groups = {
            group: _said(response, dataset.group_of == place, min_cell)
            for place, group in enumerate(dataset.groups)
            if (cells[question].respondents[place] or 0) >= min_cell
        }
        found[question] = _said(response, everybody, min_cell) | {"groups": groups}
    return found


def about_round(wave: Wave) -> tuple[Remark, ...]:
    """What must be known of a round before it is opened."""
    if wave.previous is None:
        return ()
    told = [
        remark(
            "round_links",
            "round {round} is a wave of its own: its people are invited anew, with new links",
            round=wave.round,
        )
    ]
    if wave.settings.mode == "anonymous":
        told.append(
            remark(
                "round_own_answer",
                "people see what the panel said, not their own answer of the round before: the "
                "wave is anonymous, and nobody knows which it was",
            )
        )
    without = [q.id for q in wave.settings.questionnaire.questions if q.id not in _fed(wave)]
    if without:
        told.append(
            remark(
                "round_no_feedback",
                "nothing of the round before is shown at {questions}: texts are not fed back, nor "
                "what fewer than {least} people answered",
                questions=", ".join(without),
                least=wave.settings.min_cell,
            )
        )
    return tuple(told)


def _fed(wave: Wave) -> set[str]:
    return set(wave.feedback or {})


def _said(response: Response, rows: Rows, least: int) -> dict[str, Any]:
    items: dict[str, dict[str, float]] = {}
    if isinstance(response, Answers):
        cells = response.cells[rows]
        shown = (cells != NOT_SHOWN).sum(axis=0).tolist()
        chosen = (cells == SELECTED).sum(axis=0).tolist()
        for option, count, of in zip(response.options, chosen, shown, strict=True):
            if of >= least:
                items[option] = {"share": count / of}
        return {"n": max(shown, default=0), "items": items}
    assert isinstance(response, Numbers)
    for place, cell in enumerate(response.columns):
        values = response.values[rows, place]
        given = values[~np.isnan(values)]
        if len(given) >= least:
            low, median, high = quartiles(given)
            items[cell] = {"median": median, "low": low, "high": high}
    return {"n": int(answered(response)[rows].sum()), "items": items}


def _asked_again(questionnaire: Questionnaire, wanted: Sequence[str]) -> Questionnaire:
    names = {questionnaire.question(name).id for name in wanted}
    # Backwards: a condition looks at an earlier question, which may have one itself.
    for question in reversed(questionnaire.questions):
        if question.id in names and question.show_if is not None:
            names.add(question.show_if.question)
    return Questionnaire(
        id=questionnaire.id,
        format_version=questionnaire.format_version,
        title=questionnaire.title,
        questions=tuple(q for q in questionnaire.questions if q.id in names),
    )
