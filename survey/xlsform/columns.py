"""Tables of a form, and the columns that hold its languages."""

from __future__ import annotations

from survey.dataset import Remark, remark
from survey.formats.cells import Sheet

Row = dict[str, str]

_ENGLISH = ("(en", "english", "английский")
_RUSSIAN = ("(ru", "russian", "рус")


def table(sheet: Sheet) -> list[Row]:
    """Rows of a sheet by heading; rows without anything in them are passed over."""
    if not sheet.rows:
        return []
    headings = [heading.strip() for heading in sheet.rows[0]]
    return [
        {name: text for name, text in zip(headings, row, strict=False) if name and text}
        for row in sheet.rows[1:]
        if any(row)
    ]


class Languages:
    """Which columns of a form hold English and Russian."""

    def __init__(self, rows: list[Row]) -> None:
        columns = {name: None for row in rows for name in row}
        self.found = [c for c in columns if c == "label" or c.startswith(("label::", "label:"))]
        self.english = self._suffix(_ENGLISH)
        self.russian = self._suffix(_RUSSIAN)

    def _suffix(self, signs: tuple[str, ...]) -> str | None:
        for column in self.found:
            language = column.removeprefix("label")
            if any(sign in language.lower() for sign in signs):
                return language
        return None

    def remarks(self) -> tuple[Remark, ...]:
        """Say so if the form is in one language only."""
        if self.english is not None and self.russian is not None:
            return ()
        return (
            remark(
                "xlsform_one_language",
                "the form is not in English and Russian both: where one is missing, the other "
                "stands in its place",
            ),
        )

    def text(self, row: Row, column: str = "label", otherwise: str = "") -> dict[str, str] | None:
        """Both texts of a row; None if it has none."""
        own = [row.get(column + suffix, "") for suffix in (self.english or "", self.russian or "")]
        any_text = next(
            (text for name, text in row.items() if name == column or name.startswith(f"{column}:")),
            otherwise,
        )
        en, ru = (text or any_text for text in own)
        if not (en.strip() or ru.strip()):
            return None
        return {"en": en or ru, "ru": ru or en}
