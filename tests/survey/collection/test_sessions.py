from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.access import enter, enter_open
from survey.collection.invitations import preview_link, revoke
from survey.collection.lifecycle import close_wave, response_counts
from survey.collection.replies import Reply
from survey.collection.sessions import begin, read_replies, save, submit, withdraw
from survey.collection.waves import create_wave
from survey.errors import SurveyError
from tests.waves import TODAY, answer, opened, settings, started


def refusal(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value


def test_an_answer_is_there_on_another_device(store, sealer):
    _, links = opened(store, sealer)
    save(store, started(store, links[0].token), "aims", Reply(chosen=("jobs",)), today=TODAY)
    again = enter(store, links[0].token, today=TODAY)
    assert read_replies(store, again) == {"aims": Reply(chosen=("jobs",))}


def test_a_later_answer_takes_the_place_of_the_earlier(store, sealer):
    _, links = opened(store, sealer)
    access = started(store, links[0].token)
    for chosen in (("jobs",), ("growth", "jobs"), ("growth",)):
        save(store, access, "aims", Reply(chosen=chosen), today=TODAY)
    assert read_replies(store, access)["aims"].chosen == ("growth",)


def test_another_link_shows_none_of_it(store, sealer):
    _, links = opened(store, sealer)
    save(store, started(store, links[0].token), "aims", Reply(chosen=("jobs",)), today=TODAY)
    assert read_replies(store, started(store, links[1].token)) == {}


def test_nothing_is_stored_before_consent(store, sealer):
    _, links = opened(store, sealer)
    access = enter(store, links[0].token, today=TODAY)
    error = refusal(lambda: save(store, access, "aims", Reply(chosen=("jobs",)), today=TODAY))
    assert error.code == "not_answering"
    assert read_replies(store, access) == {}


def test_a_half_given_answer_is_kept_but_cannot_be_submitted(store, sealer):
    _, links = opened(store, sealer)
    access = started(store, links[0].token)
    save(store, access, "aims", Reply(chosen=("growth",)), today=TODAY)
    save(store, access, "points", Reply(cells={"a": 60}), today=TODAY)
    assert refusal(lambda: submit(store, access, today=TODAY)).code == "answers_unfinished"
    assert read_replies(store, access)["points"].cells == {"a": 60}


def test_a_required_question_left_empty_does_not_burn_the_link(store, sealer):
    _, links = opened(store, sealer)
    access = started(store, links[0].token)
    assert refusal(lambda: submit(store, access, today=TODAY)).code == "answers_unfinished"
    answer(store, links[0].token)
    assert response_counts(store, access.wave.id)[0].submitted == 1


@pytest.mark.parametrize(
    ("question", "reply", "code"),
    [
        ("nowhere", Reply(text="x"), "question_unknown"),
        ("why", Reply(text="not asked"), "question_not_asked"),
    ],
)
def test_an_answer_to_a_question_not_asked_is_refused(store, sealer, question, reply, code):
    _, links = opened(store, sealer)
    access = started(store, links[0].token)
    assert refusal(lambda: save(store, access, question, reply, today=TODAY)).code == code
    assert read_replies(store, access) == {}


def test_an_option_not_offered_is_refused(store, sealer):
    _, links = opened(store, sealer)
    access = started(store, links[0].token)
    refusal(lambda: save(store, access, "aims", Reply(chosen=("bribe",)), today=TODAY))
    assert read_replies(store, access) == {}


def test_what_a_change_of_mind_hides_is_not_submitted(store, sealer):
    wave, links = opened(store, sealer, mode="named")
    access = started(store, links[0].token)
    save(store, access, "aims", Reply(chosen=("jobs",)), today=TODAY)
    save(store, access, "why", Reply(text="people"), today=TODAY)
    save(store, access, "aims", Reply(chosen=("growth",)), today=TODAY)
    submit(store, access, today=TODAY)
    assert set(read_replies(store, access)) == {"aims"}
    assert response_counts(store, wave.id)[0].submitted == 1


def test_one_token_gives_one_response(store, sealer):
    wave, links = opened(store, sealer)
    access = answer(store, links[0].token)
    submit(store, access, today=TODAY)
    assert refusal(lambda: enter(store, links[0].token, today=TODAY)).code == "link_refused"
    assert refusal(lambda: begin(store, access, today=TODAY)).code == "link_refused"
    assert [c.submitted for c in response_counts(store, wave.id)] == [1, 0]


def test_links_that_do_not_open_are_refused_alike(store, sealer):
    wave, links = opened(store, sealer)
    tomorrow = TODAY + timedelta(days=1)
    closing, other = opened(store, sealer, closes_on=TODAY)
    used, revoked = links[0].token, links[1].token
    answer(store, used)
    revoke(store, wave.id, [links[1].number], actor="analyst")
    unknown = "0" * 26 if links[2].token != "0" * 26 else "1" * 26
    told = {
        str(refusal(lambda token=token: enter(store, token, today=tomorrow)))
        for token in (used, revoked, unknown, "short", "", "\x00", "é" * 26, other[0].token)
    }
    close_wave(store, closing.id, actor="analyst")
    told.add(str(refusal(lambda: enter(store, other[1].token, today=TODAY))))
    assert len(told) == 1


def test_a_token_may_be_typed_from_paper(store, sealer):
    _, links = opened(store, sealer)
    token = links[0].token
    typed = "-".join(token[k : k + 5] for k in range(0, len(token), 5)).upper().replace("0", "O")
    assert enter(store, typed, today=TODAY).token == token


def test_a_revoked_link_stops_an_answer_under_way(store, sealer):
    wave, links = opened(store, sealer)
    access = started(store, links[0].token)
    revoke(store, wave.id, [links[0].number], actor="analyst")
    error = refusal(lambda: save(store, access, "aims", Reply(chosen=("jobs",)), today=TODAY))
    assert error.code == "link_refused"


def test_a_closed_wave_takes_no_answer(store, sealer):
    wave, links = opened(store, sealer)
    access = started(store, links[0].token)
    close_wave(store, wave.id, actor="analyst")
    error = refusal(lambda: save(store, access, "aims", Reply(chosen=("jobs",)), today=TODAY))
    assert error.code == "link_refused"


def test_a_quota_stops_new_people_but_nobody_who_has_begun(store, sealer):
    groups = (replace(settings().groups[0], quota=1),)
    wave, links = opened(store, sealer, groups=groups)
    begun = started(store, links[1].token)
    answer(store, links[0].token)
    error = refusal(lambda: begin(store, enter(store, links[2].token, today=TODAY), today=TODAY))
    assert error.code == "group_full"
    save(store, begun, "aims", Reply(chosen=("jobs",)), today=TODAY)
    submit(store, begun, today=TODAY)
    assert response_counts(store, wave.id)[0].submitted == 2


def test_a_named_answer_can_be_withdrawn_after_it_was_submitted(store, sealer):
    wave, links = opened(store, sealer, mode="named")
    answer(store, links[0].token)
    again = enter(store, links[0].token, today=TODAY)
    assert again.state == "submitted"
    withdraw(store, again, today=TODAY)
    assert response_counts(store, wave.id)[0].submitted == 0
    assert refusal(lambda: enter(store, links[0].token, today=TODAY)).code == "link_refused"


def test_a_named_answer_can_be_withdrawn_after_the_wave_was_closed(store, sealer):
    wave, links = opened(store, sealer, mode="named")
    answer(store, links[0].token)
    close_wave(store, wave.id, actor="analyst")
    withdraw(store, enter(store, links[0].token, today=TODAY), today=TODAY)
    assert response_counts(store, wave.id)[0].submitted == 0


def test_an_anonymous_answer_cannot_be_withdrawn_once_submitted(store, sealer):
    wave, links = opened(store, sealer)
    access = answer(store, links[0].token)
    assert refusal(lambda: withdraw(store, access, today=TODAY)).code == "link_refused"
    assert response_counts(store, wave.id)[0].submitted == 1


def test_an_anonymous_draft_can_be_dropped_and_begun_again(store, sealer):
    _, links = opened(store, sealer)
    access = started(store, links[0].token)
    save(store, access, "aims", Reply(chosen=("jobs",)), today=TODAY)
    withdraw(store, access, today=TODAY)
    assert read_replies(store, started(store, links[0].token)) == {}


def test_an_open_wave_gives_everybody_a_link_of_their_own(store, sealer):
    wave, _ = opened(store, sealer, access="open")
    one, two = (enter_open(store, wave.id, "science", today=TODAY) for _ in range(2))
    answer(store, one)
    assert enter(store, two, today=TODAY).state == "new"
    assert response_counts(store, wave.id)[0].submitted == 1


def test_a_wave_with_invitations_lets_nobody_in_without_one(store, sealer):
    wave, _ = opened(store, sealer)
    error = refusal(lambda: enter_open(store, wave.id, "science", today=TODAY))
    assert error.code == "link_refused"


def test_a_preview_is_seen_before_the_wave_opens_and_never_counted(store):
    wave = create_wave(store, settings(), actor="analyst", today=TODAY)
    link = preview_link(store, wave.id, actor="analyst")
    answer(store, link.token)
    assert enter(store, link.token, today=TODAY).state == "new"
    assert [c.submitted + c.answering for c in response_counts(store, wave.id)] == [0, 0]
