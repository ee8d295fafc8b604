from __future__ import annotations


class SurveyError(ValueError):
    """Input that a survey cannot be computed from, in one sentence.

    It says what was found and what is expected.

    Parameters
    ----------
    code
        Stable name of the fault, for programs.
    template
        The English sentence with ``{fields}``: the key of its translation.
    **fields
        What was found: option, group, count ...

    """

    def __init__(self, code: str, template: str, /, **fields: object) -> None:
        super().__init__(template.format(**fields))
        self.code = code
        self.template = template
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        # The default would hand the finished sentence to __init__ and fail between processes.
        return _rebuild, (self.code, self.template, self.fields)


def _rebuild(code: str, template: str, fields: dict[str, object]) -> SurveyError:
    return SurveyError(code, template, **fields)
