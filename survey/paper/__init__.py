"""A questionnaire on paper: one HTML page that prints on A4, in either language.

Nothing is loaded from anywhere: the page prints without a network.
"""

from survey.paper.page import printed_form
from survey.paper.wording import Say, english

__all__ = ["Say", "english", "printed_form"]
