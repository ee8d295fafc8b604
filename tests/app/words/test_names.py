import pytest

from app.analysis import CAUSES, READINGS
from app.analysis.claims import VERDICTS
from app.analysis.methods import NORMALISATIONS
from app.analysis.scenarios import GOALS
from app.i18n import language
from app.words.names import Names
from mcda import METHODS


@pytest.fixture
def names(computed_kuzbass, lang):
    return Names(computed_kuzbass.study, lang)


def test_every_registered_method_is_called_by_its_title(computed_kuzbass):
    names = Names(computed_kuzbass.study, language("en"))
    assert {m: names.method(m) for m in METHODS} == {m: e.title for m, e in METHODS.items()}


def test_a_method_with_a_normalisation_names_both(names):
    for normalisation in NORMALISATIONS:
        label = names.method(f"topsis-{normalisation}")
        assert label.startswith("TOPSIS, ")
        assert names.normalisation(normalisation) in label
        assert normalisation != names.normalisation(normalisation)


def test_everything_that_a_finding_may_hold_has_a_name(names):
    for ids, name in (
        (CAUSES, names.cause),
        (READINGS, names.reading),
        (VERDICTS, names.verdict),
        (GOALS, names.goal),
        (("source", "assumed", "computed"), names.kind),
        (("borda", "copeland"), names.rule),
    ):
        called = [name(i) for i in ids]
        assert len(set(called)) == len(ids)
        assert not {c for c in called if "_" in c}


def test_a_code_stays_beside_a_name_and_a_plain_id_does_not(computed):
    names = Names(computed.study, language("en"))
    for alternative, row in computed.study.alternatives.iterrows():
        expected = row["title_en"]
        if computed.study.settings.id == "kuzbass":
            assert names.alternative(alternative) == f"{alternative} {expected}"
            assert names.short(alternative) == alternative
        else:
            assert names.alternative(alternative) == names.short(alternative) == expected


def test_panels_are_named(names):
    study = names.study
    called = [
        names.pooling(p) for p in ("experts", "groups", *(g.id for g in study.settings.groups))
    ]
    assert len(set(called)) == len(called)
