"""How the figures came about: study, settings, versions, sources."""

from __future__ import annotations

from app.analysis import Findings
from app.i18n import Language
from app.report.model import TEXT, Column, Section, Table
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section:
    """Digest, settings, seed and versions, so that the same figures can be had again."""
    say, study, options = lang.say, findings.study, findings.options
    names = Names(study, lang)
    recorded = findings.to_dict()["provenance"]
    rows: list[tuple[str, str]] = [
        (say("study"), lang.pick(study.settings.title)),
        (say("digest of the study's files (sha256)"), study.digest),
        (say("panel of experts"), names.pooling(options.pooling)),
        *(
            (say("weight of the block “{block}”", block=names.block(b)), lang.number(w, 2))
            for b, w in options.block_weights
        ),
        *(
            (say("reading of the block “{block}”", block=names.block(b)), names.reading(r, b))
            for b, r in options.readings
        ),
        (say("method shown first"), names.method(options.method)),
    ]
    if options.window is not None:
        first, last = options.window
        rows.append((say("window of the index"), f"{first}–{last}"))
        rows.append((say("list of indicators"), names.variant(options.variant)))
    rows += [
        (say("draws"), lang.number(options.draws, 0)),
        (say("seed"), str(options.seed)),
        *((name, str(version)) for name, version in recorded["versions"].items()),
        (say("system"), str(recorded["platform"])),
    ]
    sources = tuple(
        (key, lang.pick(entry.citation), entry.doi or "")
        for key, entry in study.settings.sources.items()
    )
    return Section(
        "provenance",
        say("How these figures came about"),
        (say("With the same study, settings and seed the same figures come out again."),),
        tables=(
            Table(
                "settings",
                say("Study, settings, versions"),
                (Column(say("what"), TEXT), Column(say("value"), TEXT)),
                tuple(rows),
            ),
            Table(
                "sources",
                say("Sources"),
                (
                    Column(say("name"), TEXT),
                    Column(say("citation"), TEXT),
                    Column(say("DOI"), TEXT),
                ),
                sources,
            ),
        ),
    )
