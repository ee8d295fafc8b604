"""Processes that race for one-use links, each with a store of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey.collection import schema
from survey.collection.access import enter
from survey.collection.lifecycle import response_counts
from survey.collection.marks import Marks
from survey.collection.replies import Reply
from survey.collection.sessions import begin, save, submit
from survey.collection.store import Store
from survey.errors import SurveyError
from tests.waves import TODAY, opened

ROOT = Path(__file__).parents[3]
PROCESSES, LINKS = 8, 200


def tell(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def race(url, tokens, me):
    """Answer by every link, in an order of one's own; how often it was refused."""
    came = {"submitted": 0, "refused": 0, "others": []}
    with Store.open(url) as store:
        marks = Marks(store)
        tell("ready")
        sys.stdin.readline()
        # Half of them go in step, link by link; the others come upon these from elsewhere.
        start = me * len(tokens) // PROCESSES if me % 2 else 0
        for token in tokens[start:] + tokens[:start]:
            try:
                access = enter(store, token, today=TODAY)
                begin(store, access, today=TODAY)
                save(store, access, "aims", Reply(chosen=("growth",)), today=TODAY)
                save(store, access, "points", Reply(cells={"a": 60, "b": 40}), today=TODAY)
                submit(store, access, today=TODAY)
            except SurveyError as error:
                if error.code == "link_refused":
                    came["refused"] += 1
                else:
                    came["others"].append(error.code)
            else:
                came["submitted"] += 1
                marks.note(access)
    return came


@pytest.mark.slow
def test_eight_processes_on_two_hundred_links_leave_two_hundred_responses(store_url, sealer):
    with Store.open(store_url) as store:
        wave, links = opened(store, sealer, each=LINKS // 2)
    tokens = json.dumps([link.token for link in links])
    racers = [
        subprocess.Popen(
            [sys.executable, __file__, store_url, str(me)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONWARNINGS": "error"},
        )
        for me in range(PROCESSES)
    ]
    try:
        for racer in racers:
            racer.stdin.write(tokens + "\n")
            racer.stdin.flush()
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:  # all are ready: now
            racer.stdin.write("go\n")
            racer.stdin.flush()
        came = [json.loads(racer.communicate(timeout=120)[0]) for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()
    assert [one["others"] for one in came] == [[]] * PROCESSES
    # A submission that finds its link just used is told that all is well: nothing was lost.
    assert sum(one["submitted"] + one["refused"] for one in came) == PROCESSES * LINKS
    assert sum(one["submitted"] for one in came) >= LINKS
    with Store.open(store_url) as store:
        counts = response_counts(store, wave.id)
        states = store.read(
            lambda conn: conn.execute(
                select(schema.sessions.c.state, func.count()).group_by(schema.sessions.c.state)
            ).all()
        )
        answers = store.read(
            lambda conn: conn.execute(
                select(schema.answers.c.question, schema.answers.c.reply, func.count()).group_by(
                    schema.answers.c.question, schema.answers.c.reply
                )
            ).all()
        )
        spent = store.read(lambda conn: conn.scalar(select(func.count(schema.spent.c.mark))))
    assert {count.group: count.submitted for count in counts} == {
        "science": LINKS // 2,
        "industry": LINKS // 2,
    }
    assert [tuple(row) for row in states] == [("submitted", LINKS)]
    assert sorted(tuple(row) for row in answers) == [
        ("aims", '{"chosen":["growth"]}', LINKS),
        ("points", '{"cells":{"a":60,"b":40}}', LINKS),
    ]
    assert spent == LINKS


if __name__ == "__main__":
    links = json.loads(sys.stdin.readline())
    tell(json.dumps(race(sys.argv[1], links, int(sys.argv[2]))))
