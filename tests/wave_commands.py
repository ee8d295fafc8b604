"""What an analyst types and reads: people to invite, sheets of links, answers by a link."""

import csv
import re
from datetime import UTC, datetime

from survey.collection import sessions
from survey.collection.access import enter
from survey.collection.reply import Reply
from survey.collection.store import Store
from survey.collection.waves import load_wave

CONTACT = "Survey desk, desk@example.org"
URL = "https://survey.example.org"
PEOPLE = "group,name,email\n" + "".join(
    f"producers,Person {k},p{k}@example.org\n" for k in range(1, 7)
)


def today():
    return datetime.now(UTC).date()


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def answer(row, *, submitted=True):
    with Store.open() as store:
        token = row["link"].rpartition("/")[2]
        access = enter(store, token, today=today())
        sessions.begin(store, access, today=today())
        access = enter(store, token, today=today())
        for question in access.wave.settings.questionnaire.questions:
            reply = Reply(chosen=(question.options[0].id,))
            sessions.save(store, access, question.id, reply, today=today())
        if submitted:
            sessions.submit(store, access, today=today())


def stored(wave_id):
    with Store.open() as store:
        return load_wave(store, wave_id)


def shown(told, name):
    return re.search(rf"^ {re.escape(name)} +(.*?) *$", told, re.MULTILINE)[1]
