"""The findings as a person reads them on a terminal: in words, then in tables."""

from __future__ import annotations

from rich.console import Console, Group

from app.analysis import Findings
from app.commands.tables import rank_text, table
from app.i18n import Language
from app.words import overview, resilience
from app.words.names import Names


def print_findings(findings: Findings, words: Language, screen: Console) -> None:
    """Print the overview and the tables behind it."""
    screen.print(words.pick(findings.study.settings.title), style="bold")
    screen.print()
    said = overview.sentences(
        findings.directions,
        findings.robustness,
        findings.priorities,
        findings.scenarios,
        findings.resilience,
        findings.study,
        words,
    )
    for sentence in said:
        screen.print(f"• {sentence}")
    screen.print()
    for each in (
        *_priorities(findings, words),
        _rankings(findings, words),
        _acceptabilities(findings, words),
        _doubt(findings, words),
        *_dominance(findings, words),
        *_resilience(findings, words),
        *_claims(findings, words),
    ):
        screen.print(each)


def _priorities(findings: Findings, words: Language) -> list[Group]:
    names, tables = Names(findings.study, words), []
    for question in findings.study.questionnaire.questions:
        if question.id not in findings.priorities:
            continue
        finding = findings.priorities[question.id]
        place = {option: k for k, option in enumerate(finding.pooled.options)}
        heading = words.say("Mean weight") if finding.individual else words.say("Experts")
        rows = [
            [
                names.option(question.id, option),
                words.percent(finding.pooled.shares[place[option]]),
                words.interval(
                    100 * finding.pooled.low[place[option]],
                    100 * finding.pooled.high[place[option]],
                    0,
                ),
                words.number(finding.pooled.weights[place[option]], 3),
            ]
            for option in finding.leaders
        ]
        header = [
            words.say("Option"),
            heading,
            words.say("Interval (95 %), %"),
            words.say("Priority"),
        ]
        title = words.say("Priorities: {question}", question=names.question(question.id))
        tables.append(table(title, header, rows))
    return tables


def _rankings(findings: Findings, words: Language) -> Group:
    directions, names = findings.directions, Names(findings.study, words)
    places = dict(zip(directions.problem.alternatives, directions.result.ranks, strict=True))
    row_of = {a: k for k, a in enumerate(directions.problem.alternatives)}
    rows = [
        [
            names.alternative(a),
            *(rank_text(r.ranks[row_of[a]], words) for r in directions.results.values()),
            words.number(directions.first_by[a], 0 if directions.first_by[a] % 1 == 0 else 1),
        ]
        for a in sorted(places, key=lambda a: (places[a], row_of[a]))
    ]
    header = [
        words.say("Alternative"),
        *(names.method(m) for m in directions.results),
        words.say("First by, of {count}", count=len(directions.by_reading)),
    ]
    title = words.say(
        "Ranks by method (headline: {method})", method=names.method(directions.headline)
    )
    refused = [
        words.say(
            "{method} is not applicable: {reason}",
            method=names.method(m),
            reason=words.sentence(error),
        )
        for m, error in directions.not_applicable.items()
    ]
    return table(title, header, rows, note="\n".join(refused))


def _acceptabilities(findings: Findings, words: Language) -> Group:
    everything, names = findings.robustness.everything, Names(findings.study, words)
    alternatives = findings.robustness.alternatives
    order = sorted(range(len(alternatives)), key=lambda k: everything.expected_rank[k])
    rows = [
        [
            names.alternative(alternatives[k]),
            *(words.percent(share) for share in everything.rank_acceptability[k]),
        ]
        for k in order
    ]
    header = [words.say("Alternative"), *(str(r + 1) for r in range(len(alternatives)))]
    title = words.say("How often each takes each rank, all that is uncertain drawn at once")
    return table(title, header, rows)


