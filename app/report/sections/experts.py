"""How the groups of experts differ, and how many more would settle the first place."""

from __future__ import annotations

from app.analysis import Findings, PlanningFinding, QuestionGroups
from app.charts import experts as charts
from app.charts.planning import more_experts
from app.i18n import Language
from app.report.model import COMPUTED, TEXT, Column, Picture, Section, Table
from app.report.sections.common import origins
from app.words import experts as words
from app.words import planning
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section:
    """Differences with Holm, what each group moves, the map, and the curve of planning."""
    study, finding = findings.study, findings.experts
    names = Names(study, lang)
    tables, pictures = [], []
    for question, found in finding.questions.items():
        tables += [
            _tests(question, found, names, lang),
            _contrasts(question, found, names, lang),
        ]
        if found.influence:
            tables.append(_without(question, found, names, lang))
        pictures.append(Picture.of(charts.differences, found, question, study, lang))
        if found.map is not None:
            pictures.append(Picture.of(charts.map_of, found.map, question, study, lang))
    if finding.planning is not None:
        tables.append(_planning(finding.planning, names, lang))
        pictures.append(Picture.of(more_experts, finding.planning, study, lang))
    return Section(
        "experts",
        lang.say("The experts"),
        tuple(words.sentences(finding, study, lang)),
        tuple(pictures),
        tuple(tables),
        origins(study, lang, ("answers/",)),
    )


def _tests(question: str, found: QuestionGroups, names: Names, lang: Language) -> Table:
    say = lang.say
    return Table(
        f"tests_{question}",
        say("{question}: exact tests between the groups", question=names.question(question)),
        (
            Column(say("answer"), TEXT),
            Column(say("p, exact"), COMPUTED, 4),
            Column(say("p, Holm"), COMPUTED, 4),
            Column(say("Cramer's V"), COMPUTED, 2),
            Column(say("V, low"), COMPUTED, 2),
            Column(say("V, high"), COMPUTED, 2),
        ),
        tuple(
            (
                words.option_name(question, o.option, names, lang),
                o.p,
                o.p_holm,
                *(
                    (None, None, None)
                    if o.cramers_v is None
                    else (o.cramers_v.value, o.cramers_v.low, o.cramers_v.high)
                ),
            )
            for o in found.comparison.options
        ),
    )


def _contrasts(question: str, found: QuestionGroups, names: Names, lang: Language) -> Table:
    say = lang.say
    return Table(
        f"contrasts_{question}",
        say("{question}: each group against all other experts", question=names.question(question)),
        (
            Column(say("answer"), TEXT),
            Column(say("group"), TEXT),
            Column(say("share in the group"), COMPUTED, 1, percent=True),
            Column(say("share among the others"), COMPUTED, 1, percent=True),
            Column(say("difference, low"), COMPUTED, 1, percent=True),
            Column(say("difference, high"), COMPUTED, 1, percent=True),
            Column(say("p, Holm"), COMPUTED, 4),
        ),
        tuple(
            (
                words.option_name(question, c.option, names, lang),
                names.group(c.group),
                c.share,
                c.share_of_others,
                c.difference.low,
                c.difference.high,
                c.p_holm,
            )
            for c in found.comparison.contrasts
        ),
    )


def _without(question: str, found: QuestionGroups, names: Names, lang: Language) -> Table:
    say = lang.say
    options = [o.option for o in found.comparison.options]
    whole = found.influence[0].weights - found.influence[0].change
    return Table(
        f"without_{question}",
        say("{question}: priorities without one group", question=names.question(question)),
        (
            Column(say("answer"), TEXT),
            Column(say("all groups"), COMPUTED, 3),
            *(
                Column(say("without: {group}", group=names.group(i.group)), COMPUTED, 3)
                for i in found.influence
            ),
        ),
        tuple(
            (
                words.option_name(question, option, names, lang),
                float(whole[k]),
                *(float(i.weights[k]) for i in found.influence),
            )
            for k, option in enumerate(options)
        ),
    )


def _planning(found: PlanningFinding, names: Names, lang: Language) -> Table:
    return Table(
        "more_experts",
        lang.say("Probability that the first place is stable after more experts"),
        (
            Column(lang.say("experts in addition"), COMPUTED, 0),
            *(
                Column(planning.panel(w, names, lang), COMPUTED, 1, percent=True)
                for w in found.curves
            ),
        ),
        tuple(
            (size, *(float(c.stable[k]) for c in found.curves.values()))
            for k, size in enumerate(found.sizes)
        ),
    )
