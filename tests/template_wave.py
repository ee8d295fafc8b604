"""The questionnaire of the template study with a number and a text, and answers to it."""

from app.study import bundled_studies
from survey.collection.replies import Reply
from survey.collection.wave import Group
from survey.questionnaire import Questionnaire
from tests.waves import words

TEMPLATE = bundled_studies()["template"]
ASKED = Questionnaire.from_yaml(
    (TEMPLATE / "questionnaire.yaml").read_text(encoding="utf-8")
    + """
  - id: years
    kind: number
    text: {en: Years here, ru: Лет здесь}
  - id: why
    kind: text
    text: {en: Why, ru: Почему}
"""
)
GROUPS = tuple(Group(name, words(name)) for name in ("producers", "researchers", "residents"))


def answers(*counts, needs=("clean_water",)):
    """So many respondents of each group, who say the same."""
    return [
        (
            group.id,
            {
                "needs": Reply(needs),
                "approaches": Reply(("adapt",)),
                "years": Reply(cells={"years": float(k)}),
                "why": Reply(text="because of Petrov"),
            },
        )
        for group, count in zip(GROUPS, counts, strict=True)
        for k in range(count)
    ]
