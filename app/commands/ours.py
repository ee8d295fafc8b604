"""Whether the packages found under our names are ours.

The names survey, mcda and scenarios also exist on package indexes; one that was installed from
there would be found in place of ours.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from app.commands.faults import UserError

PACKAGES = ("survey", "mcda", "scenarios")


def check_packages() -> None:
    """Refuse to start on a foreign package; found without being imported."""
    home = Path(__file__).resolve().parents[2]
    for name in PACKAGES:
        spec = find_spec(name)
        found = spec.origin if spec is not None else None
        if found is None:
            raise UserError(
                "the package {name} of Konsilium is not where app is, in {home}; "
                "install Konsilium again, in an environment of its own",
                name=name,
                home=home,
            )
        if Path(found).resolve().parent.parent != home:
            raise UserError(
                "another package called {name} is found before Konsilium's, in {found}; "
                "install Konsilium in an environment of its own",
                name=name,
                found=Path(found).parent,
            )
