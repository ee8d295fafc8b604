from __future__ import annotations

import pickle

from survey import SurveyError


def test_an_error_reads_as_its_filled_template():
    error = SurveyError("too_many", "{count} of {experts} is too many", count=9, experts=8)
    assert str(error) == "9 of 8 is too many"
    assert (error.code, error.template) == ("too_many", "{count} of {experts} is too many")
    assert error.fields == {"count": 9, "experts": 8}
    assert isinstance(error, ValueError)


def test_fields_may_be_called_code_and_template():
    error = SurveyError("named", "{code} and {template}", code="a", template="b")
    assert str(error) == "a and b"


def test_an_error_survives_the_way_between_processes():
    error = SurveyError("too_many", "{count} is too many", count=9)
    back = pickle.loads(pickle.dumps(error))
    assert isinstance(back, SurveyError)
    assert (str(back), back.code, back.fields) == (str(error), error.code, error.fields)
