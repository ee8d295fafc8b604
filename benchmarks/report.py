"""What was measured, as text, as a document and as a picture."""

from __future__ import annotations

from pathlib import Path

import altair as alt

from benchmarks.curves import Curve
from benchmarks.timing import Line, Section

PICTURE = "benchmarks.svg"
_INTRODUCTION = (
    'Written by `make bench ARGS="{arguments}"`, all in one run: both sides '
    "of a ratio were measured in the same minutes on the same machine. Each time is the best of "
    "several. A ratio says how many times better Konsilium is."
)


def number(x: float | None) -> str:
    if x is None:
        return ""
    if x >= 100:
        return f"{x:,.0f}"
    return f"{x:.3g}" if x >= 0.001 else f"{x:.2g}"


def ratio(line: Line) -> str:
    return number(line.ratio)


def verdict(line: Line) -> str:
    if line.met is None:
        return ""
    return f"{number(line.target)}: {'met' if line.met else 'missed'}"


def printed(section: Section) -> str:
    rows = [f"\n{section.title}"]
    for line in section.lines:
        beside = f"{line.beside} {number(line.theirs)}, ratio {ratio(line)}" if line.beside else ""
        target = f"   target {verdict(line)}" if line.met is not None else ""
        rows.append(f"  {line.what:<52}{number(line.ours):>12} {line.unit:<15}{beside}{target}")
    return "\n".join(rows)


def printed_curve(curve: Curve) -> str:
    rows = [f"\n{curve.title}", f"  {curve.size:>12}{'seconds':>12}{'MB more':>12}"]
    rows += [f"  {x:>12,}{number(s):>12}{mb:>12,.1f}" for x, s, mb in curve.rows]
    return "\n".join(rows)


def document(
    machine: dict[str, object], sections: list[Section], curves: list[Curve], arguments: str
) -> str:
    parts = [
        "# Speed",
        _INTRODUCTION.format(arguments=arguments),
        "Machine: " + "; ".join(f"{k} {v}" for k, v in machine.items()) + ".",
    ]
    for section in sections:
        parts.append(f"## {section.title}")
        parts.append(
            _table(
                ("What", "Konsilium", "Unit", "Beside", "Theirs", "Ratio", "Target"),
                [
                    (
                        line.what,
                        number(line.ours),
                        line.unit,
                        line.beside,
                        number(line.theirs),
                        ratio(line),
                        verdict(line),
                    )
                    for line in section.lines
                ],
                right={1, 4, 5},
            )
        )
        if section.note:
            parts.append(section.note)
    if curves:
        parts.append("## Time and memory against size")
        parts.append(
            "Memory is what the work added to the process at its peak. Simulations run in two "
            "threads; they keep a table of every alternative against every other, and compare "
            "every pair in every draw."
        )
        parts.append(f"![Time against size](images/{PICTURE})")
        for curve in curves:
            parts.append(f"**{curve.title}**")
            rows = [(f"{x:,}", number(s), f"{mb:,.1f}") for x, s, mb in curve.rows]
            parts.append(_table((curve.size.capitalize(), "Seconds", "MB"), rows, right={0, 1, 2}))
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], right: set[int]) -> str:
    rule = tuple("---:" if k in right else "---" for k in range(len(head)))
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def picture(curves: list[Curve], path: Path) -> None:
    """Time against size, both logarithmic: a straight line of slope 1 is linear."""
    rows = [
        {"what": c.title, "axis": c.size, "size": x, "seconds": s}
        for c in curves
        for x, s, _ in c.rows
    ]
    panels = []
    for axis in dict.fromkeys(c.size for c in curves):
        data = alt.Data(values=[row for row in rows if row["axis"] == axis])
        panels.append(
            alt.Chart(data, width=250, height=250)
            .mark_line(point=True)
            .encode(
                x=alt.X("size:Q", title=axis, scale=alt.Scale(type="log")),
                y=alt.Y("seconds:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~g")),
                color=alt.Color(
                    "what:N", title=None, legend=alt.Legend(orient="top", columns=1, labelLimit=320)
                ),
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    alt.hconcat(*panels).resolve_scale(color="independent").save(path)
