"""Tables of the store: waves, groups, invitations, sessions, answers, and who did what.

Types are those of SQLite's STRICT tables, and mean the same in PostgreSQL. Days are ISO texts: of
what respondents do, nothing finer than a day is stored anywhere.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

# Without row numbers SQLite keeps rows in the order of their (random) keys: not as they came.
STRICT: Final[dict[str, Any]] = {"sqlite_strict": True, "sqlite_with_rowid": False}

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _flag(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN (0, 1)", name=column)


# A wave: one questionnaire put to the invited people once. `revision` counts the edits of its
# settings, so that two analysts cannot overwrite each other's.
waves = Table(
    "waves",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("title", Text, nullable=False),  # JSON {"en", "ru"}, as all texts for respondents
    Column("questionnaire", Text, nullable=False),  # YAML
    Column("mode", Text, nullable=False),
    Column("access", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("min_cell", Integer, nullable=False),
    Column("closes_on", Text),
    Column("erase_on", Text, nullable=False),
    Column("erased_on", Text),
    Column("secret", Text, nullable=False),  # hex; emptied when what identifies people is erased
    Column("round", Integer, nullable=False),
    Column("previous", Text, ForeignKey("waves.id")),
    Column("feedback", Text),  # JSON: what the round before said, by question
    Column("created_on", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    _one_of("mode", "anonymous", "named"),
    _one_of("access", "invited", "open"),
    _one_of("state", "draft", "open", "closed", "frozen"),
    CheckConstraint("min_cell >= 1", name="min_cell"),
    CheckConstraint("round >= 1", name="round"),
    **STRICT,
)

groups = Table(
    "groups",
    METADATA,
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("quota", Integer),  # submitted responses at which no new one is begun
    CheckConstraint("quota IS NULL OR quota >= 1", name="quota"),
    **STRICT,
)

# Keyed by a hash of the token, never by the token. Holds no trace of what was done with it.
invitations = Table(
    "invitations",
    METADATA,
    Column("token_hash", Text, primary_key=True),
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False),  # as on the link sheet
    Column("group_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("expires_on", Text),
    Column("revoked", Integer, nullable=False),
    Column("person", LargeBinary),  # sealed JSON {"name", "email"}
    Column("sent_on", Text),
    Column("reminded_on", Text),
    _one_of("kind", "respondent", "preview", "self"),
    _flag("revoked"),
    **STRICT,
)

# Tokens that were used, as a keyed hash that only the token gives: no column joins it to
# `invitations`.
spent = Table(
    "spent",
    METADATA,
    Column("mark", Text, primary_key=True),
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), nullable=False),
    **STRICT,
)

# Invitations known to be answered, for the list of reminders. Written some at a time, and all of
# a group anew each time, so that neither order nor moment tells whose answers came when.
answered = Table(
    "answered",
    METADATA,
    Column(
        "token_hash",
        Text,
        ForeignKey("invitations.token_hash", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("group_id", Text, nullable=False),
    **STRICT,
)

# Until it is submitted, the id of an anonymous session is derived from the token; then it is
# random. `invitation` is only filled in named mode.
sessions = Table(
    "sessions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("group_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("submitted_on", Text),
    Column("invitation", Text, ForeignKey("invitations.token_hash", ondelete="SET NULL")),
    _one_of("state", "answering", "submitted"),
    _one_of("source", "web", "paper", "preview"),
    **STRICT,
)

answers = Table(
    "answers",
    METADATA,
    Column(
        "session",
        Text,
        ForeignKey("sessions.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("question", Text, primary_key=True),
    Column("reply", Text, nullable=False),  # JSON of `survey.collection.replies.Reply`
    **STRICT,
)

# One sheet of paper typed in by an operator, first and second time.
paper_sheets = Table(
    "paper_sheets",
    METADATA,
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), primary_key=True),
    Column("sheet", Text, primary_key=True),  # what is written on the sheet: its number
    Column("entry", Integer, primary_key=True),
    Column("group_id", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("replies", Text, nullable=False),  # JSON: question -> reply
    CheckConstraint("entry IN (1, 2)", name="entry"),
    **STRICT,
)

# A closed wave as it was handed on: the digest proves later that nothing was changed.
freezes = Table(
    "freezes",
    METADATA,
    Column("wave", Text, ForeignKey("waves.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("respondents", Integer, nullable=False),
    Column("frozen_on", Text, nullable=False),
    Column(
        "summary", Text, nullable=False
    ),  # JSON: the findings that later freezes are compared with
    **STRICT,
)

accounts = Table(
    "accounts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("password", Text),  # argon2; empty where an identity provider vouches for the person
    Column("failures", Integer, nullable=False),
    Column("locked_until", Text),
    Column("disabled", Integer, nullable=False),
    _flag("disabled"),
    **STRICT,
)

# What analysts did; respondents leave nothing here.
events = Table(
    "events",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),  # UTC
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("wave", Text),
    Column("detail", Text, nullable=False),  # JSON
    **STRICT,
)

# Failed tokens in a window of time, of everybody together: no address is stored.
guesses = Table(
    "guesses",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("since", Integer, nullable=False),  # start of the window, Unix seconds
    Column("failures", Integer, nullable=False),
    **STRICT,
)
