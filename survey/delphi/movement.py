"""A record of how opinion moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from survey.delphi.rounds import Round, quartiles
from survey.delphi.stability import stability


def movement(rounds: Sequence[Round]) -> pd.DataFrame:
    """Every item in every round, one row each.

    Returns
    -------
    frame
        Columns ``round, item, answered, median, low_quartile, high_quartile, iqr, mean,
        deviation`` (standard, divisor n - 1), and against the round before ``both, changed,
        towards, net_change, p``, as in `ItemStability`; empty where there is nothing to tell.

    """
    rows = []
    for k, each in enumerate(rounds):
        changes = {item.item: item for item in stability(rounds[k - 1], each).items} if k else {}
        for place, item in enumerate(each.items):
            given = each.given(place)
            low, middle, high = quartiles(given) if len(given) else (np.nan, np.nan, np.nan)
            change = changes.get(item)
            rows.append(
                {
                    "round": each.number,
                    "item": item,
                    "answered": len(given),
                    "median": middle,
                    "low_quartile": low,
                    "high_quartile": high,
                    "iqr": high - low,
                    "mean": float(given.mean()) if len(given) else np.nan,
                    "deviation": float(given.std(ddof=1)) if len(given) > 1 else np.nan,
                    "both": change.both if change else None,
                    "changed": change.changed if change else None,
                    "towards": change.towards if change else None,
                    "net_change": change.net_change if change else None,
                    "p": change.p if change else None,
                }
            )
    return pd.DataFrame(rows)
