"""konsilium wave preview, invite, revoke: links, and the files that carry them to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.collection.addresses import public_url
from app.collection.cards import CardStyle, cards_page
from app.collection.files import check_free, make_folder, write_private
from app.collection.people import Invited, read_counts, read_people
from app.collection.sheets import rows_of, write_sheet
from app.collection.texts import languages_of
from app.commands.faults import UserError
from app.commands.tables import console
from app.commands.waves_common import actor, confirm, opened, sealer, today
from app.i18n import Language
from survey import Text
from survey.collection import invitations, waves
from survey.collection.invitations import Link
from survey.collection.wave import Wave

if TYPE_CHECKING:
    from survey.collection.sealing import Sealer
    from survey.collection.store import Store

CSV, XLSX, CARDS = "links.csv", "links.xlsx", "cards.html"
_MOST_CARDS = 2_000  # a page of more is no longer opened by a browser with ease


def preview(wave_id: str, url: str, words: Language) -> None:
    """Print a link for looking at the questionnaire; never counted."""
    address = public_url(url)
    with opened() as store:
        link = invitations.preview_link(store, wave_id, actor=actor())
    out = console()
    out.print(f"{address}/i/{link.token}", soft_wrap=True)
    out.print(
        words.say(
            "For looking only: what is answered here is never counted. The page is there while {command} runs at this address.",
            command="konsilium collect STUDY",
        ),
        soft_wrap=True,
    )


@dataclass(frozen=True, slots=True)
class Files:
    """Where the links go, and how the cards look."""

    folder: Path
    url: str
    respondents: str
    group_on_cards: bool

    @property
    def names(self) -> tuple[Path, Path, Path]:
        """Sheet, workbook, cards."""
        return self.folder / CSV, self.folder / XLSX, self.folder / CARDS


def invite(
    wave_id: str,
    words: Language,
    files: Files,
    *,
    people: Path | None,
    count: Sequence[str],
    expires_on: date | None,
) -> None:
    """Invite people and write their links: files that cannot be written leave nobody invited."""
    if (people is None) == (not count):
        raise UserError("whom to invite is said either by --people FILE or by --count GROUP=N")
    address = public_url(files.url)
    check_free(files.names)
    with opened() as store:
        wave = waves.load_wave(store, wave_id)
        names = sealer()
        invited = _invited(store, names, wave, people=people, count=count)
        make_folder(files.folder)
        links = invitations.invite(
            store,
            names,
            wave_id,
            invited,
            actor=actor(),
            today=today(),
            expires_on=expires_on,
        )
        try:
            _write(links, wave, address, files, words)
        except BaseException:
            # These links now stand nowhere: nobody could use them, and their people count.
            numbers = [link.number for link in links]
            invitations.revoke(store, wave_id, numbers, actor=actor())
            for file in files.names:
                file.unlink(missing_ok=True)
            raise
    _tell(links, wave, files, words)


def _invited(
    store: Store, names: Sealer, wave: Wave, *, people: Path | None, count: Sequence[str]
) -> tuple[Invited, ...]:
    titles = _titles(wave)
    if people is None:
        return read_counts(count, titles)
    listed = invitations.list_invitations(store, names, wave.id, today=today())
    already = {
        each.person.email.lower(): each.number
        for each in listed
        if each.person.email and each.status in ("waiting", "answered")
    }
    return read_people(people, titles, already)


def _titles(wave: Wave) -> dict[str, Text]:
    return {group.id: group.title for group in wave.settings.groups}


def _write(
    links: tuple[Link, ...], wave: Wave, address: str, files: Files, words: Language
) -> None:
    rows = rows_of(links, _titles(wave), address, words)
    sheet, book, cards = files.names
    write_sheet(sheet, rows, words)
    write_sheet(book, rows, words)
    if len(rows) > _MOST_CARDS:
        return
    style = CardStyle(
        wave.settings.title,
        wave.settings.mode,
        wave.settings.closes_on,
        with_group=files.group_on_cards,
    )
    page = cards_page(rows, style, languages_of(files.respondents))
    write_private(cards, page.encode())


def _tell(links: tuple[Link, ...], wave: Wave, files: Files, words: Language) -> None:
    out = console()
    out.print(
        words.say_many(
            "{count} person is invited to the wave {wave}.",
            "{count} people are invited to the wave {wave}.",
            len(links),
            wave=wave.id,
        ),
        soft_wrap=True,
    )
    for file in files.names:
        if file.exists():
            out.print(words.say("Written: {file}", file=file), soft_wrap=True)
    if len(links) > _MOST_CARDS:
        out.print(
            words.say(
                "No cards were made: at most {most} go on one page; invite in parts to have some.",
                most=words.number(_MOST_CARDS, 0),
            ),
            soft_wrap=True,
        )
    out.print(
        words.say(
            "Whoever holds these files can open the links until they are used, and see the answers begun there. They are the only place where the links stand. Delete them when the links are sent and no reminder is to follow."
        ),
        soft_wrap=True,
    )
    if wave.state == "draft":
        out.print(
            words.say(
                "The links answer once the wave is open: {command}",
                command=f"konsilium wave open {wave.id}",
            ),
            soft_wrap=True,
        )


def revoke(wave_id: str, numbers: list[int], words: Language, *, yes: bool) -> None:
    """Make links useless, by the numbers on the sheet."""
    distinct = sorted(set(numbers))
    question = words.say_many(
        "Revoke {count} link of the wave {wave}? It will never open again. [y/N]",
        "Revoke {count} links of the wave {wave}? They will never open again. [y/N]",
        len(distinct),
        wave=wave_id,
    )
    confirm(question, words, yes=yes)
    with opened() as store:
        invitations.revoke(store, wave_id, distinct, actor=actor())
    console().print(
        words.say(
            "Revoked: {numbers}. Answers that were submitted stay.",
            numbers=", ".join(map(str, distinct)),
        ),
        soft_wrap=True,
    )
