import json

import pytest
import vl_convert

from app.analysis import Options, analyse
from app.i18n import language
from app.study import load_study
from tests.browser import chromium, screenshots  # noqa: F401 - fixtures
from tests.judged_study import go_round_in_a_circle, leave_choices_out, write_judged_study


@pytest.fixture(scope="session", autouse=True)
def drawn_once():
    """Draw each picture once: reports of one study differ in a few of their seventy."""
    draw, drawn = vl_convert.vegalite_to_svg, {}

    def remembered(spec):
        key = json.dumps(spec)
        if key not in drawn:
            drawn[key] = draw(spec)
        return drawn[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vl_convert, "vegalite_to_svg", remembered)
        yield


def _computed(name):
    study = load_study(name)
    return analyse(study, Options.of(study, draws=2000))


@pytest.fixture(scope="session")
def computed_kuzbass():
    return _computed("kuzbass")


@pytest.fixture(scope="session")
def computed_template():
    return _computed("template")


@pytest.fixture(scope="session")
def judged_folder(tmp_path_factory):
    """A study whose experts only compared the criteria in pairs, one of them in a circle."""
    folder = write_judged_study(tmp_path_factory.mktemp("judged") / "study", "pairwise")
    return leave_choices_out(go_round_in_a_circle(folder))


@pytest.fixture(scope="session")
def computed_judged(judged_folder):
    study = load_study(judged_folder)
    return analyse(study, Options.of(study, draws=200))


@pytest.fixture(params=["kuzbass", "template"])
def computed(request):
    """Findings of each bundled study, from few draws."""
    return request.getfixturevalue(f"computed_{request.param}")


@pytest.fixture(params=["en", "ru"])
def lang(request):
    return language(request.param)
