"""What methods, their variants and their parameters are called in the reader's language.

The registry of `mcda` holds English texts only; a test keeps the list below in step with it.
"""

from __future__ import annotations

import re

from app.i18n import Language
from mcda import METHODS

# Names and signs that are the same in every language; their decimals are not.
AS_THEY_ARE = frozenset({"TOPSIS", "VIKOR", "PROMETHEE II", "COPRAS", "v 0.5"})
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
        # What a method takes.
        "maximum and sum normalisation: benefits of 0 or more, costs above 0": say(
            "maximum and sum normalisation: benefits of 0 or more, costs above 0"
        ),
        "all values above 0": say("all values above 0"),
        "values of 0 or more, every alternative with some cost above 0": say(
            "values of 0 or more, every alternative with some cost above 0"
        ),
        # What it does where it has little to go by.
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
