"""How sure the ranking is."""

from __future__ import annotations

from app.analysis import Findings
from app.charts import robustness as charts
from app.i18n import Language
from app.report.model import COMPUTED, TEXT, Column, Picture, Section, Table
from app.words import robustness as words
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section:
    """Rank acceptabilities, causes of doubt, and the experts' sampling by method."""
    study, finding = findings.study, findings.robustness
    return Section(
        "robustness",
        lang.say("How sure the first place is"),
        tuple(words.sentences(finding, findings.directions, study, lang)),
        Picture.those(
            (chart, (finding, study, lang))
            for chart in (charts.acceptability, charts.doubt, charts.margin)
        ),
        (_acceptability(findings, lang), _doubt(findings, lang), _experts(findings, lang)),
    )


def _acceptability(findings: Findings, lang: Language) -> Table:
    finding = findings.robustness
    names = Names(findings.study, lang)
    found = finding.everything
    ranks = range(1, len(finding.alternatives) + 1)
    return Table(
        "acceptability",
        lang.say("Share of the draws in which each direction takes each rank"),
        (
            Column(lang.say("direction"), TEXT),
            *(Column(lang.say("rank {rank}", rank=r), COMPUTED, 1, percent=True) for r in ranks),
            Column(lang.say("expected rank"), COMPUTED, 2),
        ),
        tuple(
            (
                names.alternative(a),
                *(float(x) for x in found.rank_acceptability[k]),
                float(found.expected_rank[k]),
            )
            for k, a in enumerate(finding.alternatives)
        ),
        drawn="stacked",
    )


def _doubt(findings: Findings, lang: Language) -> Table:
    doubt, margin = findings.robustness.doubt, findings.robustness.margin
    names = Names(findings.study, lang)
    found = [doubt] if margin is None else [doubt, margin.doubt]
    columns = [
        Column(lang.say("cause"), TEXT),
        Column(lang.say("share of the doubt"), COMPUTED, 1, percent=True),
        Column(lang.say("standard error"), COMPUTED, 1, percent=True),
        Column(lang.say("share of the variance of the gap"), COMPUTED, 1, percent=True),
        Column(lang.say("standard error of that"), COMPUTED, 1, percent=True),
    ]
    return Table(
        "doubt",
        lang.say("What the doubt about the first place comes from"),
        tuple(columns[: 1 + 2 * len(found)]),
        tuple(
            (names.cause(c), *(float(x) for d in found for x in (d.shares[c], d.errors[c])))
            for c in doubt.shares
        ),
        drawn="bar",
    )


def _experts(findings: Findings, lang: Language) -> Table:
    finding = findings.robustness
    names = Names(findings.study, lang)
    return Table(
        "experts_only",
        lang.say("First place by method when only the experts' answers are drawn anew"),
        (
            Column(lang.say("method"), TEXT),
            *(
                Column(names.alternative(a), COMPUTED, 1, percent=True)
                for a in finding.alternatives
            ),
        ),
        tuple(
            (names.method(m), *(float(x) for x in found.rank_acceptability[:, 0]))
            for m, found in finding.experts_by_method.items()
        ),
    )
