import pytest
import yaml

from app.collection.study_text import SOURCE, Origin, with_answers
from app.study.schema import Group
from tests.waves import words

ORIGIN = Origin(words('citation: "quoted"'), words("place # 1"), words("note"))
FILES = ("answers/responses.csv",)
BLOCK = """\
# first
sources:
  own: {citation: {en: Own, ru: Своё}}   # beside
tables:
  # of answers
  answers/counts.csv:
    source: own
    place: {en: a, ru: б}
    kind: source

  scores.csv: {source: own, place: {en: a, ru: б}, kind: source}
groups:
  # the first
  - id: one
    title: {en: One, ru: Один}
    experts: 3      # counted
  # the second
  - {id: two, experts: 12, title: {en: Two, ru: Два}}

# what follows
blocks: []
"""
FLOW = """\
sources: {own: {citation: {en: Own, ru: Своё}}}
tables: {answers/responses.csv: {source: own, kind: source}, scores.csv: {source: own}}
groups: [{id: one, experts: 3, title: {en: One, ru: Один}}, {id: two, experts: 12}]
blocks: []
"""


def group(name, experts):
    return Group.model_construct(id=name, experts=experts, title=words(f"Title: {name}"))


@pytest.mark.parametrize("text", [BLOCK, FLOW, BLOCK.replace("\n", "\r\n")])
def test_numbers_source_and_table_are_changed_and_all_else_stays(text):
    changed = with_answers(text, [group("one", 7), group("two", 1)], ORIGIN, FILES)
    read, before = yaml.safe_load(changed), yaml.safe_load(text)
    assert [g["experts"] for g in read["groups"]] == [7, 1]
    assert [g["id"] for g in read["groups"]] == ["one", "two"]
    assert read["sources"][SOURCE]["citation"]["en"] == 'citation: "quoted"'
    assert read["sources"]["own"] == before["sources"]["own"]
    assert "answers/counts.csv" not in read["tables"]
    assert read["tables"]["answers/responses.csv"] == {
        "source": SOURCE,
        "place": {"en": "place # 1", "ru": "place # 1"},
        "kind": "source",
        "note": {"en": "note", "ru": "note"},
    }
    assert read["tables"]["scores.csv"] == before["tables"]["scores.csv"]
    assert read["blocks"] == []


def test_comments_stay():
    changed = with_answers(BLOCK, [group("one", 7), group("two", 1)], ORIGIN, FILES)
    for comment in ("# first", "# beside", "# of answers", "# counted", "# the second", "# what"):
        assert comment in changed


@pytest.mark.parametrize("text", [BLOCK, FLOW])
def test_groups_that_come_or_go_are_written_anew(text):
    changed = with_answers(text, [group("two", 5), group("new", 6)], ORIGIN, FILES)
    read = yaml.safe_load(changed)
    assert [(g["id"], g["experts"]) for g in read["groups"]] == [("two", 5), ("new", 6)]
    assert read["groups"][1]["title"]["ru"] == "Title: new"
    assert read["blocks"] == []


@pytest.mark.parametrize("text", [BLOCK, FLOW])
def test_done_twice_it_is_as_done_once(text):
    groups = [group("two", 5), group("new", 6)]
    once = with_answers(text, groups, ORIGIN, FILES)
    assert with_answers(once, groups, ORIGIN, FILES) == once


def test_a_study_without_sources_and_tables_gets_them():
    text = "sources: {}\ntables: {}\ngroups:\n- {id: one, experts: 3}\n"
    read = yaml.safe_load(with_answers(text, [group("one", 4)], ORIGIN, FILES))
    assert list(read["sources"]) == [SOURCE]
    assert list(read["tables"]) == ["answers/responses.csv"]
    assert read["groups"][0]["experts"] == 4


BOTH = ("answers/responses.csv", "answers/judgements.csv")


@pytest.mark.parametrize("text", [BLOCK, FLOW])
def test_choices_and_judgements_have_an_entry_each_and_former_ones_go(text):
    groups = [group("one", 7), group("two", 1)]
    both = with_answers(text, groups, ORIGIN, BOTH)
    assert [t for t in yaml.safe_load(both)["tables"] if t.startswith("answers/")] == list(BOTH)
    one = yaml.safe_load(with_answers(both, groups, ORIGIN, BOTH[1:]))
    assert set(one["tables"]) == {"answers/judgements.csv", "scores.csv"}
    assert one["tables"]["answers/judgements.csv"]["source"] == SOURCE
    assert one["tables"]["scores.csv"] == yaml.safe_load(text)["tables"]["scores.csv"]
    assert one["blocks"] == []
