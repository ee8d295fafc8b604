"""A questionnaire of every kind of question, and replies to it as hypothesis draws them."""

from hypothesis import strategies as st

from survey.collection.replies import RATIOS, Reply, accept
from survey.errors import SurveyError
from survey.questionnaire import Questionnaire

QUESTIONNAIRE = Questionnaire.from_yaml(
    """
format_version: 1
id: council
title: {en: Council, ru: Совет}
questions:
  - {id: one, kind: single, text: {en: One, ru: Одно},
     options: [{id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}},
               {id: other, text: {en: Other, ru: Другое}, open_text: true, residual: true}]}
  - {id: why, kind: multiple, text: {en: Why, ru: Почему}, min_picks: 2, max_picks: 3,
     show_if: {question: one, any_of: [a, other]},
     options: [{id: p, text: {en: P, ru: П}}, {id: q, text: {en: Q, ru: К}},
               {id: r, text: {en: R, ru: Р}}, {id: s, text: {en: S, ru: С}},
               {id: own, text: {en: Own, ru: Своё}, open_text: true},
               {id: none, text: {en: None, ru: Ничего}, exclusive: true}]}
  - {id: more, kind: text, text: {en: More, ru: Ещё}, longest: 40,
     show_if: {question: why, none_of: [p, none]}}
  - {id: trust, kind: rating, text: {en: Trust, ru: Доверие}, required: true,
     options: [{id: x, text: {en: X, ru: Икс}}]}
  - {id: doubt, kind: text, text: {en: Doubt, ru: Сомнение}, required: true, longest: 20,
     show_if: {question: trust, at_most: 2}}
  - {id: rate, kind: rating, text: {en: Rate, ru: Оцените}, scale: {low: 0, high: 3},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}]}
  - {id: order, kind: ranking, text: {en: Order, ru: Порядок},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}},
               {id: z, text: {en: Z, ru: Зет}}]}
  - {id: first, kind: ranking, most: 2, text: {en: First, ru: Первые},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}},
               {id: z, text: {en: Z, ru: Зет}}]}
  - {id: share, kind: points, text: {en: Share, ru: Разделите},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}},
               {id: z, text: {en: Z, ru: Зет}}]}
  - {id: pairs, kind: pairwise, text: {en: Pairs, ru: Пары},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}},
               {id: z, text: {en: Z, ru: Зет}}]}
  - {id: best, kind: best_worst, text: {en: Best, ru: Лучшее},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}},
               {id: z, text: {en: Z, ru: Зет}}]}
  - {id: grid, kind: grid, text: {en: Grid, ru: Таблица}, scale: {low: -2, high: 2},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}],
     criteria: [{id: c, text: {en: C, ru: Ц}}, {id: d, text: {en: D, ru: Д}}]}
  - {id: years, kind: number, text: {en: Years, ru: Лет}, low: 0, high: 80, whole: true}
  - {id: senior, kind: text, text: {en: Senior, ru: Опытный},
     show_if: {question: years, at_least: 20, at_most: 40}}
  - {id: sum, kind: number, text: {en: Sum, ru: Сумма}}
"""
)
QUESTIONS = {question.id: question for question in QUESTIONNAIRE.questions}
TICKLISH = ("=1+1", "'=1", "+7 900", "-5", "@a", 'он сказал: "да"', "a\r\nб", "a\n\nб", "0", "'",
            "a;b,c\td|e", "_x000D_", " край ", "#N/A", "NA", "1,5", "a\u2028b", "\u200b")  # fmt: skip
WORDS = st.sampled_from(TICKLISH) | st.text(
    st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20
)
NUMBERS = st.integers(-2, 11) | st.sampled_from(RATIOS) | st.floats()


