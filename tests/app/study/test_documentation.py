"""docs/study-format.md and its Russian twin name what the program reads."""

from pathlib import Path

import pytest

from app.study import Settings, formats

DOCUMENTS = Path(__file__).parents[3] / "docs"
FORMATS = [each for each in vars(formats).values() if isinstance(each, formats.Format)]


@pytest.mark.parametrize("document", ["study-format.md", "study-format.ru.md"])
@pytest.mark.parametrize("format_", FORMATS, ids=lambda each: each.file)
def test_document_names_every_file_and_column(document, format_):
    text = (DOCUMENTS / document).read_text(encoding="utf-8")
    assert format_.file.rpartition("/")[2] in text
    for column in format_.columns:
        assert column.name in text
    for column in format_.key:
        assert f"**{column}**" in text
    for word in (word for column in format_.columns for word in column.choices):
        assert f"`{word}`" in text


@pytest.mark.parametrize("document", ["study-format.md", "study-format.ru.md"])
def test_document_names_every_key_of_the_settings(document):
    text = (DOCUMENTS / document).read_text(encoding="utf-8")
    for key in Settings.model_fields:
        assert f"`{key}`" in text
