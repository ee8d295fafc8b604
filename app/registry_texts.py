"""Texts of the registries of methods, for the catalogue of translations (a Babel extractor)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from mcda import METHODS, WEIGHTINGS
from survey.elicitation import ELICITATIONS


def registry_texts() -> Iterator[str]:
    """Yield every text of the registries that a person may read."""
    for method in METHODS.values():
        yield method.title
        yield method.degenerate
        if method.needs:
            yield method.needs
        yield from (v.name for v in method.variants)
        yield from (p.meaning for p in method.parameters)
    for weighting in WEIGHTINGS.values():
        yield weighting.title
        yield weighting.variant
        yield weighting.degenerate
    for elicitation in ELICITATIONS.values():
        yield elicitation.title
        yield elicitation.degenerate
        yield from elicitation.variants
        yield from (p.meaning for p in elicitation.parameters)


def extract(
    fileobj: IO[bytes],  # noqa: ARG001 - Babel's signature; the texts come from the registries
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Hand the texts to Babel as it asks for them: line, function, text, comments."""
    for text in dict.fromkeys(registry_texts()):
        yield 1, "say", text, []
