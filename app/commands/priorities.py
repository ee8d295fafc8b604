"""konsilium priorities: what the experts of a study give priority to, by every panel."""

from __future__ import annotations

import json
from typing import Any

from app.analysis.priorities import QuestionFinding, priority_findings
from app.commands.faults import UserError
from app.commands.tables import console, table
from app.i18n import Language
from app.study import load_study
from app.words.names import Names
from survey import Priorities


def priorities(study: str, words: Language, *, pooling: str | None, as_json: bool) -> None:
    """Print the priorities of every question, with intervals, in one panel or in all."""
    loaded = load_study(study)
    panels = ("experts", "groups", *(g.id for g in loaded.settings.groups))
    if pooling is not None and pooling not in panels:
        raise UserError(
            "the panel {found} is not known; expected one of {known}",
            found=repr(pooling),
            known=", ".join(panels),
        )
    findings = priority_findings(loaded)
    if as_json:
        told = {q: _as_json(f, pooling) for q, f in findings.items()}
        print(json.dumps(told, ensure_ascii=False, allow_nan=False))  # noqa: T201
        return
    names, screen = Names(loaded, words), console()
    for question, finding in findings.items():
        for panel, found in _panels(finding, pooling).items():
            title = words.say(
                "{question}: {panel}", question=names.question(question), panel=names.pooling(panel)
            )
            screen.print(_table(title, finding, found, names, words))


def _panels(finding: QuestionFinding, pooling: str | None) -> dict[str, Priorities]:
    """Priorities by the panels that were asked, or by the one wanted."""
    if pooling is None:
        return dict(finding.by_pooling)
    if pooling not in finding.by_pooling:
        raise UserError(
            "the panel {panel} gave no answer to the question {question}; expected one of {known}",
            panel=pooling,
            question=finding.question,
            known=", ".join(finding.by_pooling),
        )
    return {pooling: finding.by_pooling[pooling]}


def _as_json(finding: QuestionFinding, pooling: str | None) -> dict[str, Any]:
    return {
        panel: {
            option: {
                "share": float(found.shares[k]),
                "low": float(found.low[k]),
                "high": float(found.high[k]),
                "weight": float(found.weights[k]),
            }
            for k, option in enumerate(found.options)
        }
        for panel, found in _panels(finding, pooling).items()
    }


def _table(
    title: str, finding: QuestionFinding, found: Priorities, names: Names, words: Language
) -> Any:  # noqa: ANN401 - rich is loaded only when a table is printed
    order = sorted(range(len(found.options)), key=lambda k: -found.weights[k])
    return table(
        title,
        [
            words.say("Answer"),
            words.say("Mean weight") if finding.individual else words.say("Share of the experts"),
            words.say("95 % interval"),
            words.say("Priority"),
        ],
        [
            [
                names.option(finding.question, found.options[k]),
                words.percent(float(found.shares[k]), 1),
                words.say(
                    "{low} to {high}",
                    low=words.percent(float(found.low[k]), 1),
                    high=words.percent(float(found.high[k]), 1),
                ),
                words.number(float(found.weights[k]), 3),
            ]
            for k in order
        ],
    )
