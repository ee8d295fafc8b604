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
        (
            Picture.of(charts.acceptability, finding, study, lang),
            Picture.of(charts.doubt, finding, study, lang),
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
    doubt = findings.robustness.doubt
    names = Names(findings.study, lang)
    return Table(
        "doubt",
        lang.say("What the doubt about the first place comes from"),
        (
            Column(lang.say("cause"), TEXT),
            Column(lang.say("share of the doubt"), COMPUTED, 1, percent=True),
            Column(lang.say("standard error"), COMPUTED, 1, percent=True),
        ),
        tuple(
            (names.cause(c), float(doubt.shares[c]), float(doubt.errors[c])) for c in doubt.shares
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
            Column(lang.say("direction"), TEXT),
            *(
                Column(names.method(m), COMPUTED, 1, percent=True)
                for m in finding.experts_by_method
            ),
        ),
        tuple(
            (
                names.alternative(a),
                *(float(f.rank_acceptability[k, 0]) for f in finding.experts_by_method.values()),
            )
            for k, a in enumerate(finding.alternatives)
        ),
    )
