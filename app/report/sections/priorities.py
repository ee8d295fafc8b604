"""What the experts named."""

from __future__ import annotations

import numpy as np

from app.analysis import Findings, QuestionFinding
from app.charts import priorities as charts
from app.i18n import Language
from app.report.model import COMPUTED, SOURCE, TEXT, Column, Picture, Section, Table
from app.report.sections.common import origins
from app.words import priorities as words
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section:
    """Shares with intervals, priorities, and priorities by panel, question by question."""
    study = findings.study
    names = Names(study, lang)
    tables, pictures = [], []
    for finding in findings.priorities.values():
        tables += [_shares(finding, names, lang), _panels(finding, names, lang)]
        pictures += [
            Picture.of(charts.shares, finding, study, lang),
            Picture.of(charts.by_pooling, finding, study, lang),
        ]
    return Section(
        "priorities",
        lang.say("Priorities of the experts"),
        tuple(words.sentences(findings.priorities, study, lang)),
        tuple(pictures),
        tuple(tables),
        origins(study, lang, ("answers/", "questionnaire")),
    )


def _shares(finding: QuestionFinding, names: Names, lang: Language) -> Table:
    say, pooled, counts = lang.say, finding.pooled, finding.counts
    if finding.individual is not None:
        return _weights(finding, names, lang)
    known = say("known")
    unknown = say("not known")
    return Table(
        f"shares_{finding.question}",
        say("{question}: shares and priorities", question=names.question(finding.question)),
        (
            Column(say("answer"), TEXT),
            Column(say("meaning"), TEXT),
            *(Column(names.group(g), SOURCE, 0) for g in counts.groups),
            Column(say("share of the experts"), COMPUTED, 1, percent=True),
            Column(say("low, 95 %"), COMPUTED, 1, percent=True),
            Column(say("high, 95 %"), COMPUTED, 1, percent=True),
            Column(say("priority"), COMPUTED, 3),
        ),
        tuple(
            (
                names.option(finding.question, option),
                unknown if option in finding.residual else known,
                *(int(c) for c in counts.counts[counts.options.index(option)]),
                float(pooled.shares[k]),
                float(pooled.low[k]),
                float(pooled.high[k]),
                float(pooled.weights[k]),
            )
            for k, option in enumerate(pooled.options)
        ),
        drawn="bar",
    )


def _weights(finding: QuestionFinding, names: Names, lang: Language) -> Table:
    """Mean weights of a question that is no choice, and how many gave them."""
    say, pooled, sums = lang.say, finding.pooled, finding.counts
    means = sums.counts / np.maximum(sums.asked, 1)
    return Table(
        f"shares_{finding.question}",
        say("{question}: mean weights", question=names.question(finding.question)),
        (
            Column(say("answer"), TEXT),
            *(
                Column(
                    say(
                        "{group}, mean of {count}",
                        group=names.group(g),
                        count=lang.number(int(sums.asked[0, k]), 0),
                    ),
                    COMPUTED,
                    3,
                )
                for k, g in enumerate(sums.groups)
            ),
            Column(say("mean weight"), COMPUTED, 3),
            Column(say("low, 95 %"), COMPUTED, 3),
            Column(say("high, 95 %"), COMPUTED, 3),
        ),
        tuple(
            (
                names.option(finding.question, option),
                *(float(m) if n else None for m, n in zip(means[k], sums.asked[k], strict=True)),
                float(pooled.weights[k]),
                float(pooled.low[k]),
                float(pooled.high[k]),
            )
            for k, option in enumerate(pooled.options)
        ),
        drawn="bar",
    )


def _panels(finding: QuestionFinding, names: Names, lang: Language) -> Table:
    return Table(
        f"panels_{finding.question}",
        lang.say("{question}: priorities by panel", question=names.question(finding.question)),
        (
            Column(lang.say("answer"), TEXT),
            *(Column(names.pooling(p), COMPUTED, 3) for p in finding.by_pooling),
        ),
        tuple(
            (
                names.option(finding.question, option),
                *(float(p.weights[k]) for p in finding.by_pooling.values()),
            )
            for k, option in enumerate(finding.pooled.options)
        ),
    )
