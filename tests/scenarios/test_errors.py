from __future__ import annotations

import pickle

from scenarios import ScenarioError


def test_error_is_a_value_error_that_keeps_its_template_and_fields_for_translation():
    error = ScenarioError("count", "found {found}; expected {expected}", found=3, expected=4)
    assert isinstance(error, ValueError)
    assert error.code == "count"
    assert error.template.format(**error.fields) == str(error) == "found 3; expected 4"


def test_error_survives_pickling():
    error = ScenarioError("count", "found {found}", found=3)
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.template, copy.fields) == (error.code, error.template, error.fields)
    assert str(copy) == "found 3"


def test_error_inside_a_sentence_stays_an_error_that_can_be_translated_itself():
    inner = ScenarioError("inner", "the year is {year}", year=2019)
    outer = ScenarioError("outer", "formula '{formula}': {fault}", formula="x", fault=inner)
    assert str(outer) == "formula 'x': the year is 2019"
    assert outer.fields["fault"] is inner
