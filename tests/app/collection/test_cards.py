"""Cards with QR codes: what a camera reads is the link, and the page asks nobody for anything."""

import io
import re
from datetime import date

import numpy as np
import pytest
import vl_convert
import zxingcpp
from PIL import Image

from app.collection.cards import PER_PAGE, CardStyle, cards_page, qr_code
from app.collection.sheets import LinkRow, in_blocks
from app.collection.texts import languages_of
from survey import Text
from survey.collection.tokens import new_token

STYLE = CardStyle(
    Text(
        en="Priorities of directions until 2035: a survey of experts",
        ru="Приоритеты направлений до 2035 года: опрос экспертов",
    ),
    "anonymous",
    date(2026, 12, 20),
)
LONG_URL = "https://survey.institute-of-the-region.example.org:8443"


# Within a page a picture needs neither.
_OUTSIDE_A_PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" '


def decoded(picture):
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    grey = np.asarray(paper.convert("L"))
    return zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize(
    "url", ["https://survey.example.org", "https://xn--n1aaceg.xn--p1ai", LONG_URL]
)
def test_a_camera_reads_the_link_from_the_code(url):
    link = f"{url}/i/{new_token()}"
    picture = vl_convert.svg_to_png(
        str(qr_code(link, "a & b")).replace("<svg ", _OUTSIDE_A_PAGE, 1)
    )
    (found,) = decoded(Image.open(io.BytesIO(picture)))
    assert found.text == link


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(link_rows):
    page = cards_page(link_rows(), STYLE, languages_of("en"))
    assert not re.search(r"<script|<link|<img|src=|url\(|@import|href=", page)


def test_a_card_has_number_group_link_and_what_is_promised(link_rows):
    (row,) = link_rows(1)
    page = cards_page([row], STYLE, languages_of("en"))
    for part in ("№ 1", "academics", "https://survey.example.org/i/", in_blocks(row.token)):
        assert part in page
    assert "20 December 2026" in page
    assert "anonymous" in page


def test_the_group_may_be_left_out(link_rows):
    quiet = CardStyle(STYLE.title, "anonymous", None, with_group=False)
    page = cards_page(link_rows(), quiet, languages_of("en"))
    assert "academics" not in page
    assert "Please answer by" not in page


def test_the_named_mode_is_not_called_anonymous(link_rows):
    page = cards_page(link_rows(), CardStyle(STYLE.title, "named", None), languages_of("en"))
    assert "together with your name" in page
    assert "anonymous" not in page


@pytest.mark.parametrize(("choice", "count"), [("en", 1), ("ru", 1), ("both", 2)])
def test_pages_hold_as_many_cards_as_fit(link_rows, choice, count):
    page = cards_page(link_rows(PER_PAGE[count] + 1), STYLE, languages_of(choice))
    assert page.count("<section") == 2
    assert page.count("<article") == PER_PAGE[count] + 1


def test_a_card_in_both_languages_says_each_in_its_own(link_rows):
    page = cards_page(link_rows(1), STYLE, languages_of("both"))
    assert 'lang="ru">\n<p class="title">Приоритеты' in page
    assert 'lang="en">\n<p class="title">Priorities' in page


def test_a_title_is_text_and_no_markup():
    style = CardStyle(Text(en="<script>alert(1)</script>", ru="<b>"), "anonymous", None)
    row = LinkRow(1, "<i>group</i>", "", "", f"https://survey.example.org/i/{new_token()}")
    page = cards_page([row], style, languages_of("both"))
    assert "<script" not in page
    assert "<i>" not in page
    assert "<b>" not in page


@pytest.mark.browser
@pytest.mark.parametrize("choice", ["en", "ru", "both"])
def test_printed_cards_are_whole_and_every_code_is_read(tmp_path, link_rows, chromium, choice):
    rows = link_rows(9, url=LONG_URL)
    file = tmp_path / "cards.html"
    file.write_text(cards_page(rows, STYLE, languages_of(choice)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 794, "height": 1123}, device_scale_factor=2)
    try:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        page.emulate_media(media="print")
        cut = page.eval_on_selector_all(
            ".card, .said, .link, .link span",
            "found => found.filter(e => e.scrollHeight > e.clientHeight + 1 && e.clientHeight"
            " || e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.className)",
        )
        picture = page.screenshot(full_page=True)
        heights = page.eval_on_selector_all(".page", "f => f.map(e => e.offsetHeight)")
    finally:
        page.close()
    assert cut == []
    assert asked == [file.as_uri()]
    # A4 within its margins of 8 mm, at 96 pixels an inch.
    assert max(heights) <= (297 - 16) / 25.4 * 96
    found = decoded(Image.open(io.BytesIO(picture)))
    assert sorted(code.text for code in found) == sorted(row.link for row in rows)
