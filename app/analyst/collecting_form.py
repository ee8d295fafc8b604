"""The form of a wave's settings, for making one and for changing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.analyst.collecting_desk import Desk
from app.analyst.provenance import escape
from app.collection.texts import default_consent, default_purpose
from app.i18n import Language
from app.words import collecting as words
from survey.collection.wave import MIN_CELL, Group, WaveSettings
from survey.errors import SurveyError
from survey.questions import Text

TEXTS: Final = ("title", "purpose", "consent", "contact")
_ANSWERED = timedelta(days=30)
_KEPT = timedelta(days=180)
_COLUMNS = ("id", "en", "ru", "quota")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands in the form; texts left empty are filled in by `settings`."""

    values: dict[str, Any]

    def settings(self, desk: Desk, base: WaveSettings | None) -> WaveSettings:
        """Return what was asked for as settings.

        Raises
        ------
        SurveyError
            A text or a group is not complete.

        """
        given = dict(self.values)
        title = desk.study.settings.title
        given["title"] = _text(given["title"], Text(en=title.en, ru=title.ru))
        given["purpose"] = _text(given["purpose"], default_purpose(title))
        usual = default_consent(given["mode"], given["erase_on"])
        given["consent"] = _text(given["consent"], usual)
        given["contact"] = _text(given["contact"], None)
        given["groups"] = _groups(given["groups"])
        questionnaire = desk.study.questionnaire if base is None else base.questionnaire
        return WaveSettings(study=desk.study.settings.id, questionnaire=questionnaire, **given)


def fields(desk: Desk, base: WaveSettings | None, key: str, *, promised: bool = False) -> Drawn:
    """Draw the form's fields.

    Parameters
    ----------
    base
        What they begin with; None for a new wave.
    key
        Begins the keys of the widgets.
    promised
        What people were promised cannot change any more.
    """
    say, lang = desk.lang.say, desk.lang
    values: dict[str, Any] = {}
    values["title"] = _pair(
        say("Title"), base and base.title, f"{key}.title", lang, say("Empty: the study's title.")
    )
    values["mode"] = st.radio(
        say("Mode"),
        ("anonymous", "named"),
        index=0 if base is None or base.mode == "anonymous" else 1,
        format_func=lambda each: words.mode_name(each, lang),
        captions=[escape(words.promise(each, lang)) for each in ("anonymous", "named")],
        disabled=promised,
        key=f"{key}.mode",
    )
    values["access"] = st.radio(
        say("Access"),
        ("invited", "open"),
        index=0 if base is None or base.access == "invited" else 1,
        format_func=lambda each: words.access_name(each, lang),
        captions=[escape(words.access(each, lang)) for each in ("invited", "open")],
        disabled=promised,
        key=f"{key}.access",
    )
    left, middle, right = st.columns(3)
    values["closes_on"] = left.date_input(
        say("Last day of answering"),
        value=desk.today + _ANSWERED if base is None else base.closes_on,
        format="YYYY-MM-DD",
        help=say("Empty: until it is closed by hand."),
        key=f"{key}.closes_on",
    )
    values["erase_on"] = middle.date_input(
        say("What identifies people is erased on"),
        value=desk.today + _KEPT if base is None else base.erase_on,
        format="YYYY-MM-DD",
        key=f"{key}.erase_on",
    )
    values["min_cell"] = right.number_input(
        say("Smallest cell"),
        min_value=1,
        value=MIN_CELL if base is None else base.min_cell,
        help=say("Of fewer respondents of a group nothing is shown or handed on."),
        disabled=promised,
        key=f"{key}.min_cell",
    )
    values["groups"] = _table_of_groups(desk, base, key, fixed=promised)
    values["purpose"] = _pair(
        say("Purpose"), base and base.purpose, f"{key}.purpose", lang, say("Empty: the usual text."),
        tall=True, disabled=promised,
    )  # fmt: skip
    values["consent"] = _pair(
        say("Consent"), base and base.consent, f"{key}.consent", lang, say("Empty: the usual text for this mode."),
        tall=True, disabled=promised,
    )  # fmt: skip
    values["contact"] = _pair(
        say("Contact for questions"), base and base.contact, f"{key}.contact", lang,
        say("Name, address or telephone of who answers questions; people see it before the first question."),
    )  # fmt: skip
    return Drawn(values)


