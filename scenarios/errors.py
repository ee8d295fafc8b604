"""The one exception of the package."""

from __future__ import annotations


class ScenarioError(ValueError):
    """A fault in the input of a scenario table, a panel, a formula or an index.

    Attributes
    ----------
    code : str
        Short stable name of the fault.
    template : str
        English sentence with named places, the key of its translations.
    fields : dict
        What fills the places.
    """

    def __init__(self, code: str, template: str, **fields: object) -> None:
        super().__init__(template.format(**fields))
        self.code = code
        self.template = template
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, so that a worker process can hand the error back."""
        return _rebuild, (self.code, self.template, self.fields)


def _rebuild(code: str, template: str, fields: dict[str, object]) -> ScenarioError:
    return ScenarioError(code, template, **fields)
