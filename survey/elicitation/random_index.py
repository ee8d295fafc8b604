"""What the consistency index of matrices filled at random is on average."""

from __future__ import annotations

import numpy as np

from survey.elicitation.result import Message, message

# Saaty, Theory and Applications of the Analytic Network Process (2005), p. 31.
_SAATY = {
    3: 0.52, 4: 0.89, 5: 1.11, 6: 1.25, 7: 1.35, 8: 1.40, 9: 1.45, 10: 1.49, 11: 1.52, 12: 1.54,
    13: 1.56, 14: 1.58, 15: 1.59,
}  # fmt: skip
# Donegan, Dodd (1991), Math. Comput. Modelling 15(10), 135-137; between the sizes they give, linear.
_DONEGAN_DODD = {
    3: 0.4914, 4: 0.8286, 5: 1.0591, 6: 1.1797, 7: 1.2519, 8: 1.3171, 9: 1.3733, 10: 1.4055,
    11: 1.4213, 12: 1.4497, 13: 1.4643, 14: 1.4822, 15: 1.4969, 16: 1.5078, 17: 1.5153,
    18: 1.5262, 19: 1.5313, 20: 1.5371, 25: 1.5619, 30: 1.5772, 40: 1.5976, 50: 1.6102,
    60: 1.6178, 70: 1.6237, 80: 1.6277, 90: 1.6213, 100: 1.6339,
}  # fmt: skip

RANDOM_INDICES: dict[str, Message] = {
    "saaty": message("Consistency ratio by the random index of Saaty (2005)"),
    "donegan-dodd": message("Consistency ratio by the random index of Donegan and Dodd (1991)"),
    "alonso-lamata": message("Consistency ratio by the random index of Alonso and Lamata (2006)"),
}


def random_index(name: str, size: int) -> tuple[float, str]:
    """Random index of complete matrices and whose it is: beyond a table, Alonso and Lamata's.

    Theirs follows from the mean largest eigenvalue 2.7699 n - 4.3513 (Int. J. Uncertainty
    Fuzziness Knowl.-Based Syst. 14, 445-459).
    """
    if size < 3:
        return 0.0, name
    table = {"saaty": _SAATY, "donegan-dodd": _DONEGAN_DODD}.get(name, {})
    if table and size <= max(table):
        return float(np.interp(size, list(table), list(table.values()))), name
    return (2.7699 * size - 4.3513 - size) / (size - 1), "alonso-lamata"


def share_left(size: int, gaps: int) -> float:
    """Share of the random index that gaps leave: optimal filling removes contradictions.

    Agoston, Csato (2022), Omega 108, 102576.
    """
    free = (size - 1) * (size - 2)
    return 1 - 2 * gaps / free if free else 0.0
