import pytest

from app.analysis import Options, analyse
from app.i18n import language
from app.study import load_study


def _computed(name):
    study = load_study(name)
    return analyse(study, Options.of(study, draws=2000))


@pytest.fixture(scope="session")
def computed_kuzbass():
    return _computed("kuzbass")


@pytest.fixture(scope="session")
def computed_template():
    return _computed("template")


@pytest.fixture(params=["kuzbass", "template"])
def computed(request):
    """Findings of each bundled study, from few draws."""
    return request.getfixturevalue(f"computed_{request.param}")


@pytest.fixture(params=["en", "ru"])
def lang(request):
    return language(request.param)
