"""The frame around every page: language, study, menu, and errors as sentences."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import streamlit as st

from app.analyst import (
    audit_page,
    baseline_page,
    change_page,
    collecting,
    directions_page,
    experts_page,
    login_page,
    overview_page,
    priorities_page,
    resilience_page,
    robustness_page,
    scenarios_page,
    session,
)
from app.analyst.choices import changed_choices, choices_of, kept_choices
from app.analyst.controls import INDEX, PRIORITIES, RANKING, WEIGHTS, choose
from app.analyst.provenance import escape
from app.analyst.results import Results, open_study
from app.analyst.settings import study_name
from app.analyst.view import PAGE_WIDTH, TEXT_WIDTH, View
from app.commands.faults import is_refusal, lines_of
from app.i18n import LANGUAGES, Language, language, preferred_language
from app.study import Study, StudyError
from app.study.answer_tables import Frame, frame_of, lacks_answers

_LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name in the URL, what shows it, and the assumptions it offers."""

    path: str
    show: Callable[[View], None]
    acting: tuple[str, ...]


PAGES = (
    Page("overview", overview_page.show, (*RANKING, *INDEX)),
    Page("priorities", priorities_page.show, PRIORITIES),
    Page("experts", experts_page.show, RANKING),
    Page("directions", directions_page.show, RANKING),
    Page("robustness", robustness_page.show, RANKING),
    Page("change", change_page.show, RANKING),
    Page("audit", audit_page.show, RANKING),
    Page("scenarios", scenarios_page.show, WEIGHTS),
    Page("resilience", resilience_page.show, INDEX),
    Page("baseline", baseline_page.show, ()),
)


def main() -> None:
    """Show the page that is asked for."""
    _settle()
    st.set_page_config(layout="wide")
    lang = _language()
    study: Study | StudyError
    asking: Study | Frame | None
    try:
        asking = study = open_study(study_name())
    except StudyError as error:
        study = error
        asking = frame_of(study_name()) if lacks_answers(error.faults) else None
    login = collecting.login()
    shut = login is None and session.is_required()
    pages = [
        st.Page(
            _shown(page, study, asking, lang, shut=shut),
            # No icon: as the tab's picture it would be fetched from another server.
            title=page_title(page.path, lang),
            url_path=page.path,
            default=page is PAGES[0],
        )
        for page in PAGES
    ]
    work = [] if asking is None else collecting.pages(asking, lang, login)
    chosen = st.navigation(
        {"": pages, lang.say("Collecting"): work} if work else pages,
        position="hidden" if shut else "sidebar",
        expanded=True,
    )
    with st.sidebar:
        _language_switch(lang)
        if login is not None:
            login_page.leave(lang, login.name)
    chosen.run()


def _shown(
    page: Page,
    study: Study | StudyError,
    asking: Study | Frame | None,
    lang: Language,
    *,
    shut: bool,
) -> Callable[[], None]:
    """Return what a page shows: whoever has to log in first is handed nothing else."""
    if shut:
        return partial(login_page.show, lang, "" if page is PAGES[0] else page.path)
    if isinstance(study, StudyError):
        if asking is not None:
            return partial(_wait, asking, study, lang)
        return partial(_refuse, study, lang)
    return partial(_show, page, study, lang)


def page_title(path: str, lang: Language) -> str:
    """Name of a page in the menu and above it."""
    return {
        "overview": lang.say("Overview"),
        "priorities": lang.say("Priorities"),
        "experts": lang.say("Experts"),
        "directions": lang.say("Directions"),
        "robustness": lang.say("Robustness"),
        "change": lang.say("What would change it"),
        "audit": lang.say("Audit"),
        "scenarios": lang.say("Scenarios"),
        "resilience": lang.say("Resilience"),
        "baseline": lang.say("Baseline"),
    }[path]


def _show(page: Page, study: Study, lang: Language) -> None:
    # The first page bears the name of the study itself.
    first = page is PAGES[0]
    title = lang.pick(study.settings.title) if first else page_title(page.path, lang)
    st.title(title, anchor=False)
    options = choose(study, lang, page.path, page.acting)
    choices = choices_of(study)
    changed = changed_choices(study, lang, choices, kept_choices(choices))
    view = View(study, lang, Results(study, options), tuple(changed))
    with st.container(width=PAGE_WIDTH):
        try:
            page.show(view)
            view.footer()
        except ValueError as error:
            if not is_refusal(error):
                raise
            _tell(error, lang)
    with st.sidebar:
        st.caption(lang.pick(study.settings.title))


def _refuse(error: ValueError, lang: Language) -> None:
    st.title(lang.say("This study cannot be shown"), anchor=False)
    _tell(error, lang)


def _wait(study: Study | Frame, error: StudyError, lang: Language) -> None:
    """Say how a study whose answers are still missing comes by them."""
    st.title(lang.pick(study.settings.title), anchor=False)
    with st.container(width=TEXT_WIDTH):
        finding = lang.say(
            "There is nothing to compute yet: the answers of the experts are missing, or do not fit the questionnaire."
        )
        st.markdown(f"**{escape(finding)}**")
        way = lang.say(
            "Ask them on the pages under Collecting: freezing a closed wave puts its answers here. Answers collected elsewhere are read with konsilium import."
        )
        st.markdown(escape(way))
        with st.expander(lang.say("What is missing")):
            st.markdown("\n".join(f"- {escape(line)}" for line in lines_of(error, lang)))


def _tell(error: ValueError, lang: Language) -> None:
    """Every fault as a sentence of its own."""
    for line in lines_of(error, lang):
        st.error(line, icon=":material/error:")


def _language() -> Language:
    """Language of the session: the one chosen, else that of the URL, else of the environment."""
    if _LANGUAGE not in st.session_state:
        asked = st.query_params.get(_LANGUAGE, "")
        st.session_state[_LANGUAGE] = asked if asked in LANGUAGES else preferred_language()
    code = st.session_state[_LANGUAGE]
    if st.query_params.get(_LANGUAGE) != code:
        st.query_params[_LANGUAGE] = code
    return language(code)


def _language_switch(lang: Language) -> None:
    st.segmented_control(
        lang.say("Language"),
        tuple(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        required=True,
        key=_LANGUAGE,
        persist_state="session",
    )


@cache
def _settle() -> None:
    """Keep what the imports have made out of every later garbage collection."""
    gc.collect()
    gc.freeze()
