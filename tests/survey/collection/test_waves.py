from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.events import events
from survey.collection.invitations import Person, invite
from survey.collection.lifecycle import close_wave, delete_draft, open_wave
from survey.collection.waves import create_wave, edit_wave, list_waves, load_wave
from survey.errors import SurveyError
from tests.waves import ERASED, TODAY, opened, settings, words


def made(store, **changes):
    return create_wave(store, settings(**changes), actor="analyst", today=TODAY)


def code_of(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value.code


def test_a_wave_is_read_back_as_it_was_made(store):
    wave = made(store, closes_on=TODAY + timedelta(days=30))
    assert load_wave(store, wave.id) == wave
    assert list_waves(store, "region") == (wave,)
    assert list_waves(store, "another") == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"groups": ()}, "wave_groups_missing"),
        ({"min_cell": 2}, "min_cell_low"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closes_in_the_past"),
        ({"closes_on": ERASED + timedelta(days=1)}, "erased_before_closing"),
        ({"mode": "named", "access": "open"}, "open_and_named"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(store, changes, code):
    assert code_of(lambda: made(store, **changes)) == code
    assert list_waves(store) == ()


def test_two_groups_of_one_name_are_refused(store):
    assert code_of(lambda: made(store, groups=settings().groups * 2)) == "wave_group_twice"


def test_of_two_edits_at_once_neither_is_lost(store):
    wave = made(store)

    def edit(title):
        try:
            edit_wave(store, wave.id, wave.revision, actor=title, today=TODAY, title=words(title))
        except SurveyError as error:
            return error.code
        return title

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(edit, [f"title {k}" for k in range(8)]))
    done = [each for each in told if each != "wave_changed"]
    assert len(done) == 1
    stored = load_wave(store, wave.id)
    assert stored.settings.title == words(done[0])
    assert stored.revision == wave.revision + 1
    assert [e.actor for e in events(store, wave.id) if e.action == "edited"] == done


def test_what_was_promised_cannot_change_once_the_wave_is_open(store, sealer):
    wave, _ = opened(store, sealer)

    def edit(**changes):
        return edit_wave(store, wave.id, wave.revision, actor="a", today=TODAY, **changes)

    assert code_of(lambda: edit(mode="named")) == "change_too_late"
    assert code_of(lambda: edit(min_cell=10)) == "change_too_late"
    assert code_of(lambda: edit(erase_on=ERASED + timedelta(days=1))) == "erased_later"
    assert code_of(lambda: edit(groups=settings().groups[:1])) == "groups_too_late"
    quota = (replace(wave.settings.groups[0], quota=2), wave.settings.groups[1])
    assert edit(groups=quota).group("science").quota == 2


def test_a_group_too_small_to_hide_in_keeps_an_anonymous_wave_closed(store, sealer):
    wave = made(store)
    people = [("science", Person())] * 3 + [("industry", Person())] * 2
    invite(store, sealer, wave.id, people, actor="a", today=TODAY)
    assert code_of(lambda: open_wave(store, wave.id, actor="a", today=TODAY)) == "group_exposed"
    invite(store, sealer, wave.id, [("industry", Person())], actor="a", today=TODAY)
    assert open_wave(store, wave.id, actor="a", today=TODAY).state == "open"


def test_a_named_wave_opens_for_one_person(store, sealer):
    wave = made(store, mode="named")
    invite(
        store, sealer, wave.id, [("science", Person("A", "a@example.org"))], actor="a", today=TODAY
    )
    assert open_wave(store, wave.id, actor="a", today=TODAY).state == "open"


def test_a_wave_nobody_is_invited_to_does_not_open(store):
    wave = made(store)
    assert (
        code_of(lambda: open_wave(store, wave.id, actor="a", today=TODAY)) == "nobody_invited_yet"
    )


def test_a_wave_moves_from_draft_to_open_to_closed_and_back(store, sealer):
    wave, _ = opened(store, sealer)
    assert code_of(lambda: open_wave(store, wave.id, actor="a", today=TODAY)) == "wave_state"
    assert close_wave(store, wave.id, actor="a").state == "closed"
    assert code_of(lambda: close_wave(store, wave.id, actor="a")) == "wave_state"
    assert open_wave(store, wave.id, actor="a", today=TODAY).state == "open"


def test_only_a_draft_can_be_deleted(store, sealer):
    wave, _ = opened(store, sealer)
    assert code_of(lambda: delete_draft(store, wave.id, actor="a")) == "delete_too_late"
    draft = made(store)
    delete_draft(store, draft.id, actor="a")
    assert code_of(lambda: load_wave(store, draft.id)) == "wave_unknown"


def test_everything_an_analyst_does_is_written_down(store, sealer):
    wave, _ = opened(store, sealer)
    close_wave(store, wave.id, actor="second analyst")
    told = {(e.actor, e.action) for e in events(store, wave.id)}
    assert told == {
        ("analyst", "created"),
        ("analyst", "invited"),
        ("analyst", "opened"),
        ("second analyst", "closed"),
    }
