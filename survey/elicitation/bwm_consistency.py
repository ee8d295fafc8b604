"""How far the judgements of the best-worst method agree."""

from __future__ import annotations

import numpy as np

from survey.elicitation.result import Consistency, FloatArray, Steps, message

# Liang, Brunelli, Rezaei (2020), Omega 96, 102175, Table 3, by simulation: rows are the
# best-to-worst judgement, columns 3 to 9 criteria. No threshold is published beyond.
_INPUT_LIMITS = {
    2: (0.0,) * 7,
    3: (0.1667,) * 7,
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}


def consistency_index(best_to_worst: float) -> float:
    """Largest possible xi, with two decimals as Rezaei (2015) prints it: 4.47 for 8.

    The smaller root of xi^2 - (1 + 2a) xi + a^2 - a = 0.
    """
    a = best_to_worst
    return round((1 + 2 * a - float(np.sqrt(8 * a + 1))) / 2, 2)


def input_consistency(
    labels: tuple[str, ...],
    to_others: FloatArray,
    to_worst: FloatArray,
    ends: tuple[int, int],
    steps: Steps,
) -> Consistency:
    """Input-based ratio max |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW) with its published limit."""
    best, worst = ends
    direct = float(to_others[worst])
    implied = to_others * to_worst
    # The best and the worst are themselves the judgement that the others are held against.
    implied[[best, worst]] = direct
    each = np.abs(implied - direct) / (direct**2 - direct) if direct > 1 else np.zeros(len(labels))
    steps["input_consistency"] = each
    steps["input_consistency_ratio"] = float(each.max())
    k = int(np.abs(implied - direct).argmax())
    cause = None
    if implied[k] != direct:
        cause = message(
            "{best} over {label} is {first} and {label} over {worst} is {second}, "
            "which implies {implied} for {best} over {worst}; {direct} was given",
            best=labels[best],
            worst=labels[worst],
            label=labels[k],
            first=float(to_others[k]),
            second=float(to_worst[k]),
            implied=float(implied[k]),
            direct=direct,
        )
    row = _INPUT_LIMITS.get(int(direct)) if direct == int(direct) else None
    limit = row[len(labels) - 3] if row and 3 <= len(labels) <= 9 else None
    steps["input_consistency_limit"] = limit
    return Consistency(
        message("Input-based consistency ratio (Liang, Brunelli and Rezaei, 2020)"),
        float(each.max()),
        limit,
        cause,
    )
