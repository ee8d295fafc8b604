"""What can be wrong with a decision problem, as one exception."""

from __future__ import annotations


class ProblemError(ValueError):
    """A decision problem, a method or a parameter cannot be used as given.

    Parameters
    ----------
    code
        Stable identifier of the fault, for programs.
    template
        One English sentence with ``{fields}``; the catalogue of translations is keyed by it.
    **fields
        What was found and what is expected, filled into the template.
    """

    def __init__(self, code: str, template: str, **fields: object) -> None:
        self.code = code
        self.template = template
        self.fields = fields
        super().__init__(template.format(**fields))
