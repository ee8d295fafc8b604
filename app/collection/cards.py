"""Cards to print and hand out: a QR code and the same link to type, one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from app.collection.sheets import LinkRow
from app.collection.texts import day, promise
from app.i18n import Language
from survey import Text

# Cards on a sheet of A4 in two columns, by the number of languages on each.
PER_PAGE = {1: 8, 2: 6}
_QUIET = 4  # modules of white around a QR code that its standard asks for
# An address must not break where a hyphen could be its own: it is set as small as it needs to be.
_LINK_WIDTH, _SIGN_WIDTH = 250.0, 0.602  # points; a sign of a fixed-width type, parts of its size
_LINK_SIZES = (6.0, 10.0)  # points


@dataclass(frozen=True, slots=True)
class CardStyle:
    """What is the same on all cards of a wave.

    Attributes
    ----------
    title : Text
        Of the questionnaire as respondents see it.
    mode : {"anonymous", "named"}
    closes_on : date or None
    with_group : bool
        Whether the card names the group: it helps to hand out, and is seen by others.
    """

    title: Text
    mode: str
    closes_on: date | None
    with_group: bool = True


@dataclass(frozen=True, slots=True)
class _Said:
    """The texts of a card in one language."""

    code: str
    title: str
    how: str
    once: str
    promise: str
    closes: str


def cards_page(rows: Sequence[LinkRow], style: CardStyle, languages: Sequence[Language]) -> str:
    """HTML page of cards, `PER_PAGE` on a sheet of A4, in one language or two."""
    said = [_said(style, lang) for lang in languages]
    head = languages[0]
    most = PER_PAGE[len(languages)]
    pages = [rows[start : start + most] for start in range(0, len(rows), most)]
    longest = max((len(part) for row in rows for part in row.parts_for_paper), default=1)
    smallest, largest = _LINK_SIZES
    size = min(max(_LINK_WIDTH / (_SIGN_WIDTH * longest), smallest), largest)
    page: str = _template().render(
        lang=head.code,
        head=head.say("Cards with links: {title}", title=head.pick(style.title)),
        advice=head.say(
            "Print on A4 at 100 %, cut along the dashed lines. Whoever holds a card can open its link until it is used: keep the page as you keep the sheet of links, and delete it after printing."
        ),
        pages=pages,
        said=said,
        with_group=style.with_group,
        link_size=f"{size:.1f}",
        qr=lambda row: qr_code(
            row.link, head.say("QR code of the link {number}", number=row.number)
        ),
    )
    return page


def qr_code(link: str, title: str) -> Markup:
    """QR code of a link as an inline picture; a quarter of its signs may be lost (level Q)."""
    code = segno.make_qr(link, error="q", boost_error=False)
    return Markup(  # noqa: S704 - segno's own SVG: it holds no text of ours but the title, which it escapes
        code.svg_inline(border=_QUIET, omitsize=True, title=title)
    )


def _said(style: CardStyle, lang: Language) -> _Said:
    return _Said(
        code=lang.code,
        title=lang.pick(style.title),
        how=lang.say(
            "Point a phone’s camera at the code, or type the address. After “/i/” it has no letters i, l, o, u; hyphens and capitals do not matter."
        ),
        once=lang.say("The link is for one person and one answer."),
        promise=promise(style.mode, lang),
        closes=""
        if style.closes_on is None
        else lang.say("Please answer by {day}.", day=day(style.closes_on, lang)),
    )


@lru_cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("cards.html")