def _doubt(findings: Findings, words: Language) -> Group:
    names, shares = Names(findings.study, words), findings.robustness.doubt.shares
    rows = [
        [names.cause(cause), words.percent(float(shares[cause]))]
        for cause in sorted(shares, key=lambda c: -shares[c])
    ]
    header = [words.say("Cause"), words.say("Share")]
    return table(words.say("What the doubt about the first place comes from"), header, rows)


def _dominance(findings: Findings, words: Language) -> list[Group]:
    finding = findings.scenarios
    if finding is None or findings.study.scenarios is None:
        return []
    names, order = Names(findings.study, words), finding.order
    rows = []
    for i, first in enumerate(order):
        for second in order[i + 1 :]:
            found = finding.between(first, second)
            rows.append(
                [
                    f"{names.short(first)} – {names.short(second)}",
                    *(str(n) for n in (found.better, found.equal, found.worse, found.unclear)),
                ]
            )
    header = [
        words.say("Scenarios"),
        words.say("better"),
        words.say("equal"),
        words.say("worse"),
        words.say("unclear"),
    ]
    title = words.say("Scenarios, cell by cell: the first against the second")
    titles = "\n".join(names.scenario(s) for s in order)
    return [table(title, header, rows, note=titles)]


def _resilience(findings: Findings, words: Language) -> list[Group]:
    finding = findings.resilience
    if finding is None:
        return []
    names = Names(findings.study, words)
    observed = {str(y): v for y, v in finding.index.levels().items()}
    years = sorted({str(finding.base_year), str(finding.index.years[-1])} & set(observed))
    last = max((y for y in observed), default=None)
    if last is not None and last not in years:
        years.append(last)
    rows = [[words.say("observed"), y, words.number(observed[y], 3), ""] for y in sorted(years)]
    if finding.projection is not None:
        swept = findings.to_dict()["resilience"]["scenarios"]
        rows += [
            [
                names.short(scenario),
                year,
                words.number(level["value"], 3),
                words.interval(level["low"], level["high"], 3),
            ]
            for scenario, levels in swept.items()
            for year, level in levels.items()
        ]
    header = [
        words.say("Level"),
        words.say("Year"),
        words.say("Index, standard deviations"),
        words.say("Over the recipes of this window"),
    ]
    said = " ".join(resilience.note(findings.study, words))
    return [table(words.say("Resilience: levels of the index"), header, rows, note=said)]


def _claims(findings: Findings, words: Language) -> list[Group]:
    if not findings.claims:
        return []
    names, frame = Names(findings.study, words), findings.study.published
    rows, notes = [], list[str]()
    for claim in findings.claims:
        obtained = "–" if claim.obtained is None else _figure(claim.obtained, words)
        mark = ""
        if note := str(frame.loc[claim.id, words.column("verdict_note")]):
            if note not in notes:
                notes.append(note)
            mark = f" [{notes.index(note) + 1}]"
        rows.append(
            [
                str(frame.loc[claim.id, words.column("statement")]) + mark,
                names.verdict(claim.verdict),
                _printed(claim.printed, words),
                obtained,
            ]
        )
    header = [
        words.say("What the sources state"),
        words.say("Verdict"),
        words.say("Printed"),
        words.say("Obtained"),
    ]
    said = "\n".join(f"[{k}] {note}" for k, note in enumerate(notes, 1))
    return [table(words.say("Published beside obtained"), header, rows, texts=2, note=said)]


def _printed(printed: tuple[float | None, float | None], words: Language) -> str:
    low, high = printed
    if low is None or high is None:
        if low is not None:
            return f"≥ {_figure(low, words)}"
        return "–" if high is None else f"≤ {_figure(high, words)}"
    if low == high:
        return _figure(low, words)
    return f"{_figure(low, words)}–{_figure(high, words)}"


def _figure(value: float, words: Language) -> str:
    """Return a figure with the decimals it needs: three at most, one where it is large."""
    most = 3 if abs(value) < 10 else 1
    digits = next(d for d in range(most + 1) if d == most or round(value, d) == value)
    return words.number(value, digits)
