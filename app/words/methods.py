"""What methods, their variants and their parameters are called in the reader's language.

The registry of `mcda` holds English texts only; a test keeps the list below in step with it.
"""

from __future__ import annotations

import re

from app.i18n import Language
from mcda import METHODS

# Names and signs that are the same in every language; their decimals are not.
AS_THEY_ARE = frozenset(
    {
        *(
            "TOPSIS",
            "VIKOR",
            "PROMETHEE II",
            "COPRAS",
            "SPOTIS",
            "EDAS",
            "CODAS",
            "MABAC",
            "MAIRCA",
        ),
        *("WASPAS", "ARAS", "MARCOS", "MULTIMOORA", "OCRA", "RAM", "CoCoSo"),
        *("v 0.5", "tau 0.02", "zeta 0.5", "lambda 0.5"),
    }
)
_DECIMAL = re.compile(r"\d+\.(\d+)")


def title(name: str, lang: Language) -> str:
    """Title of a method; a name that is not registered stays as it is."""
    return text(METHODS[name].title, lang) if name in METHODS else name


def text(english: str, lang: Language) -> str:
    """Translate a text of the registry.

    What parameters make beside the named variants is spelt in the keys of the problem file, which
    have no translation: there only the figures follow the language.
    """
    translated = registry_texts(lang).get(english)
    if translated is not None:
        return translated
    return _DECIMAL.sub(lambda m: lang.number(float(m[0]), len(m[1])), english)


