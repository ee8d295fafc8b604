"""Headings that hold a question and a part of it."""

from __future__ import annotations


def split_label(heading: str) -> tuple[str, str]:
    """``Question [label]`` to its two texts; the label may hold brackets of its own."""
    whole = heading.strip()
    if not whole.endswith("]"):
        return whole, ""
    depth = 0
    for place in range(len(whole) - 1, -1, -1):
        depth += (whole[place] == "]") - (whole[place] == "[")
        if depth == 0:
            return whole[:place].strip(), whole[place + 1 : -1].strip()
    place = whole.find("[")
    return (whole, "") if place < 0 else (whole[:place].strip(), whole[place + 1 : -1].strip("] "))
