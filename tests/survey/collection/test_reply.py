from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError
from survey.collection.replies import Reply

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
REPLIES = st.builds(
    Reply,
    chosen=st.lists(TEXTS, max_size=3).map(tuple),
    cells=st.dictionaries(
        TEXTS, st.integers() | st.floats(allow_nan=False, allow_infinity=False), max_size=3
    ),
    text=TEXTS,
    texts=st.dictionaries(TEXTS, TEXTS, max_size=3),
)


@given(REPLIES)
def test_json_gives_back_what_was_written(reply):
    assert Reply.from_json(reply.to_json()) == reply


@given(REPLIES)
def test_json_is_canonical(reply):
    turned = Reply(
        reply.chosen,
        dict(reversed(reply.cells.items())),
        reply.text,
        dict(reversed(reply.texts.items())),
    )
    text = reply.to_json()
    assert turned.to_json() == text
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True,
                      separators=(",", ":")) == text  # fmt: skip


def test_json_leaves_out_what_is_empty_and_points_of_whole_numbers():
    assert Reply().to_json() == "{}"
    assert Reply(cells={"b": 2.0, "a": 0.5}).to_json() == '{"cells":{"a":0.5,"b":2}}'
    assert Reply(chosen=("b", "a"), texts={"a": "да"}).to_json() == (
        '{"chosen":["b","a"],"texts":{"a":"да"}}'
    )


DAMAGED = (
    "", "{", "null", "[]", "1", '"text"', '{"picked":["a"]}', '{"chosen":"a"}', '{"chosen":[1]}',
    '{"chosen":null}', '{"cells":{"a":"1"}}', '{"cells":{"a":true}}', '{"cells":{"a":null}}',
    '{"cells":{"a":NaN}}', '{"cells":{"a":-Infinity}}', '{"cells":{"a":1e999}}', '{"cells":[1]}',
    '{"cells":{"a":1' + "0" * 400 + "}}", '{"cells":{"a":1' + "0" * 5000 + "}}", '{"text":1}',
    '{"text":"\\ud800"}', '{"texts":{"a":1}}', '{"texts":["a"]}', '{"text":"a"}}', "[" * 100_000,
    '{"cells":{"a":1}',
)  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED, ids=lambda text: text[:30])
def test_a_damaged_answer_is_refused_without_being_quoted(text):
    with pytest.raises(SurveyError) as refused:
        Reply.from_json(text)
    assert refused.value.code == "reply_damaged"
    assert refused.value.fields == {"size": len(text)}


@given(st.text() | st.dictionaries(st.sampled_from(["cells", "text", "chosen", "texts"]),
       st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=3),
                    lambda x: st.lists(x, max_size=2) | st.dictionaries(st.text(max_size=2), x,
                                                                       max_size=2))).map(json.dumps))  # fmt: skip
def test_any_text_is_a_reply_or_damaged(text):
    try:
        reply = Reply.from_json(text)
    except SurveyError as error:
        refused = error.code
    else:
        assert Reply.from_json(reply.to_json()) == reply
        return
    assert refused == "reply_damaged"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_a_number_that_is_not_finite_is_not_written(value):
    with pytest.raises(SurveyError) as refused:
        Reply(cells={"a": value}).to_json()
    assert refused.value.code == "reply_not_finite"


def test_a_reply_is_empty_until_something_is_given():
    assert Reply().empty
    assert not Reply(chosen=("a",)).empty
    assert not Reply(cells={"a": 0}).empty
    assert not Reply(text=".").empty
    assert not Reply(texts={"a": "b"}).empty


def test_a_reply_does_not_change_with_what_it_was_made_from():
    cells = {"a": 1.0}
    reply = Reply(cells=cells)
    cells["a"] = 2.0
    assert reply.cells["a"] == 1
