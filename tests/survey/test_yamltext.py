from __future__ import annotations

import pytest

from survey import SurveyError
from survey.yamltext import load_yaml


def test_plain_yaml_is_read_as_plain_data():
    assert load_yaml("a: 1\nb: [x, да]\nc: {d: true, e: null}\n") == {
        "a": 1,
        "b": ["x", "да"],
        "c": {"d": True, "e": None},
    }


def test_the_same_key_in_different_blocks_is_allowed():
    assert load_yaml("- {id: a}\n- {id: b}\n") == [{"id": "a"}, {"id": "b"}]


def test_anchors_and_merge_keys_are_read():
    text = "base: &base {a: 1}\nother: {<<: *base, b: 2}\n"
    assert load_yaml(text) == {"base": {"a": 1}, "other": {"a": 1, "b": 2}}


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        (
            "a: 1\nb: 2\na: 3\n",
            "yaml_key_duplicate",
            "the key a stands twice in one block, again in line 3; once is expected",
        ),
        (
            "a: [1, 2\nb: 3\n",
            "yaml_syntax",
            "the text is not valid YAML in line 2: expected ',' or ']', but got ':'",
        ),
        (
            "a: 2020-99-99\n",
            "yaml_syntax",
            "the text is not valid YAML in line ?: month must be in 1..12",
        ),
    ],
)
def test_faulty_yaml_is_refused_with_its_line(text, code, sentence):
    with pytest.raises(SurveyError) as caught:
        load_yaml(text)
    assert caught.value.code == code
    assert str(caught.value) == sentence


def test_python_objects_are_not_built_from_yaml():
    with pytest.raises(SurveyError, match="could not determine a constructor"):
        load_yaml("!!python/object/apply:os.getcwd []")


def test_a_control_character_is_a_syntax_fault():
    with pytest.raises(SurveyError, match="special characters are not allowed"):
        load_yaml("a: \x00")