def registry_texts(lang: Language) -> dict[str, str]:
    """Every text of the registry that has a translation, by its English."""
    say = lang.say
    return {
        # Titles.
        "Weighted sum": say("Weighted sum"),
        "Weighted product": say("Weighted product"),
        "Grey relational analysis": say("Grey relational analysis"),
        "MOORA, ratio system": say("MOORA, ratio system"),
        "MOORA, reference point": say("MOORA, reference point"),
        # Variants.
        "min-max normalisation": say("min-max normalisation"),
        "maximum normalisation": say("maximum normalisation"),
        "vector normalisation": say("vector normalisation"),
        "sum normalisation": say("sum normalisation"),
        "no normalisation": say("no normalisation"),
        "raw ratios, costs with negative exponent": say("raw ratios, costs with negative exponent"),
        "usual preference function": say("usual preference function"),
        "linear, thresholds 0.05 and 0.30 of the range": say(
            "linear, thresholds 0.05 and 0.30 of the range"
        ),
        "utility degree": say("utility degree"),
        "bounds of the data": say("bounds of the data"),
        "distance from average": say("distance from average"),
        "border approximation area": say("border approximation area"),
        "equal preference of alternatives": say("equal preference of alternatives"),
        "ideal row of the best values": say("ideal row of the best values"),
        "ideal and anti-ideal rows": say("ideal and anti-ideal rows"),
        "Tchebycheff distance": say("Tchebycheff distance"),
        "dominance of three rankings by majority": say("dominance of three rankings by majority"),
        "linear preference ratings": say("linear preference ratings"),
        "root assessment": say("root assessment"),
        # Parameters.
        "one of vector, minmax, max, sum, none": say("one of vector, minmax, max, sum, none"),
        "weight of group utility against individual regret, 0 to 1": say(
            "weight of group utility against individual regret, 0 to 1"
        ),
        "one of usual, ushape, vshape, level, linear, gaussian, for all or one per criterion": say(
            "one of usual, ushape, vshape, level, linear, gaussian, for all or one per criterion"
        ),
        "indifference threshold, for all or one per criterion": say(
            "indifference threshold, for all or one per criterion"
        ),
        "preference threshold, for all or one per criterion": say(
            "preference threshold, for all or one per criterion"
        ),
        "inflection of the gaussian, for all or one per criterion": say(
            "inflection of the gaussian, for all or one per criterion"
        ),
        "absolute: in the criterion's unit; range: as a share of its range": say(
            "absolute: in the criterion's unit; range: as a share of its range"
        ),
        "low and high per criterion, in its unit; left out: the range of the data": say(
            "low and high per criterion, in its unit; left out: the range of the data"
        ),
        "Euclidean difference above which the taxicab distance counts too": say(
            "Euclidean difference above which the taxicab distance counts too"
        ),
        "distinguishing coefficient, above 0 and at most 1": say(
            "distinguishing coefficient, above 0 and at most 1"
        ),
        "share of the weighted sum against the product, 0 to 1": say(
            "share of the weighted sum against the product, 0 to 1"
        ),
        "share of the sum against the powers, 0 to 1": say(
            "share of the sum against the powers, 0 to 1"
        ),
        # What a method takes.
        "maximum and sum normalisation: benefits of 0 or more, costs above 0": say(
            "maximum and sum normalisation: benefits of 0 or more, costs above 0"
        ),
        "all values above 0": say("all values above 0"),
        "values of 0 or more, every alternative with some cost above 0": say(
            "values of 0 or more, every alternative with some cost above 0"
        ),
        "averages above 0": say("averages above 0"),
        "benefits of 0 or more, costs above 0": say("benefits of 0 or more, costs above 0"),
        "values of 0 or more": say("values of 0 or more"),
        "no alternative that is worst on every criterion": say(
            "no alternative that is worst on every criterion"
        ),
        # What it does where it has little to go by.
        "a criterion on which all are equal adds no distance when bounds are the data's": say(
            "a criterion on which all are equal adds no distance when bounds are the data's"
        ),
        "where nobody is better (or worse) than the average that half is 0 (or 1) for all": say(
            "where nobody is better (or worse) than the average that half is 0 (or 1) for all"
        ),
        "a criterion on which all are equal adds no distance; one alternative has 0": say(
            "a criterion on which all are equal adds no distance; one alternative has 0"
        ),
        "a criterion on which all are equal lies on the border for all": say(
            "a criterion on which all are equal lies on the border for all"
        ),
        "a criterion on which all are equal leaves the same gap for all": say(
            "a criterion on which all are equal leaves the same gap for all"
        ),
        "a criterion on which all are equal has the same grade for all": say(
            "a criterion on which all are equal has the same grade for all"
        ),
        "a criterion on which all are equal adds and multiplies the same for all": say(
            "a criterion on which all are equal adds and multiplies the same for all"
        ),
        "a criterion on which all are equal adds the same to all": say(
            "a criterion on which all are equal adds the same to all"
        ),
        "a column of zeros adds nothing": say("a column of zeros adds nothing"),
        "a criterion on which all are equal adds no distance": say(
            "a criterion on which all are equal adds no distance"
        ),
        "criteria on which all are equal decide nothing": say(
            "criteria on which all are equal decide nothing"
        ),
        "a criterion on which all are equal adds nothing": say(
            "a criterion on which all are equal adds nothing"
        ),
        "one alternative has score 0": say("one alternative has score 0"),
        "a criterion on which all are equal adds the same to all; one alternative ranks first": say(
            "a criterion on which all are equal adds the same to all; one alternative ranks first"
        ),
        "a criterion on which all are equal multiplies all alike; one alternative ranks first": say(
            "a criterion on which all are equal multiplies all alike; one alternative ranks first"
        ),
        "a criterion on which all are equal adds no distance; where all alternatives are equal (or there is one) each is as near the ideal as the anti-ideal: 0.5": say(
            "a criterion on which all are equal adds no distance; where all alternatives are equal (or there is one) each is as near the ideal as the anti-ideal: 0.5"
        ),
        "a criterion on which all are equal causes no regret; where all S (or all R) are equal that half of Q is 0": say(
            "a criterion on which all are equal causes no regret; where all S (or all R) are equal that half of Q is 0"
        ),
        "equal values give no preference; one alternative has net flow 0": say(
            "equal values give no preference; one alternative has net flow 0"
        ),
        "without cost criteria the sum of benefits alone decides; a column of zeros adds nothing": say(
            "without cost criteria the sum of benefits alone decides; a column of zeros adds nothing"
        ),
    }