@st.composite
def complete(draw, question):
    """A reply with which nothing is left to do."""
    ids = [option.id for option in getattr(question, "options", ())]
    texts = {}
    match question.kind:
        case "single" | "multiple":
            plain = [o.id for o in question.options if not o.exclusive]
            alone = [[o.id] for o in question.options if o.exclusive]
            least = getattr(question, "min_picks", None) or 1
            most = 1 if question.kind == "single" else question.max_picks
            picks = st.lists(st.sampled_from(plain), min_size=least, max_size=most, unique=True)
            chosen = draw(picks | st.sampled_from(alone) if alone else picks)
            texts = {
                o.id: draw(WORDS)
                for o in question.options
                if o.open_text and o.id in chosen and draw(st.booleans())
            }
            return accept(question, Reply(chosen=chosen, texts=texts))
        case "text":
            cut = WORDS.map(lambda text: accept(question, Reply(text=text[: question.longest])))
            return draw(cut.filter(lambda reply: not reply.empty))
        case "rating" | "grid":
            grades = st.integers(question.scale.low, question.scale.high)
            cells = {cell: draw(grades) for cell in question.columns}
        case "ranking":
            order = draw(st.permutations(ids))[: question.most]
            cells = {option: place for place, option in enumerate(order, start=1)}
        case "points":
            cuts = sorted(draw(st.lists(st.integers(0, question.total * 10), min_size=len(ids) - 1,
                                        max_size=len(ids) - 1)))  # fmt: skip
            ends = zip([0, *cuts], [*cuts, question.total * 10], strict=True)
            cells = {o: (high - low) / 10 for o, (low, high) in zip(ids, ends, strict=True)}
        case "pairwise":
            cells = {cell: draw(st.sampled_from(RATIOS)) for cell in question.columns}
        case "best_worst":
            best, worst = draw(st.permutations(ids))[:2]
            cells = {cell: draw(st.integers(2, 9)) for cell in question.columns}
            cells |= {f"best:{best}": 1, f"{worst}:worst": 1}
            cells[f"{best}:worst"] = cells[f"best:{worst}"]
        case "number":
            low = -1e6 if question.low is None else question.low
            high = 1e6 if question.high is None else question.high
            numbers = st.integers(low, high) if question.whole else st.floats(low, high)
            cells = {question.id: draw(numbers)}
    return accept(question, Reply(cells=cells))


@st.composite
def begun(draw, question):
    """A part of a complete reply, as it is while somebody is answering."""
    whole = draw(complete(question))
    keep = st.sets(st.sampled_from(list(whole.cells))) if whole.cells else st.just(set())
    kept = draw(keep)
    return accept(
        question,
        Reply(
            chosen=whole.chosen[: draw(st.integers(0, 3))],
            cells={cell: value for cell, value in whole.cells.items() if cell in kept},
            text=whole.text if draw(st.booleans()) else "",
            texts=whole.texts,
        ),
    )


@st.composite
def messy(draw, question):
    """Whatever a form, or somebody who tampers with it, may send."""
    cells = st.sampled_from(question.columns) | st.sampled_from(("x", "", "best:", "x:y", "\0"))
    return Reply(
        chosen=tuple(draw(st.lists(cells, max_size=4))),
        cells=draw(st.dictionaries(cells, NUMBERS, max_size=4)),
        text=draw(st.text(max_size=50)),
        texts=draw(st.dictionaries(cells, st.text(max_size=5), max_size=2)),
    )


@st.composite
def only_its_parts(draw, question):
    """A messy reply of the right parts, so that more than its form is refused."""
    reply = draw(messy(question))
    if question.kind in {"single", "multiple"}:
        return Reply(chosen=reply.chosen, texts=reply.texts)
    return Reply(text=reply.text) if question.kind == "text" else Reply(cells=reply.cells)


def any_reply(question):
    """Complete, begun and messy replies."""
    return complete(question) | begun(question) | only_its_parts(question) | messy(question)


@st.composite
def sheets(draw, replies=complete, questionnaire=QUESTIONNAIRE):
    """Replies of one respondent to some of the questions, whether asked or not."""
    return {
        question.id: draw(replies(question))
        for question in questionnaire.questions
        if draw(st.booleans())
    }


def acceptable(question, reply):
    """The reply as it is stored, or None where it is refused."""
    try:
        return accept(question, reply)
    except SurveyError:
        return None
