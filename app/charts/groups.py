"""What the groups of experts say apart and together, as a chart."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.analysis import GroupsFinding
from app.charts.places import Place, places
from app.charts.theme import dressed
from app.i18n import Language
from app.study import Study
from app.words.groups import rankings
from app.words.names import Names
from app.words.phrases import place


def ranks(finding: GroupsFinding, method: str, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Places of the directions by each group alone, by all together, and by rules of consensus."""
    names = Names(study, lang)
    order = [int(k) for k in np.argsort(finding.pooled, kind="stable")]
    by_whom = rankings(finding, names, lang)
    cells = [
        Place(
            row=names.alternative(finding.alternatives[k]),
            column=who,
            rank=float(found[k]),
            tip=lang.say(
                "{who}, {name}: place {place}",
                who=who,
                name=names.alternative(finding.alternatives[k]),
                place=place(lang, found[k]),
            ),
        )
        for k in order
        for who, found in by_whom.items()
    ]
    return dressed(
        places(cells, len(order), lang),
        lang,
        title=lang.say(
            "Places by each group alone, and made into one ranking ({method})",
            method=names.method(method),
        ),
        description="; ".join(
            lang.say(
                "{name}: {value}",
                name=who,
                value=", ".join(
                    f"{names.short(finding.alternatives[k])} {place(lang, found[k])}" for k in order
                ),
            )
            for who, found in by_whom.items()
        ),
    )
