"""Many respondents at once on the real server; the benchmark is the same with more of them."""

import pytest

from benchmarks.collecting.ours import Setting, measure


def assert_nothing_is_lost(run, respondents, answers):
    assert run["errors"] == 0, run["error_examples"]
    assert run["store"]["whole"], run["store"]["examples"]
    # Each of the last answers of everybody, the number of the respondent among them.
    assert run["store"]["acknowledged"] == respondents * (1 + answers)
    assert run["store"]["submitted"] == respondents
    assert run["server_said"] == []


@pytest.mark.slow
def test_a_hundred_respondents_for_half_a_minute_lose_nothing():
    run = measure(Setting("SQLite", 1, "paced", respondents=100, seconds=30, interval=5))
    assert run["latencies"]["save"]["count"] == 600
    assert_nothing_is_lost(run, respondents=100, answers=6)


@pytest.mark.slow
def test_two_hundred_saving_at_one_instant_lose_nothing():
    run = measure(Setting("SQLite", 1, "burst", respondents=200))
    assert run["latencies"]["save"]["count"] == 600
    assert_nothing_is_lost(run, respondents=200, answers=3)


@pytest.mark.slow
@pytest.mark.postgres
def test_two_worker_processes_on_postgresql_lose_nothing(postgres_url):
    setting = Setting("PostgreSQL", 2, "paced", respondents=50, seconds=10, interval=2)
    run = measure(setting, postgres_url)
    assert run["latencies"]["save"]["count"] == 250
    assert_nothing_is_lost(run, respondents=50, answers=5)
