"""What several sections need."""

from __future__ import annotations

from collections.abc import Iterable

from app.i18n import Language
from app.report.model import ASSUMED, COMPUTED, SOURCE, Origin
from app.study import Study
from app.words.names import Names
from app.words.phrases import stop


def origins(study: Study, lang: Language, prefixes: Iterable[str]) -> tuple[Origin, ...]:
    """Provenance of the study's tables whose path begins so."""
    names = Names(study, lang)
    starts = tuple(prefixes)
    found = []
    for file, entry in study.settings.tables.items():
        if not file.startswith(starts):
            continue
        text = lang.say(
            "{source}; {place}",
            source=names.source(entry.source).rstrip("."),
            place=lang.pick(entry.place),
        )
        if entry.note is not None:
            text = lang.say("{text}; {note}", text=text, note=lang.pick(entry.note))
        found.append(Origin(file, SOURCE if entry.kind == "source" else ASSUMED, stop(text)))
    return tuple(found)


def whole(value: float) -> int | float:
    """A count as a whole number where it is one."""
    return round(value) if abs(value - round(value)) < 1e-9 else value


def kind_of_cell(study: Study, criterion: str, alternative: str) -> str:
    """Where a value comes from: computed where it is of profiles, or the mean of ratings."""
    if (criterion, alternative) not in study.scores.index:
        return COMPUTED
    basis = study.settings.bases.get(str(study.scores.loc[(criterion, alternative), "basis"]))
    if basis is None:
        return COMPUTED
    return SOURCE if basis.kind == "source" else ASSUMED
