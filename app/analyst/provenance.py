"""Where each number comes from: taken from a source, assumed, or computed; said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from app.i18n import Language
from app.study import Study
from app.study.schema import Provenance

# Every kind has a word, an icon and a colour, so that none rests on colour alone.
_ICON = {
    "source": ":material/menu_book:",
    "assumed": ":material/edit_note:",
    "computed": ":material/calculate:",
}
_CODE = re.compile(r"[A-Z]+\d+")
_COLOUR = {"source": "blue", "assumed": "orange", "computed": "green"}


def badge(lang: Language, kind: str) -> str:
    """Mark a kind of number, as Markdown."""
    word = {
        "source": lang.say("source"),
        "assumed": lang.say("assumption"),
        "computed": lang.say("computed"),
    }[kind]
    return f":{_COLOUR[kind]}-badge[{_ICON[kind]} {word}]"


def sources(
    study: Study, lang: Language, files: Iterable[str], computed: str, assumed: str
) -> None:
    """Say below a table or chart where its numbers come from; `footer` has the full citations.

    Parameters
    ----------
    files
        Tables of the study, as in study.yaml; one that the study does not have is passed over.
    computed
        How the rest was computed, a sentence, or nothing.
    assumed
        What the analyst assumed besides the tables of that kind, a sentence, or nothing.
    """
    taken: list[str] = []
    judged: list[str] = []
    for given in _entries(study, files).values():
        place = lang.pick(given.place)
        if given.kind == "source":
            source = short_source(study, lang, given.source)
            taken.append(lang.say("{source}, {place}", source=source, place=place))
        else:
            judged.append(place)
    if assumed:
        judged.append(assumed)
    told = {"computed": [computed] if computed else [], "source": taken, "assumed": judged}
    _lines(
        f"{badge(lang, kind)} :small[{escape('; '.join(dict.fromkeys(texts)))}]"
        for kind, texts in told.items()
        if texts
    )


def footer(study: Study, lang: Language, files: Iterable[str]) -> None:
    """Cite in full what a page has used: source, place, file, and what to mind about it."""
    entries = _entries(study, files)
    if not entries:
        return
    with st.expander(lang.say("Sources and notes of this page")):
        for file, given in entries.items():
            source = study.settings.sources[given.source]
            told = [
                lang.say(
                    "{source}: {place}; file {file}",
                    source=lang.pick(source.citation),
                    place=lang.pick(given.place),
                    file=file,
                )
            ]
            if is_code(given.source):
                told.insert(0, given.source)
            if source.doi:
                told.append(f"DOI {source.doi}")
            if given.note is not None:
                told.append(lang.pick(given.note))
            st.markdown(f"{badge(lang, given.kind)} {escape('; '.join(told))}")


def legend(lang: Language) -> None:
    """Explain the three kinds of number."""
    told = {
        "source": lang.say("taken from the publication that is named"),
        "assumed": lang.say("decided by the analyst, with a reason; can be changed"),
        "computed": lang.say("obtained here from the other two"),
    }
    _lines(f"{badge(lang, kind)} :small[{text}]" for kind, text in told.items())


def short_source(study: Study, lang: Language, source: str) -> str:
    """Name a source briefly: its id where that is a code such as BK21, else its citation."""
    return source if is_code(source) else lang.pick(study.settings.sources[source].citation)


def is_code(source: str) -> bool:
    """Whether an id reads as an abbreviation of a reference: capitals, then digits."""
    return _CODE.fullmatch(source) is not None


def escape(text: str) -> str:
    """Keep Markdown from reading signs of a text as its own."""
    for sign in "\\`*_[]<>#~$:|":
        text = text.replace(sign, f"\\{sign}")
    return text


def _entries(study: Study, files: Iterable[str]) -> dict[str, Provenance]:
    tables = study.settings.tables
    return {f: tables[f] for f in dict.fromkeys(files) if f in tables and f in study.tables}


def _lines(lines: Iterable[str]) -> None:
    st.markdown("  \n".join(lines))
