import pytest

from app.collection.sheets import LinkRow
from app.i18n import language
from survey import Text
from survey.collection.tokens import new_token

TITLES = {
    "managers": Text(en="managers of enterprises", ru="руководители предприятий"),
    "academics": Text(en="academics", ru="учёные"),
}


@pytest.fixture
def groups():
    return TITLES


@pytest.fixture
def english():
    return language("en")


@pytest.fixture
def link_rows():
    """Rows as `rows_of` makes them: names, no names, and what a spreadsheet would run."""

    def make(count=3, url="https://survey.example.org"):
        return tuple(
            LinkRow(
                number,
                "academics",
                "=cmd|'/c calc'!A1" if number == 1 else "",
                f"p{number}@example.org",
                f"{url}/i/{new_token()}",
            )
            for number in range(1, count + 1)
        )

    return make
