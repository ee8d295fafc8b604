"""The table of methods for the documents, written from the registry: `python -m app.docs_methods FILE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mcda import METHODS, NORMALISATIONS, WEIGHTINGS, Method, Property
from survey.elicitation import ELICITATIONS

_INTRODUCTION = """# Methods

<!-- Written from the registry by `make docs`; change mcda/methods, not this file. -->

Every method below is used by its name: `konsilium rank PROBLEM.json --method NAME --json`.
It follows the publication it names, is tested on published examples, and is tested for exactly the
properties that it declares: a *yes* is tried on random problems, a *no* has a counterexample in
`tests/mcda/counterexamples.json`. Properties are stated for problems whose values are all above zero.
Criteria of weight zero are dropped before anything is computed; equal scores share the mean of their ranks."""

_WEIGHTS = """Weights of criteria come from `konsilium weights PROBLEM.json --method NAME --json`, either from the
values of the problem or from judgements."""


def methods_page() -> str:
    """Return the page in Markdown."""
    parts = [_INTRODUCTION, _overview()]
    parts += ["\n\n".join(_section(method)) for method in METHODS.values()]
    parts.append("\n\n".join(_normalisations()))
    parts.append("\n\n".join(_weightings()))
    return "\n\n".join(parts) + "\n"


def _overview() -> str:
    rows = [
        [f"[{m.title}](#{_anchor(m)})", f"`{m.name}`", m.reference, m.needs or "any numbers"]
        for m in METHODS.values()
    ]
    return _table(["Method", "Name", "Source", "Needs"], rows)


def _section(method: Method) -> Iterator[str]:
    yield f"## {_heading(method)}"
    better = "More is better." if method.higher_is_better else "Less is better."
    yield f"{method.reference}. {better}"
    if method.needs:
        yield f"Needs: {method.needs}."
    yield f"Special cases: {method.degenerate}."
    if method.parameters:
        rows = [[f"`{p.name}`", _shown(p.default), p.meaning] for p in method.parameters]
        yield _table(["Parameter", "Default", "Meaning"], rows)
    names = [v.name for v in method.variants]
    rows = [
        [p.value, *("yes" if p in v.properties else "no" for v in method.variants)]
        for p in Property
    ]
    yield _table(["Property", *names], rows)


def _normalisations() -> Iterator[str]:
    yield "## Normalisations"
    yield _table(
        ["Name", "What it does"],
        [[f"`{name}`", _first_line(kernel)] for name, kernel in NORMALISATIONS.items()],
    )


def _weightings() -> Iterator[str]:
    yield "## Weights"
    yield _WEIGHTS
    yield "### From the values"
    yield (
        "What the table of values itself says about the criteria: how far a criterion spreads the "
        "alternatives, not how much it matters. On `matrix` and `senses`; weights sum to 1."
    )
    yield _table(
        ["Method", "Name", "Variant", "Source", "Special cases", "Parameters"],
        [
            [
                w.title,
                f"`{w.name}`",
                w.variant,
                w.reference,
                w.degenerate,
                ", ".join(f"`{k}` (default {_shown(v)})" for k, v in w.parameters.items())
                or "none",
            ]
            for w in WEIGHTINGS.values()
        ],
    )
    yield "### From judgements"
    yield (
        "What people say, the shorter ways first. Judgements that contradict each other are not "
        "refused: the result names the contradiction. `ahp` takes its judgements from `matrix`, "
        "the others from `params`."
    )
    for e in ELICITATIONS.values():
        yield f"#### {e.title} ({e.name})"
        yield f"{e.reference}. Variants: {'; '.join(e.variants)}."
        yield f"Special cases: {e.degenerate}."
        yield _table(
            ["Parameter", "Default", "Meaning"],
            [
                [f"`{p.name}`", "required" if p.required else _shown(p.default), p.meaning]
                for p in e.parameters
            ],
        )


def _heading(method: Method) -> str:
    return f"{method.title} ({method.name})"


def _anchor(method: Method) -> str:
    kept = (c for c in _heading(method).lower() if c.isalnum() or c in " -_")
    return "".join(kept).replace(" ", "-")


def _shown(value: object) -> str:
    return "none" if value is None else str(value)


def _first_line(described: object) -> str:
    return (described.__doc__ or "").strip().splitlines()[0]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(methods_page(), encoding="utf-8")
