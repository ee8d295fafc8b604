"""Drawing pages: templates, and files that browsers keep."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

_HERE = Path(__file__).parent
_YEAR: Final = 31_536_000
_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class Files:
    """Files of this package and of others, by names that hold a digest of what is in them.

    Parameters
    ----------
    address
        Path that the files are served below.
    folders
        Where the other files are.
    """

    def __init__(self, address: str, *folders: Path) -> None:
        self._address, self._folders = address, (_HERE / "static", *folders)

    @cached_property
    def by_name(self) -> dict[str, tuple[bytes, str]]:
        """Content and type of each file."""
        found = {}
        for path in sorted(each for folder in self._folders for each in folder.iterdir()):
            if path.suffix in _TYPES:
                content = path.read_bytes()
                digest = hashlib.sha256(content).hexdigest()[:16]
                found[f"{path.stem}.{digest}{path.suffix}"] = (content, _TYPES[path.suffix])
        return found

    def url(self, name: str) -> str:
        """Address of a file."""
        stem, _, kind = name.partition(".")
        for known in self.by_name:
            first, _, rest = known.partition(".")
            if first == stem and rest.endswith(f".{kind}"):
                return f"{self._address}/{known}"
        raise KeyError(name)

    def answer(self, name: str) -> Response | None:
        """Answer with a file that never changes under its name; None if there is none."""
        known = self.by_name.get(name)
        if known is None:
            return None
        content, kind = known
        headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
        return Response(content, media_type=kind, headers=headers)


def environment(files: Files, templates: Path) -> Environment:
    """Templates of a folder, which may stand on those of this package."""
    made = Environment(
        loader=FileSystemLoader([templates, _HERE / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = files.url
    return made
