"""The second part of the Kuzbass questionnaire asks about what the study ranks."""

import pytest

from app.analysis import priority_findings
from app.study import bundled_studies, load_study
from survey.experts import ARGUMENTATION


@pytest.fixture(scope="module")
def study():
    return load_study(bundled_studies()["kuzbass"])


def test_the_grid_asks_for_every_direction_on_every_criterion_that_is_not_computed(study):
    grid = study.questionnaire.question("directions")
    criteria = study.criteria
    assert list(grid.option_ids) == list(study.alternatives.index)
    assert list(grid.criterion_ids) == [
        row.Index for row in criteria.itertuples() if row.measured != "computed"
    ]
    assert {o.id: (o.text.en, o.text.ru) for o in grid.options} == {
        row.Index: (row.title_en, row.title_ru) for row in study.alternatives.itertuples()
    }
    named = {row.Index: (row.name_en, row.name_ru) for row in criteria.itertuples()}
    assert all(named[o.id] == (o.text.en, o.text.ru) for o in grid.criteria)


def test_the_self_rating_has_the_sources_of_the_argumentation_table(study):
    asked = study.questionnaire.question("argumentation")
    assert {o.id: o.text for o in asked.options} == {s.id: s.title for s in ARGUMENTATION.sources}
    known = study.questionnaire.question("own_knowledge")
    assert (known.low, known.high) == (0, 10)


def test_questions_without_published_answers_have_no_priorities(study):
    assert list(priority_findings(study)) == ["motives", "innovation_types"]