def told(field: str, value: Any, lang: Language) -> str:  # noqa: ANN401 - of any field
    """Value of a field in words."""
    if value is None:
        return lang.say("none")
    match field:
        case "mode":
            return words.mode_name(value, lang)
        case "access":
            return words.access_name(value, lang)
        case "groups":
            return "; ".join(
                lang.pick(g.title) + ("" if g.quota is None else f" ({g.quota})") for g in value
            )
    return lang.pick(value) if isinstance(value, Text) else str(value)


def field_name(field: str, lang: Language) -> str:
    """Name of a field of the form."""
    return {
        "title": lang.say("Title"),
        "mode": lang.say("Mode"),
        "access": lang.say("Access"),
        "closes_on": lang.say("Last day of answering"),
        "erase_on": lang.say("What identifies people is erased on"),
        "min_cell": lang.say("Smallest cell"),
        "groups": lang.say("Groups"),
        "purpose": lang.say("Purpose"),
        "consent": lang.say("Consent"),
        "contact": lang.say("Contact for questions"),
        "questionnaire": lang.say("Questionnaire"),
    }.get(field, field)


def _pair(
    label: str,
    base: Text | None,
    key: str,
    lang: Language,
    told: str,
    *,
    tall: bool = False,
    disabled: bool = False,
) -> tuple[str, str]:
    """One text in both languages, beside each other."""
    draw = st.text_area if tall else st.text_input
    given = []
    for column, code in zip(st.columns(2), ("ru", "en"), strict=True):
        with column:
            name = {"ru": lang.say("in Russian"), "en": lang.say("in English")}[code]
            given.append(
                draw(
                    f"{label}, {name}",
                    value="" if base is None else base.get(code),
                    help=told or None,
                    key=f"{key}.{code}",
                    disabled=disabled,
                )
            )
    return given[1], given[0]


def _text(given: tuple[str, str], usual: Text | None) -> Text:
    en, ru = (each.strip() for each in given)
    if not en and not ru:
        if usual is None:
            raise SurveyError(
                "contact_missing", "no contact is given; people must know whom to ask"
            )
        return usual
    # One language given stands for both: better than an empty line before a respondent.
    return Text(en=en or ru, ru=ru or en)


def _table_of_groups(
    desk: Desk, base: WaveSettings | None, key: str, *, fixed: bool
) -> list[dict[str, Any]]:
    say = desk.lang.say
    groups = desk.study.settings.groups if base is None else base.groups
    frame = pd.DataFrame(
        [
            {"id": g.id, "en": g.title.en, "ru": g.title.ru, "quota": getattr(g, "quota", None)}
            for g in groups
        ],
        columns=list(_COLUMNS),
    ).astype({"quota": "Int64"})
    desk.view.label(say("Groups, and at how many responses each is full"))
    edited = st.data_editor(
        frame,
        key=f"{key}.groups",
        num_rows="fixed" if fixed else "dynamic",
        placeholder="",
        hide_index=True,
        width="stretch",
        disabled=["id"] if fixed else False,
        column_config={
            "id": st.column_config.TextColumn(say("Id"), required=True),
            "en": st.column_config.TextColumn(say("Title, in English"), required=True),
            "ru": st.column_config.TextColumn(say("Title, in Russian"), required=True),
            "quota": st.column_config.NumberColumn(say("Quota"), min_value=1, step=1),
        },
    )
    return list(edited.to_dict("records"))


def _groups(given: list[dict[str, Any]]) -> tuple[Group, ...]:
    made = []
    for row in given:
        cells = {n: "" if pd.isna(row[n]) else str(row[n]).strip() for n in _COLUMNS}
        if not any(cells.values()):
            continue
        if not (cells["id"] and (cells["en"] or cells["ru"])):
            raise SurveyError(
                "group_incomplete",
                "a group has the id {id!r} and the title {title!r}; both are expected",
                id=cells["id"],
                title=cells["en"] or cells["ru"],
            )
        title = Text(en=cells["en"] or cells["ru"], ru=cells["ru"] or cells["en"])
        made.append(Group(cells["id"], title, int(row["quota"]) if cells["quota"] else None))
    return tuple(made)
