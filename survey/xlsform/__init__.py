"""Questionnaires as XLSForm, the format of ODK and KoboToolbox, out and in."""

from survey.xlsform.reading import read_xlsform
from survey.xlsform.writing import to_xform, write_xlsform

__all__ = ["read_xlsform", "to_xform", "write_xlsform"]
