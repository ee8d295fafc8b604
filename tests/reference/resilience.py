"""The resilience index by hand: csv and numpy, nothing of the project's own code.

Every indicator is written out as arithmetic instead of being read from the study's formulas, so
an error in the parser, in the chaining or in the z-scores cannot hide in both places.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST, BASE = 2000, 2021, 2019


def read_series(path: Path) -> dict[str, dict[int, float]]:
    series: dict[str, dict[int, float]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            series.setdefault(row["series"], {})[int(row["year"])] = float(row["value"])
    return series


def _chain(index: np.ndarray) -> np.ndarray:
    return np.concatenate([[1.0], np.cumprod(index[1:] / 100.0)])


def indicators(
    series: dict[str, dict[int, float]], organisations: str = "absent"
) -> dict[str, dict[str, tuple[float, np.ndarray]]]:
    """Factor -> indicator -> (sign, values of 2000-2021)."""
    years = range(FIRST, LAST + 1)

    def get(name: str) -> np.ndarray:
        return np.array([series[name][year] for year in years])

    old = series["industrial_production_index_yoy_okved1"]
    new = series["industrial_production_index_yoy_okved2"]
    industry = np.array([old[year] if year < 2015 else new[year] for year in years])
    population, grp = get("population_avg"), get("grp")
    exports = get("exports_far_abroad") + get("exports_cis")
    imports = get("imports_far_abroad") + get("imports_cis")
    prices = _chain(get("cpi_dec_to_dec"))
    innovativeness = {
        "rd_to_grp": (1.0, get("rd_internal_expenditure") / grp),
        "rd_staff_share": (1.0, get("rd_personnel") / get("employed_annual_average")),
        "innovative_goods_share": (1.0, get("innovative_goods_share")),
        "innovation_expenditure_share": (1.0, get("innovation_expenditure_share")),
        "patents_per_capita": (1.0, get("patents_granted_inventions") / population),
        "advanced_technologies_used": (1.0, get("advanced_technologies_used")),
    }
    if organisations != "absent":
        oslo3 = series["technological_innovation_organisations_share_oslo3"]
        oslo4 = series["technological_innovation_organisations_share_oslo4"]
        ratio = oslo4[2017] / oslo3[2017] if organisations == "linked" else 1.0
        values = [oslo3[year] * ratio if year < 2018 else oslo4[year] for year in years]
        innovativeness["innovating_organisations"] = (1.0, np.array(values))
    return {
        "economic_potential": {
            "real_grp_per_capita": (1.0, _chain(get("grp_volume_index_yoy")) / population),
            "real_investment_per_capita": (
                1.0,
                _chain(get("fixed_investment_volume_index_yoy")) / population,
            ),
            "industrial_output": (1.0, _chain(industry)),
            "labour_productivity": (
                1.0,
                _chain(get("grp_volume_index_yoy")) / get("employed_annual_average"),
            ),
            "fixed_asset_wear": (-1.0, get("fixed_assets_wear")),
            "employment_rate": (1.0, get("employment_rate")),
            "profit_to_grp": (1.0, get("net_financial_result") / grp),
            "investment_to_grp": (1.0, get("fixed_investment") / grp),
        },
        "competitiveness": {
            "real_income": (1.0, _chain(get("real_income_index_yoy"))),
            "real_wage": (1.0, _chain(get("real_wage_index_yoy"))),
            "poverty_rate": (-1.0, get("poverty_rate")),
            "unemployment_rate": (-1.0, get("unemployment_rate")),
            "exports_per_capita": (1.0, exports / population),
            "lossmaking_share": (-1.0, get("lossmaking_organisations_share")),
            "real_profit_per_capita": (1.0, get("net_financial_result") / prices / population),
            "trade_per_capita": (1.0, (exports + imports) / population),
        },
        "innovativeness": innovativeness,
    }


def observed(series: dict[str, dict[int, float]], organisations: str = "absent") -> np.ndarray:
    """Index of 2000-2021: sample standard deviation, equal weights in factors and of factors."""
    factors = []
    for members in indicators(series, organisations).values():
        scores = [sign * (x - x.mean()) / x.std(ddof=1) for sign, x in members.values()]
        factors.append(np.mean(scores, axis=0))
    return np.mean(factors, axis=0)


def under_scenario(series: dict[str, dict[int, float]], cells: dict[str, float]) -> float:
    """Index of one scenario and year; `cells` has the scenario table's nine figures."""
    growth = {
        "real_grp_per_capita": cells["grp"] / 100,
        "real_investment_per_capita": cells["investment"] / 100,
        "industrial_output": cells["industry"] / 100,
        "labour_productivity": cells["grp"] / cells["employment"],
        "employment_rate": cells["employment"] / 100,
        "investment_to_grp": cells["investment"] / cells["grp"],
        "real_income": cells["income"] / 100,
        "real_wage": cells["income"] / 100,
        "exports_per_capita": cells["trade"] / 100,
        "trade_per_capita": cells["trade"] / 100,
    }
    levels = {"poverty_rate": cells["poverty"], "unemployment_rate": cells["unemployment"]}
    factors = []
    for members in indicators(series).values():
        scores = []
        for name, (sign, x) in members.items():
            base = x[BASE - FIRST]
            value = levels.get(name, base * growth.get(name, 1.0))
            scores.append(sign * (value - x.mean()) / x.std(ddof=1))
        factors.append(np.mean(scores))
    return float(np.mean(factors))
