"""The finding in short, and what was assumed."""

from __future__ import annotations

from app.analysis import Findings
from app.charts import overview as charts
from app.i18n import Language
from app.report.model import COMPUTED, TEXT, Column, Picture, Section, Table
from app.report.sections.common import whole
from app.words import overview as words
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section:
    """Sentences of the overview, who leads how often, and the study's assumptions."""
    study, directions = findings.study, findings.directions
    names = Names(study, lang)
    say = lang.say
    firsts = Table(
        "first_by",
        say("Who leads, over classes of methods and readings"),
        (Column(say("direction"), TEXT), Column(say("combinations led"), COMPUTED, 0)),
        tuple((names.alternative(a), whole(n)) for a, n in directions.first_by.items()),
        drawn="bar",
    )
    assumed = Table(
        "assumptions",
        say("What is assumed, and why"),
        (Column(say("assumption"), TEXT), Column(say("why"), TEXT)),
        tuple((lang.pick(a.text), lang.pick(a.why)) for a in study.settings.assumptions),
    )
    return Section(
        "overview",
        say("The finding in short"),
        tuple(
            words.sentences(
                directions,
                findings.robustness,
                findings.priorities,
                findings.scenarios,
                findings.resilience,
                study,
                lang,
            )
        ),
        (Picture.of(charts.first_by, directions, study, lang),),
        (firsts, assumed) if assumed.rows else (firsts,),
    )
