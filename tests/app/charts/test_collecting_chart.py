from app.charts import collecting as charts
from survey.collection.lifecycle import GroupCount
from survey.collection.wave import Wave
from tests.waves import TODAY, settings

COUNTS = (GroupCount("science", 20, 2, 5, None), GroupCount("industry", 3, 1, 4, 8))


def drawn(lang, counts=COUNTS, **changes):
    wave = Wave("w", settings(**changes), "open", "", TODAY)
    return charts.by_group(wave, counts, lang).to_dict()


def values(chart):
    return [row for rows in chart["datasets"].values() for row in rows]


def test_bars_add_up_to_the_people_invited_and_never_fall_below_nothing(lang):
    rows = [row for row in values(drawn(lang)) if "count" in row]
    assert [row["count"] for row in rows] == [5, 2, 13, 4, 1, 0]


def test_a_quota_is_a_line_of_its_own_and_named_in_the_title(lang):
    assert [row["quota"] for row in values(drawn(lang)) if "quota" in row] == [8]
    without = tuple(GroupCount(c.group, c.invited, c.answering, c.submitted, None) for c in COUNTS)
    assert drawn(lang)["title"]["text"] != drawn(lang, without)["title"]["text"]


def test_who_cannot_see_the_chart_is_told_its_numbers(lang):
    told = drawn(lang)["description"]
    for number in ("5", "2", "20", "4", "1", "3"):
        assert number in told
