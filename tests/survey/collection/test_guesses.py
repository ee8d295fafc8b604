from concurrent.futures import ThreadPoolExecutor

from survey.collection.access import enter
from survey.collection.guesses import MOST_FAILURES, WINDOW, may_try, note_failure
from tests.waves import TODAY, opened

NOW = 1_700_000_040


def test_after_too_many_wrong_tokens_none_is_tried_until_the_window_is_over(store):
    for _ in range(MOST_FAILURES):
        assert may_try(store, NOW)
        note_failure(store, NOW)
    assert not may_try(store, NOW)
    assert may_try(store, NOW + WINDOW)


def test_a_right_token_does_not_reset_the_count(store, sealer):
    _, links = opened(store, sealer)
    for _ in range(MOST_FAILURES):
        enter(store, links[0].token, today=TODAY)
        note_failure(store, NOW)
    assert not may_try(store, NOW)


def test_failures_of_all_who_try_at_once_are_counted(store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: note_failure(store, NOW), range(MOST_FAILURES)))
    assert not may_try(store, NOW)
