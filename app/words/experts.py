"""How the groups of experts differ, what each of them moves, and how many more it would take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.analysis import LEVEL, ExpertsFinding
from app.i18n import Language
from app.study import Study
from app.words import influence, planning
from app.words.names import Names
from app.words.phrases import quoted, some
from survey.comparison import Contrast

_LEAST_P: Final = 0.001
_NAMED: Final = 4  # answers told for one group


def sentences(finding: ExpertsFinding, study: Study, lang: Language) -> list[str]:
    """Say who stands apart, how sure the first place is of more experts, and what goes with it."""
    names = Names(study, lang)
    apart = _apart(finding)
    said = [_lead(finding, apart, names, lang)]
    said += planning.sentences(finding.planning, names, lang)[:1]
    said += [_group(group, found, names, lang) for group, found in apart[1:]]
    said += _questions(finding, names, lang)
    said += _overall(finding, names, lang)
    said += influence.sentences(finding, names, lang)
    said += planning.sentences(finding.planning, names, lang)[1:]
    if not finding.questions:
        return said
    said.append(
        lang.say(
            "The tests are exact and are to be read as if the experts of each group had been drawn at random; groups so small can differ without its being noticed."
        )
    )
    return said


def p_value(p: float, lang: Language) -> str:
    """A p-value with its sign of relation."""
    if p < _LEAST_P:
        return lang.say("p < {limit}", limit=lang.number(_LEAST_P, 3))
    return lang.say("p = {p}", p=lang.number(p, 3))


def option_name(question: str, option: str, names: Names, lang: Language) -> str:
    """Name of an answer; one of unknown meaning is told as such."""
    residual = {o.id for o in names.study.options(question) if o.residual}
    name = names.option(question, option)
    if option in residual:
        return lang.say("{option} (what was meant is not known)", option=name)
    return name


def _apart(finding: ExpertsFinding) -> list[tuple[str, list[tuple[str, Contrast]]]]:
    """Groups that differ from the others in some answer, those with most such answers first."""
    found: dict[str, list[tuple[str, Contrast]]] = {}
    for question, each in finding.questions.items():
        for contrast in each.comparison.contrasts:
            if contrast.p_holm < LEVEL:
                found.setdefault(contrast.group, []).append((question, contrast))
    for contrasts in found.values():
        contrasts.sort(key=lambda pair: pair[1].p_holm)
    return sorted(found.items(), key=lambda item: -len(item[1]))


def _lead(
    finding: ExpertsFinding,
    apart: Sequence[tuple[str, list[tuple[str, Contrast]]]],
    names: Names,
    lang: Language,
) -> str:
    if not finding.questions:
        return lang.say("The groups of experts cannot be compared.")
    if not apart:
        return lang.say(
            "No group is told apart from the other experts in any answer (exact tests, Holm's adjustment)."
        )
    group, found = apart[0]
    return lang.say(
        "The group “{group}” stands apart from the other experts: {answers}.",
        group=names.group(group),
        answers=_answers(found, names, lang),
    )


def _group(group: str, found: Sequence[tuple[str, Contrast]], names: Names, lang: Language) -> str:
    return lang.say(
        "The group “{group}” differs from the other experts as well: {answers}.",
        group=names.group(group),
        answers=_answers(found, names, lang),
    )


def _answers(found: Sequence[tuple[str, Contrast]], names: Names, lang: Language) -> str:
    """Answers given more and less often, with both shares."""

    def told(question: str, contrast: Contrast) -> str:
        return lang.say(
            "“{option}” ({share} against {others})",
            option=option_name(question, contrast.option, names, lang),
            share=lang.percent(contrast.share),
            others=lang.percent(contrast.share_of_others),
        )

    parts = []
    for question in dict.fromkeys(q for q, _ in found):
        here = [c for q, c in found if q == question]
        more = [told(question, c) for c in here if c.difference.value > 0]
        less = [told(question, c) for c in here if c.difference.value <= 0]
        said = []
        if more:
            said.append(lang.say("more often {answers}", answers=some(more, lang, _NAMED)))
        if less:
            said.append(lang.say("less often {answers}", answers=some(less, lang, _NAMED)))
        parts.append(
            lang.say(
                "{answers} ({question})",
                answers=", ".join(said),
                question=names.question(question),
            )
        )
    return "; ".join(parts)


def _questions(finding: ExpertsFinding, names: Names, lang: Language) -> list[str]:
    """Of each question which answers differ between the groups, and which are not told apart."""
    said = []
    for question, each in finding.questions.items():
        tests = sorted(each.comparison.options, key=lambda o: o.p_holm)
        differ = [
            lang.say(
                "“{option}” ({p})",
                option=names.option(question, o.option),
                p=p_value(o.p_holm, lang),
            )
            for o in tests
            if o.p_holm < LEVEL
        ]
        if not differ:
            said.append(
                lang.say(
                    "{question}: no answer is told to be more frequent in one group than in another.",
                    question=names.question(question),
                )
            )
            continue
        rest = [names.option(question, o.option) for o in tests if o.p_holm >= LEVEL]
        line = lang.say(
            "{question}: groups differ in {answers}, p adjusted after Holm over the answers.",
            question=names.question(question),
            answers=lang.listed(differ),
        )
        if rest:
            line += " " + lang.say("Not told apart: {answers}.", answers=quoted(lang, rest))
        said.append(line)
    said += [
        lang.say(
            "{question}: the groups cannot be compared: {reason}.",
            question=names.question(question),
            reason=lang.sentence(error).rstrip("."),
        )
        for question, error in finding.refused.items()
    ]
    return said


def _overall(finding: ExpertsFinding, names: Names, lang: Language) -> list[str]:
    """The test of all answers at once, or the statement that it cannot be made."""
    said, without_rows = [], []
    for question, each in finding.questions.items():
        found = each.comparison
        title = names.question(question)
        if found.overall_single is not None:
            said.append(
                lang.say(
                    "{question}: over all answers at once the groups give {p} (Fisher's exact test; each expert chose one).",
                    question=title,
                    p=p_value(found.overall_single.p, lang),
                )
            )
        elif found.overall is not None:
            p = found.overall.bootstrap
            said.append(
                lang.say(
                    "{question}: over all answers at once the groups give {p} (multiple marginal independence, by bootstrap); Rao and Scott's correction gives {corrected}.",
                    question=title,
                    p=p_value(found.overall.rao_scott.p if p is None else p, lang),
                    corrected=p_value(found.overall.rao_scott.p, lang),
                )
            )
        elif found.refusal is not None and found.refusal.code == "rows_needed":
            without_rows.append(title)
        elif found.refusal is not None:
            said.append(
                lang.say(
                    "{question}: all answers at once cannot be tested: {reason}.",
                    question=title,
                    reason=lang.sentence(found.refusal).rstrip("."),
                )
            )
    if without_rows:
        said.append(
            lang.say(
                "Cannot be tested: whether the groups differ over all answers of a question at once ({questions}), and which answers go together. An expert may give several answers, so the table of counts is no contingency table; the test for multiple choice (MRCV) needs the answers of each expert, and only totals by group are known.",
                questions=lang.listed(without_rows),
            )
        )
    return said
