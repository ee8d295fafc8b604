"""What the sources state, set beside what comes out here."""

from __future__ import annotations

from app.analysis import Claim, Findings
from app.i18n import Language
from app.report.model import COMPUTED, SOURCE, TEXT, Column, Section, Table
from app.report.sections.common import origins
from app.words.names import Names
from app.words.phrases import text_of


def section(findings: Findings, lang: Language) -> Section | None:
    """Table of claims with the verdict on each; None where the sources state nothing."""
    if not findings.claims:
        return None
    say, study = lang.say, findings.study
    names = Names(study, lang)
    verdicts = [c.verdict for c in findings.claims]
    counts = {v: verdicts.count(v) for v in dict.fromkeys(verdicts)}
    table = Table(
        "claims",
        say("Statements of the sources, checked"),
        (
            Column(say("statement"), TEXT),
            Column(say("source"), TEXT),
            Column(say("printed, low"), SOURCE, None),
            Column(say("printed, high"), SOURCE, None),
            Column(say("obtained"), COMPUTED, 3),
            Column(say("unit"), TEXT),
            Column(say("verdict"), TEXT),
            Column(say("note"), TEXT),
        ),
        tuple(_row(c, findings, names, lang) for c in findings.claims),
    )
    return Section(
        "claims",
        say("Statements of the sources"),
        (
            say(
                "Of {total} statements of the sources: {parts}.",
                total=len(verdicts),
                parts=", ".join(
                    say("{name}: {value}", name=names.verdict(v), value=n)
                    for v, n in counts.items()
                ),
            ),
        ),
        tables=(table,),
        origins=origins(study, lang, ("published",)),
    )


def _row(
    claim: Claim, findings: Findings, names: Names, lang: Language
) -> tuple[str | float | None, ...]:
    row = findings.study.published.loc[claim.id]
    low, high = claim.printed
    return (
        text_of(row[lang.column("statement")]),
        text_of(row["source"]),
        low,
        high,
        claim.obtained,
        text_of(row[lang.column("unit")]),
        names.verdict(claim.verdict),
        text_of(row[lang.column("verdict_note")]),
    )
