"""Charts as SVG inside a page: colours of the page's own text, unique ids, words for the blind."""

from __future__ import annotations

import re
from typing import Any

import vl_convert
from markupsafe import Markup, escape

# A colour that no chart uses: it stands for the colour of the text around the picture.
_TEXT = "#010203"
WIDE, NARROW = 660, 330


def svg(chart: Any, width: int, key: str) -> Markup:  # noqa: ANN401 - any kind of Altair chart
    """Draw a chart as wide as given; `key` makes its ids its own among several in one page."""
    spec = chart.to_dict()
    if spec.get("width") == "container":
        spec["width"] = width
    config = spec.setdefault("config", {})
    for part in ("axis", "legend", "header"):
        config.setdefault(part, {}).update(labelColor=_TEXT, titleColor=_TEXT)
    config.setdefault("title", {})["color"] = _TEXT
    drawn = str(vl_convert.vegalite_to_svg(spec)).replace(_TEXT, "currentColor")
    drawn = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", drawn)
    label = escape(" ".join(_title(spec)) + ". " + str(spec.get("description", "")))
    # The tag itself comes from the drawing library; only the label is from the study.
    return Markup(re.sub(r"^<svg ", lambda _: f'<svg role="img" aria-label="{label}" ', drawn))  # noqa: S704


def _title(spec: dict[str, Any]) -> list[str]:
    text = spec.get("title", {}).get("text", "")
    return [text] if isinstance(text, str) else list(text)
