"""Print how certain each rank is."""

from __future__ import annotations

import numpy as np
from rich.console import Group

from app.commands.robustness_methods import Uncertain
from app.commands.tables import console, table
from app.i18n import Language
from app.words import methods
from mcda import SmaaResult

# Beyond these a table would be too wide to read; all figures stand in the JSON.
_RANKS, _DUELS, _CRITERIA = 8, 8, 8


def print_tables(found: SmaaResult, given: Uncertain, words: Language) -> None:
    """Print ranks, central weights, duels and, of several methods, who leads by which."""
    screen = console()
    screen.print(_ranks(found, given, words))
    if len(found.criteria) <= _CRITERIA:
        screen.print(_central_weights(found, words))
    if 1 < len(found.alternatives) <= _DUELS:
        screen.print(_duels(found, words))
    if len(found.choices) > 1:
        screen.print(_by_method(found, given, words))


def _ranks(found: SmaaResult, given: Uncertain, words: Language) -> Group:
    shares = found.acceptability
    n = len(found.alternatives)
    shown = n if n <= _RANKS else 1
    order = np.argsort(shares.expected_rank, kind="stable")
    return table(
        words.say("How certain each rank is: {methods}", methods=_methods(given, words)),
        [
            words.say("Alternative"),
            *(words.say("Rank {rank}", rank=r + 1) for r in range(shown)),
            words.say("Expected rank"),
            words.say("Confidence"),
            words.say("Entropy, bits"),
        ],
        [
            [
                found.alternatives[i],
                *(words.percent(shares.rank_acceptability[i, r], 1) for r in range(shown)),
                words.number(shares.expected_rank[i], 2),
                _share(found.confidence[i], words),
                words.number(found.entropy[i], 2),
            ]
            for i in order
        ],
        note="\n".join(_notes(found, given, words)),
    )


def _methods(given: Uncertain, words: Language) -> str:
    named = [
        f"{methods.title(c.method, words)} ({methods.text(v, words)})"
        for c, v in zip(given.choices, given.variants, strict=True)
    ]
    return "; ".join(named)


def _notes(found: SmaaResult, given: Uncertain, words: Language) -> list[str]:
    shares = found.acceptability
    said = [_of_weights(given, words), _of_values(given, words)]
    if given.weights is None and given.values is None and len(given.choices) == 1:
        said.append(
            words.say(
                "Nothing is uncertain, so every draw is the same: give weights_prior, bounds of the "
                "values, or several methods."
            )
        )
    said += [
        words.say(
            "{draws} draws; the standard error of a share is at most {error}.",
            draws=words.number(shares.draws, 0),
            error=words.percent(shares.standard_error.max(), 2),
        ),
        words.say(
            "A tie is shared evenly among the ranks it spans. Confidence is the chance of the first "
            "place at the alternative's central weights; a dash: it is never first."
        ),
    ]
    return said


def _of_weights(given: Uncertain, words: Language) -> str:
    return {
        "exact": words.say("Weights: exactly those of the file."),
        "uniform": words.say("Weights: nothing is known of them, all are equally likely."),
        "dirichlet": words.say("Weights: a Dirichlet distribution."),
        "ordinal": words.say("Weights: only their order is known."),
        "interval": words.say("Weights: only bounds are known."),
        "linear": words.say("Weights: only linear constraints are known."),
        "draws": words.say("Weights: taken from given draws."),
    }[given.weights_prior]


def _of_values(given: Uncertain, words: Language) -> str:
    return {
        "exact": words.say("Values: exactly those of the matrix."),
        "interval": words.say("Values: anywhere within their bounds, each by itself."),
        "triangular": words.say("Values: triangular around the matrix, each by itself."),
        "normal": words.say("Values: normal around the matrix, each by itself."),
        "draws": words.say("Values: taken from given draws."),
    }[given.values_prior]


def _central_weights(found: SmaaResult, words: Language) -> Group:
    return table(
        words.say("Central weights: the mean of the weights that make the alternative first"),
        [words.say("Alternative"), *found.criteria],
        [
            [
                name,
                *(_figure(None if w is None else w[j], words) for j in range(len(found.criteria))),
            ]
            for name, w in zip(found.alternatives, found.acceptability.central_weights, strict=True)
        ],
    )


def _duels(found: SmaaResult, words: Language) -> Group:
    wins = found.acceptability.pairwise_winning
    n = len(found.alternatives)
    return table(
        words.say("How often the alternative of the row stands above that of the column"),
        [words.say("Alternative"), *found.alternatives],
        [
            [
                found.alternatives[i],
                *(_share(None if i == k else wins[i, k], words) for k in range(n)),
            ]
            for i in range(n)
        ],
    )


def _by_method(found: SmaaResult, given: Uncertain, words: Language) -> Group:
    return table(
        words.say("How often each is first, by method"),
        [words.say("Method"), words.say("Chance"), *found.alternatives],
        [
            [
                f"{methods.title(choice.method, words)} ({methods.text(variant, words)})",
                words.percent(chance, 1),
                *(
                    _share(None if first is None else first[i], words)
                    for i in range(len(found.alternatives))
                ),
            ]
            for choice, variant, chance, first in zip(
                found.choices, given.variants, found.chances, found.first_by_choice, strict=True
            )
        ],
    )


def _share(given: float | None, words: Language) -> str:
    return "–" if given is None else words.percent(given, 1)


def _figure(given: float | None, words: Language) -> str:
    return "–" if given is None else words.number(given, 3)
