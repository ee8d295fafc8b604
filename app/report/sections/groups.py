"""The groups of experts apart and together."""

from __future__ import annotations

from app.analysis import Findings
from app.charts import groups as charts
from app.i18n import Language
from app.report.model import COMPUTED, TEXT, Column, Picture, Section, Table
from app.words import groups as words
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section | None:
    """Places by group, agreement of the groups, and consensus; None with fewer than two groups."""
    study, finding, method = findings.study, findings.groups, findings.directions.headline
    if finding is None:
        return None
    say, names = lang.say, Names(study, lang)
    by_whom = words.rankings(finding, names, lang)
    ranks = Table(
        "group_ranks",
        say("Places by each group alone, and made into one ranking"),
        (Column(say("direction"), TEXT), *(Column(who, COMPUTED, 1) for who in by_whom)),
        tuple(
            (names.alternative(a), *(float(found[k]) for found in by_whom.values()))
            for k, a in enumerate(finding.alternatives)
        ),
    )
    alike = Table(
        "group_agreement",
        say("Agreement of the groups' rankings"),
        (
            Column(say("group"), TEXT),
            Column(say("other group"), TEXT),
            Column(say("Kendall's tau-b"), COMPUTED, 2),
        ),
        tuple((names.group(a), names.group(b), tau) for (a, b), tau in finding.alike.items()),
    )
    return Section(
        "groups",
        say("The groups of experts apart and together"),
        tuple(words.sentences(finding, method, study, lang)),
        (Picture.of(charts.ranks, finding, method, study, lang),),
        (ranks, alike),
    )
