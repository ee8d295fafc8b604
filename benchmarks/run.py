"""What Konsilium's engine is measured against, all in one run: `make bench`.

Ratios are what counts: both sides run in the same minute on the same machine. Nothing is written
unless --out or --docs names a file.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from benchmarks import report, simulation, single, survey_agreement, survey_table
from benchmarks.curves import curves
from benchmarks.timing import machine

SECTIONS = simulation.SECTIONS | single.SECTIONS | survey_table.SECTIONS | survey_agreement.SECTIONS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the figures as JSON into this file")
    parser.add_argument("--docs", type=Path, help="write them as a document into this file")
    parser.add_argument("--long", action="store_true", help="run a hundred million draws, too")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=(*SECTIONS, "curves"),
        default=[*SECTIONS, "curves"],
        help="measure only these",
    )
    arguments = parser.parse_args()
    described = machine()
    print("; ".join(f"{k} {v}" for k, v in described.items()))
    sections = []
    for name in SECTIONS:
        if name in arguments.only:
            sections.append(SECTIONS[name]())
            print(report.printed(sections[-1]), flush=True)
    found = curves(long=arguments.long) if "curves" in arguments.only else []
    for curve in found:
        print(report.printed_curve(curve), flush=True)
    if arguments.out:
        measured = {
            "machine": described,
            "sections": [
                {
                    "title": s.title,
                    "lines": [
                        dataclasses.asdict(x) | {"ratio": x.ratio, "met": x.met} for x in s.lines
                    ],
                }
                for s in sections
            ],
            "curves": [dataclasses.asdict(c) for c in found],
        }
        arguments.out.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.docs:
        text = report.document(described, sections, found, " ".join(sys.argv[1:]))
        arguments.docs.write_text(text, encoding="utf-8")
        if found:
            report.picture(found, arguments.docs.parent / "images" / report.PICTURE)


if __name__ == "__main__":
    main()
