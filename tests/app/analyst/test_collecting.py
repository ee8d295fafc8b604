"""Running a wave from the pages: made, opened, watched, typed in from paper, closed, frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.analyst import collecting_invite, session
from app.analyst.collecting import PAGES, page_title
from app.i18n import language
from app.study import load_study
from survey.collection.accounts import create_account
from survey.collection.events import events
from survey.collection.freezing import freezes
from survey.collection.invitations import list_invitations
from survey.collection.lifecycle import close_wave, open_wave, response_counts
from survey.collection.paper_entries import entries_of
from survey.collection.replies import Reply
from survey.collection.wave import Group
from survey.collection.waves import create_wave, edit_wave, list_waves, load_wave
from tests.answered import respond
from tests.waves import opened, settings

GOOD = "seven green otters"
PATHS = [page.path for page in PAGES]


@pytest.fixture
def visit(desk_pages, go_to, log_in, scratch_store):
    """Open a page as an analyst who is logged in."""
    create_account(scratch_store, "anna", GOOD, actor="test")
    create_account(scratch_store, "bruno", GOOD, actor="test")
    return lambda path, lang="en", name="anna": go_to(log_in(desk_pages(lang), name), path)


def today():
    return session.today()


def made(store, **changes):
    asked = settings(study="template", erase_on=today() + timedelta(days=90), **changes)
    return create_wave(store, asked, actor="test", today=today())


def running(store, sealer, **changes):
    erase_on = today() + timedelta(days=90)
    return opened(store, sealer, study="template", erase_on=erase_on, **changes)[0]


def press(at, label):
    return next(b for b in at.button if b.label == label).click().run()


def quiet(at):
    assert not at.exception
    assert [each.value for each in at.error] == []
    return at


def finding(at):
    return next(m.value for m in at.main.markdown if m.value.startswith("**"))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_page_opens_with_its_finding(visit, go_to, scratch_store, sealer, lang):
    at = visit("collecting", lang)
    for state in ("none", "draft", "open", "closed"):
        if state == "draft":
            wave = made(scratch_store)
        elif state == "open":
            wave = running(scratch_store, sealer)
        elif state == "closed":
            respond(scratch_store, wave, [("science", {"aims": Reply(chosen=("jobs",))})] * 5)
            close_wave(scratch_store, wave.id, actor="test")
        if state != "none":
            at.session_state["wave.next"] = wave.id
        for path in PATHS:
            quiet(go_to(at, path))
            assert at.title[0].value == page_title(path, language(lang)), path
            first = at.main.children[1].children[0]
            assert first.type == "markdown", path
            assert first.value.startswith("**"), path
            assert len(first.value) > 20, path
            assert "{" not in first.value, path


def test_a_wave_is_made_from_the_studys_questionnaire(visit, scratch_store):
    at = visit("wave-new")
    at.text_input(key="wave.new.contact.ru").set_value("опрос@example.org")
    at.radio(key="wave.new.mode").set_value("named")
    press(at, "Make the wave")
    quiet(at)
    (wave,) = list_waves(scratch_store)
    assert wave.settings.study == "template"
    assert wave.settings.mode == "named"
    assert wave.settings.questionnaire.questions
    assert wave.settings.contact.en == wave.settings.contact.ru == "опрос@example.org"
    assert "erased on" in wave.settings.consent.en
    assert wave.state == "draft"
    assert events(scratch_store, wave.id)[0].actor == "anna"
    assert "made" in at.success[0].value


def test_a_wave_without_contact_is_refused_and_what_was_typed_stays(visit, scratch_store):
    at = visit("wave-new")
    at.text_input(key="wave.new.title.en").set_value("Our council")
    press(at, "Make the wave")
    assert "no contact is given" in at.error[0].value
    assert at.text_input(key="wave.new.title.en").value == "Our council"
    assert list_waves(scratch_store) == ()


def test_open_watch_and_close(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    close_wave(scratch_store, wave.id, actor="test")
    at = visit("collecting")
    press(at, "Open the wave again")
    assert load_wave(scratch_store, wave.id).state == "open"
    respond(scratch_store, wave, [("science", {"aims": Reply(chosen=("jobs",))})] * 3)
    press(at, "Refresh")
    assert "3 of 8 people invited have submitted answers" in finding(at)
    assert "The fewest answers in proportion come from Industry" in finding(at)
    assert next(b for b in at.button if b.label == "Close the wave").disabled
    at.checkbox(key="wave.sure").set_value(True).run()
    press(quiet(at), "Close the wave")
    assert load_wave(scratch_store, wave.id).state == "closed"
    mine = {each.action for each in events(scratch_store, wave.id) if each.actor == "anna"}
    assert mine == {"opened", "closed"}


def test_a_preview_link_is_shown_and_counts_nothing(visit, scratch_store):
    wave = made(scratch_store)
    at = visit("collecting")
    press(at, "Make a preview link")
    assert at.code[0].value.startswith("http://localhost:8502/i/")
    assert sum(each.invited for each in response_counts(scratch_store, wave.id)) == 0


def test_a_draft_without_invitations_is_not_opened(visit, scratch_store):
    wave = made(scratch_store)
    at = press(visit("collecting"), "Open the wave")
    assert "nobody is invited" in at.error[0].value
    assert load_wave(scratch_store, wave.id).state == "draft"


def test_links_are_made_shown_once_and_are_gone_afterwards(visit, scratch_store, sealer):
    wave = made(scratch_store)
    at = visit("wave-invitations")
    at.number_input(key=f"wave.invite.{wave.id}.science").set_value(4)
    press(at, "Make the links")
    quiet(at)
    rows = at.session_state[f"wave.links.{wave.id}"]
    assert len({row.token for row in rows}) == 4
    assert "ONCE" in at.warning[0].value
    assert [b.label for b in at.get("download_button")][:3] == [
        "Link sheet, CSV",
        "Link sheet, XLSX",
        "Cards to print",
    ]
    assert rows[0].token not in " ".join(m.value for m in at.markdown)
    press(at, "I have kept them; take them from this page")
    assert not at.warning
    assert rows[0].token not in repr(at.session_state)
    listed = list_invitations(scratch_store, sealer, wave.id, today=today())
    assert [each.group for each in listed] == ["science"] * 4


def test_an_uploaded_list_becomes_invitations_and_its_faults_are_told(scratch_store):
    wave = made(scratch_store)
    text = "group;name;email\nScience;Ada;ada@example.org\nindustry;Bob;\n"
    people = collecting_invite._people("list.csv", text.encode(), wave, [])
    assert [(group, person.name) for group, person in people] == [
        ("science", "Ada"),
        ("industry", "Bob"),
    ]
    with pytest.raises(ValueError, match="gardeners"):
        collecting_invite._people("../x.csv", b"group,name\ngardeners,Ada\n", wave, [])


def test_reminders_say_in_the_anonymous_mode_that_some_have_answered(visit, scratch_store, sealer):
    running(scratch_store, sealer)
    at = visit("wave-invitations")
    told = " ".join(m.value for m in at.main.markdown)
    assert "up to 2 people of each group may stand in it who have answered" in told
    assert len(at.dataframe[0].value) == 8
    press(at, "They were reminded today")
    assert set(at.dataframe[0].value["reminded"]) == {today().isoformat()}


def test_a_revoked_link_leaves_the_list(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    at = visit("wave-invitations")
    at.multiselect(key=f"wave.revoke.{wave.id}").set_value([3]).run()
    press(at, "Revoke")
    listed = list_invitations(scratch_store, sealer, wave.id, today=today())
    assert [each.number for each in listed if each.status == "revoked"] == [3]


def edit(at, wave, field, value):
    base = at.session_state[f"wave.settings.{wave.id}.base"]
    at.text_input(key=f"wave.edit.{wave.id}.{base.revision}.{field}").set_value(value)
    return at


def test_two_analysts_at_once_lose_nothing(visit, scratch_store):
    wave = made(scratch_store)
    anna, bruno = visit("wave-settings"), visit("wave-settings", name="bruno")
    press(edit(bruno, wave, "contact.en", "bruno@example.org"), "Store the changes")
    quiet(bruno)
    press(edit(anna, wave, "title.en", "Anna's title"), "Store the changes")
    assert load_wave(scratch_store, wave.id).settings.contact.en == "bruno@example.org"
    assert "Somebody else has changed this wave" in anna.warning[0].value
    seen = anna.dataframe[0].value
    assert list(seen["field"]) == ["Contact for questions", "Title"]
    assert list(seen["theirs"]) == ["bruno@example.org", ""]
    assert list(seen["mine"]) == ["", "Anna's title"]
    press(anna, "Store yours beside theirs")
    quiet(anna)
    kept = load_wave(scratch_store, wave.id).settings
    assert (kept.contact.en, kept.title.en) == ("bruno@example.org", "Anna's title")
    assert kept.title.ru == wave.settings.title.ru


@pytest.mark.parametrize(("own", "kept"), [(True, "Anna's"), (False, "Bruno's")])
def test_what_both_have_changed_is_decided_not_overwritten(visit, scratch_store, own, kept):
    wave = made(scratch_store)
    at = visit("wave-settings")
    edit_wave(
        scratch_store, wave.id, 1, actor="bruno", today=today(),
        title=wave.settings.title.model_copy(update={"en": "Bruno's"}),
    )  # fmt: skip
    press(edit(at, wave, "title.en", "Anna's"), "Store the changes")
    assert next(b for b in at.button if b.label == "Store yours beside theirs").disabled
    choice = next(r for r in at.radio if r.label.startswith("Both changed"))
    choice.set_value(own).run()
    press(at, "Store yours beside theirs")
    quiet(at)
    assert load_wave(scratch_store, wave.id).settings.title.en == kept


def test_what_was_promised_cannot_be_changed_once_it_is_open(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    at = visit("wave-settings")
    key = f"wave.edit.{wave.id}.{wave.revision}"
    assert at.radio(key=f"{key}.mode").disabled
    assert at.text_area(key=f"{key}.consent.en").disabled
    press(edit(at, wave, "contact.en", "new@example.org"), "Store the changes")
    quiet(at)
    assert load_wave(scratch_store, wave.id).settings.contact.en == "new@example.org"


def type_in(at, sheet, entry, group, aim):
    turn = at.session_state["wave.paper.turn"]
    key = f"wave.paper.{at.session_state['wave']}.{turn}"
    at.text_input(key=f"{key}.sheet").set_value(sheet)
    at.radio(key=f"{key}.entry").set_value(entry)
    at.radio(key=f"{key}.group").set_value(group)
    at.checkbox(key=f"{key}.aims.{aim}").set_value(True)
    return press(at, "Store this entry")


def test_paper_is_typed_twice_compared_and_counted(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    at = visit("wave-paper")
    type_in(at, "17", 1, "science", "jobs")
    quiet(at)
    assert "Entry 1 of sheet 17 is stored." in at.success[0].value
    type_in(at, "17", 2, "science", "growth")
    assert "same person" in at.success[0].value
    assert "1 sheet has entries that disagree" in finding(at)
    seen = at.dataframe[0].value
    assert list(seen["first"]) == ["Jobs"]
    assert list(seen["second"]) == ["Growth"]
    press(at, "Count the sheets whose entries agree")
    assert "Entries disagree: 17" in at.success[0].value.replace("\\", "")
    at.selectbox(key=f"wave.paper.which.{wave.id}.1").set_value(0).run()
    at.radio(key=f"wave.paper.right.{wave.id}.17.aims").set_value(2).run()
    press(at, "Take it into both entries")
    assert "No two entries" in finding(at)
    press(at, "Count the sheets whose entries agree")
    assert "1 sheet counts now" in at.success[0].value
    counts = {c.group: c.submitted for c in response_counts(scratch_store, wave.id)}
    assert counts == {"science": 1, "industry": 0}


def test_an_empty_sheet_has_nothing_chosen_beforehand(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    at = visit("wave-paper")
    key = f"wave.paper.{wave.id}.0"
    assert at.radio(key=f"{key}.group").value is None
    assert "is not chosen" in press(at, "Store this entry").error[0].value
    at.text_input(key=f"{key}.sheet").set_value("1")
    at.radio(key=f"{key}.entry").set_value(1)
    at.radio(key=f"{key}.group").set_value("science")
    press(at, "Store this entry")
    entry = scratch_store.read(lambda conn: entries_of(conn, wave.id))["1"][1]
    assert entry.replies == {}


def test_a_closed_wave_is_exported_and_that_is_in_the_log(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    respond(scratch_store, wave, [("science", {"aims": Reply(chosen=("jobs",))})] * 5)
    close_wave(scratch_store, wave.id, actor="test")
    at = visit("wave-freeze")
    at.selectbox(key=f"wave.hand.{wave.id}.kind").set_value("xlsx")
    press(at, "Make the files")
    quiet(at)
    event = events(scratch_store, wave.id)[0]
    assert (event.actor, event.action, event.detail["respondents"]) == ("anna", "exported", 5)
    assert "Download" in [b.label for b in at.get("download_button")]


def test_a_group_too_small_is_refused_until_it_is_joined(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    given = [("science", {"aims": Reply(chosen=("jobs",))})] * 5
    respond(scratch_store, wave, [*given, ("industry", {"aims": Reply(chosen=("jobs",))})])
    close_wave(scratch_store, wave.id, actor="test")
    at = visit("wave-freeze")
    assert len(at.error) == 1
    assert freezes(scratch_store, wave.id) == ()
    at.selectbox(key=f"wave.freeze.{wave.id}.part.industry").set_value("science").run()
    quiet(at)
    assert "6 responses are frozen" in " ".join(m.value for m in at.main.markdown)


def test_the_log_tells_who_did_what(visit, scratch_store):
    made(scratch_store)
    at = visit("wave-log")
    assert list(at.dataframe[0].value["action"]) == ["made a wave"]
    at.toggle(key="wave.log.all").set_value(True).run()
    assert "made an account" in list(at.dataframe[0].value["action"])


def test_a_frozen_wave_gives_a_study_and_the_change_against_what_was_before(
    visit, scratch_store, tmp_path
):
    study = load_study("template")
    wave = create_wave(
        scratch_store,
        settings(
            study="template",
            questionnaire=study.questionnaire,
            groups=tuple(Group(g.id, g.title) for g in study.settings.groups),
            access="open",
            erase_on=today() + timedelta(days=90),
        ),
        actor="test",
        today=today(),
    )
    open_wave(scratch_store, wave.id, actor="test", today=today())
    answers = {q.id: Reply(chosen=(q.options[0].id,)) for q in study.questionnaire.choices}
    given = [(g.id, answers) for g in study.settings.groups for _ in range(6)]
    respond(scratch_store, wave, given)
    close_wave(scratch_store, wave.id, actor="test")
    at = visit("wave-freeze")
    place = tmp_path / "frozen"
    at.text_input(key=f"wave.freeze.{wave.id}.into").set_value(str(place))
    press(at, "Freeze and compute the ranking")
    quiet(at)
    frozen = load_study(place)
    assert frozen.settings.experts == {g.id: 6 for g in study.settings.groups}
    told = " ".join(m.value for m in at.main.markdown).replace("\\", "")
    assert "Compared with the study's former answers" in told
    assert "18 now" in told
    assert freezes(scratch_store, wave.id)[0].digest in str(at.dataframe[0].value.to_dict())
    press(at, "Check the digest against the store")
    assert any("same digest" in each.value for each in at.success)
    at.text_input(key=f"wave.freeze.{wave.id}.into").set_value(str(tmp_path / "again"))
    press(at, "Freeze and compute the ranking")
    quiet(at)
    told = " ".join(m.value for m in at.main.markdown).replace("\\", "")
    assert "Compared with freeze 1: 18 experts before, 18 now" in told
    assert "No direction changed its place" in told
    assert [e.number for e in freezes(scratch_store, wave.id)] == [1, 2]


def test_the_next_round_is_a_draft_of_its_own(visit, scratch_store, sealer):
    wave = running(scratch_store, sealer)
    points = Reply(cells={"a": 60.0, "b": 40.0})
    respond(scratch_store, wave, [("science", {"points": points})] * 5)
    close_wave(scratch_store, wave.id, actor="test")
    at = visit("wave-freeze")
    at.multiselect(key=f"wave.hand.{wave.id}.again").set_value(["points"]).run()
    press(at, "Make the next round")
    quiet(at)
    second = list_waves(scratch_store, "template")[-1]
    assert (second.round, second.previous, second.state) == (2, wave.id, "draft")
    assert second.feedback["points"]["items"]["a"]["median"] == 60
