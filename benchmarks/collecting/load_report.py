"""What the load benchmark found, as text, and as the section "Load" of a document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

TARGET = 0.3  # seconds: what the 95th percentile has to stay under
_BEGIN, _END = "<!-- load: begin -->", "<!-- load: end -->"
_HEADING = "## Load"
_TITLE = "# Reliability"


def milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:,.0f}"


def _of(run: dict[str, Any], what: str, quantile: str) -> float | None:
    found: float | None = run["latencies"].get(what, {}).get(quantile)
    return found


def held(run: dict[str, Any]) -> bool:
    """Whether nobody lost anything and the 95th percentile is under the target."""
    p95 = _of(run, "save", "p95")
    return not lost(run) and p95 is not None and p95 < TARGET


def lost(run: dict[str, Any]) -> int:
    """Answers that should be there and are not: acknowledged ones, and ones that were refused."""
    if "store" in run:
        found = run["store"]
        return int(found["lost"] + found["submissions_lost"] + run["errors"])
    return int(run["lost"] + run["refused"])


def printed(run: dict[str, Any]) -> str:
    save = "/".join(milliseconds(_of(run, "save", q)) for q in ("p50", "p95", "p99", "max"))
    return (
        f"{run['title']}, {run['mode']}, {run['respondents']:,}: save {save} ms, lost {lost(run)}, "
        f"twice {_twice(run)}, server {run['cpu_seconds']['server']:.1f} CPU s "
        f"in {run['seconds']:.0f} s, {run['server_memory_mb']:.0f} MB"
    )


def _twice(run: dict[str, Any]) -> int:
    return int(run["store"]["twice"] if "store" in run else run["twice"])


def section(found: dict[str, Any], command: str) -> str:
    """Text of the section, its heading included."""
    ours, theirs = found["konsilium"], found["beginner"]
    paced = [run for run in ours if run["mode"] == "paced"]
    bursts = [run for run in ours if run["mode"] == "burst"]
    parts = [
        _HEADING,
        f"Written by `{command}`, all in one run. "
        "The load generator, the server and the database share the machine: "
        + "; ".join(f"{k} {v}" for k, v in found["machine"].items())
        + ".",
        (
            "Each respondent opens a link, agrees, answers, and submits, over a connection of their "
            "own. Times run from the moment an answer was due until the server said that it is saved; "
            "it says so when the answer is on the disk. Afterwards the store is read and compared with "
            "everything that was acknowledged. Processor time is that of the saving alone, in cores."
        ),
    ]
    if paced:
        seconds, interval = paced[0]["planned_seconds"], paced[0]["interval"]
        parts += [
            (
                f"**{paced[0]['respondents']:,} respondents at once, one answer each {interval:g} s, "
                f"for {seconds:g} s.** Target: none lost, 95 % within {milliseconds(TARGET)} ms."
            ),
            _table(paced),
        ]
    if bursts:
        parts += [
            "**All at one instant**, on connections that have to be opened first, three times:",
            _table(bursts),
        ]
    if theirs:
        parts += [_beside(ours, theirs), _table(theirs)]
    return "\n\n".join(parts) + "\n"


def _table(runs: Iterable[dict[str, Any]]) -> str:
    head = (
        *("Server", "Respondents", "Saved", "Lost", "Twice"),
        *("Median, ms", "95 %", "99 %", "Longest", "Page, median, ms"),
        *("Server, cores", "Database, cores", "Generator, cores", "Memory, MB", "Tried again"),
    )
    rows = [head, ("---", *("---:" for _ in head[1:]))]
    for run in runs:
        cores = {name: cpu / run["seconds"] for name, cpu in run["cpu_seconds"].items()}
        rows.append(
            (
                run["title"],
                f"{run['respondents']:,}",
                f"{run['latencies']['save'].get('count', 0):,}",
                str(lost(run)),
                str(_twice(run)),
                *(milliseconds(_of(run, "save", q)) for q in ("p50", "p95", "p99", "max")),
                milliseconds(_of(run, "page", "p50")),
                f"{cores['server']:.2f}",
                f"{cores['database']:.2f}" if cores.get("database") else "–",
                f"{cores['generator']:.2f}",
                f"{run['server_memory_mb']:,.0f}",
                str(run.get("retries", "–")),
            )
        )
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _beside(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> str:
    said = [
        (
            "**Beside plain Streamlit and SQLite as a beginner writes it** (`beginner_app.py`: one "
            "form, a connection on each rerun, everything at its default), driven by its own protocol "
            "in the same run. Lost are answers that were sent and are not in its file; whoever sent "
            "them saw an error."
        )
    ]
    most = max((r["respondents"] for r in theirs if r["mode"] == "paced" and held(r)), default=0)
    here = [r for r in ours if r["mode"] == "paced" and held(r)]
    if most:
        said.append(
            f"It holds {most:,} respondents within {milliseconds(TARGET)} ms and without a loss"
            + "".join(
                f"; {r['title']} holds at least {r['respondents']:,}, {r['respondents'] / most:.0f} times as many"
                for r in here[:1]
            )
            + "."
        )
    for run in theirs:
        same = [r for r in ours if r["mode"] == "burst" and r["respondents"] == run["respondents"]]
        its = _of(run, "save", "p95")
        if run["mode"] != "burst" or not same or not its:
            continue
        p95 = _of(same[0], "save", "p95") or 0.0
        said.append(
            f"{run['respondents']:,} sending at one instant: {lost(run)} of {run['sent']:,} answers "
            f"lost and 95 % within {its:.1f} s; {same[0]['title']}: {lost(same[0])} lost and "
            f"{p95:.2f} s, {its / p95:.0f} times faster."
        )
    return " ".join(said)


def put(path: Path, text: str) -> None:
    """Write the section into a document, over the one of the last run, or at its end."""
    body = f"{_BEGIN}\n{text}{_END}\n"
    there = path.read_text("utf-8") if path.exists() else f"{_TITLE}\n"
    before, begin, rest = there.partition(_BEGIN)
    if begin:
        _, _, after = rest.partition(f"{_END}\n")
        path.write_text(before + body + after, encoding="utf-8")
    else:
        path.write_text(f"{there.rstrip()}\n\n{body}", encoding="utf-8")
