"""What experts gave weight to, where they gave more than a choice."""

from __future__ import annotations

from app.analysis import QuestionFinding
from app.i18n import Language
from app.words.experts import p_value
from app.words.names import Names


def how_weighed(kind: str, lang: Language) -> str:
    """Say what an expert's weights are by a kind of question."""
    say = lang.say
    return {
        "points": say("shares of the points given"),
        "rating": say("shares of the sum of the ratings"),
        "ranking": say("rank-order centroids"),
        "pairwise": say("the principal eigenvector of the comparisons (AHP)"),
        "best_worst": say("those of the linear best-worst method"),
    }[kind]


def weighed(finding: QuestionFinding, names: Names, lang: Language) -> list[str]:
    """Say how weights came about, who gave none, who contradict themselves, and who agree."""
    individual = finding.individual
    if individual is None:
        return []
    given = individual.given
    question = names.question(finding.question)
    said = [
        lang.say(
            "{question}: each expert's weights are {how}; {count} of {people} experts gave enough for them.",
            question=question,
            how=how_weighed(individual.kind, lang),
            count=lang.number(int(given.sum()), 0),
            people=lang.number(len(given), 0),
        )
    ]
    if individual.contradictory is not None and individual.contradictory[given].any():
        said.append(
            lang.say_many(
                "{question}: {count} expert's comparisons contradict one another more than the method's authors accept; they are counted all the same.",
                "{question}: {count} experts' comparisons contradict one another more than the method's authors accept; they are counted all the same.",
                int(individual.contradictory[given].sum()),
                question=question,
            )
        )
    if finding.agreement is not None and finding.agreement.w is not None:
        said.append(
            lang.say(
                "{question}: by their orders the experts agree with Kendall's W of {w}, from 0 (as if at random) to 1 (all alike); that they order at random: {p}.",
                question=question,
                w=lang.number(finding.agreement.w, 2),
                p=p_value(finding.agreement.p or 0.0, lang),
            )
        )
    return said


def lead_in_words(
    lead: tuple[float, float], finding: QuestionFinding, names: Names, lang: Language
) -> str:
    """Say how far the first answer is ahead of the next, and whether that is sure."""
    first, second = [o for o in finding.leaders if o not in finding.residual][:2]
    low, high = lead
    fields = {
        "question": names.question(finding.question),
        "first": names.option(finding.question, first),
        "second": names.option(finding.question, second),
        "low": lang.number(low, 3),
        "high": lang.number(high, 3),
    }
    if low > 0:
        return lang.say(
            "{question}: expert by expert “{first}” is ahead of “{second}” by {low} to {high} (95 % interval).",
            **fields,
        )
    return lang.say(
        "{question}: expert by expert “{first}” is ahead of “{second}” by {low} to {high} (95 % interval), so the order of the two is not certain.",
        **fields,
    )
