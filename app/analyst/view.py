"""What a page is given, and how it sets out text, charts and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from app.analyst import provenance
from app.analyst.provenance import escape
from app.analyst.results import Results
from app.i18n import Language
from app.study import Study
from app.study.formats import ANSWERS, JUDGEMENTS, SCORES
from app.words.names import Names

# A line longer than this is hard to read.
TEXT_WIDTH = 860
# Charts and tables, on a screen that has room for more.
PAGE_WIDTH = 1000
# The finding is what can be said in so many sentences; the rest stands further down.
LEAD = 2


@dataclass(frozen=True, slots=True)
class View:
    """One study in one language under one set of assumptions."""

    study: Study
    lang: Language
    results: Results
    changed: tuple[str, ...]
    used: list[str] = field(default_factory=list)

    @property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.study, self.lang)

    def finding(self, sentences: Sequence[str], lead: int = LEAD) -> None:
        """Open the page with its finding, and with what was changed from the study's own."""
        st.markdown(f"**{escape(' '.join(sentences[:lead]))}**", width=TEXT_WIDTH)
        if self.changed:
            st.info(
                self.lang.say(
                    "These figures rest on assumptions other than the study's: {changes}.",
                    changes="; ".join(self.changed),
                ),
                icon=":material/tune:",
                width=TEXT_WIDTH,
            )

    def rest(self, sentences: Sequence[str], lead: int = LEAD) -> None:
        """Say the sentences that are not the finding itself."""
        if sentences[lead:]:
            self.heading(self.lang.say("What goes with it"))
            self.points(sentences[lead:])

    def heading(self, text: str) -> None:
        """Head a section."""
        st.header(text, anchor=False, divider=False)

    def label(self, text: str) -> None:
        """Name the table that follows."""
        st.markdown(f"**{escape(text)}**")

    def text(self, text: str) -> None:
        """Say a plain sentence."""
        st.markdown(escape(text), width=TEXT_WIDTH)

    def points(self, sentences: Iterable[str]) -> None:
        """Say sentences as a list."""
        st.markdown("\n".join(f"- {escape(each)}" for each in sentences), width=TEXT_WIDTH)

    def chart(
        self,
        chart: Any,  # noqa: ANN401 - any kind of Altair chart
        width: Literal["stretch", "content"] = "stretch",
    ) -> None:
        """Show a chart; its own description tells what it shows to those who do not see it."""
        st.altair_chart(chart, theme="streamlit", width=width)

    def sources(self, files: Iterable[str] = (), *, computed: str = "", assumed: str = "") -> None:
        """Say where the numbers above come from; the page's footer cites the files in full."""
        named = tuple(files)
        self.used.extend(named)
        provenance.sources(self.study, self.lang, named, computed, assumed)

    def footer(self) -> None:
        """Cite all that the page has used."""
        provenance.footer(self.study, self.lang, self.used)

    def answer_tables(self) -> tuple[str, ...]:
        """Files that hold what the experts answered."""
        return tuple(file for file in ANSWERS if file in self.study.tables)

    def score_tables(self) -> tuple[str, ...]:
        """Files that hold the scores of the alternatives: coded, rated by experts, or both."""
        rated = (JUDGEMENTS.file,) if self.study.settings.directions.ratings else ()
        return (*(f for f in (SCORES.file,) if f in self.study.tables), *rated)

    def weight_tables(self) -> tuple[str, ...]:
        """Files that the weights of the criteria rest on: answers, and tables of the blocks."""
        blocks = self.study.settings.blocks
        return (*self.answer_tables(), *(b.table for b in blocks if b.kind != "criteria"))
