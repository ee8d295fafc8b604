"""Why a measure of agreement has no value."""

from __future__ import annotations

from survey.elicitation.result import Message, message


class Undefined(Message):
    """A reason, as a sentence: the figure does not exist, and none is put in its place."""

    __slots__ = ()

    @classmethod
    def no_variation(cls) -> Undefined:
        """All values are alike."""
        return cls(message("undefined: no variation, every value is the same").template)

    @classmethod
    def no_pairs(cls) -> Undefined:
        """Nothing was rated twice."""
        return cls(message("undefined: no unit was given a value by two raters").template)

    @classmethod
    def no_contrast(cls) -> Undefined:
        """Nobody told one question from another."""
        return cls(message("undefined: everybody answered all questions alike").template)
