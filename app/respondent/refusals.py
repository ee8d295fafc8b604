"""What was refused or is still to be done, said to a respondent and not to an analyst."""

from __future__ import annotations

from app.i18n import Language
from app.respondent.forms import decimal_sign, number_text
from survey import SurveyError
from survey.questions import AnyQuestion, BestWorst, FreeText, Grid, MultipleChoice, Quantity


def said(error: SurveyError, question: AnyQuestion, lang: Language) -> str:  # noqa: C901, PLR0911 - one sentence a fault
    """Sentence about an answer, with the names a respondent sees instead of ids."""
    decimal = decimal_sign(lang)
    fields = {
        name: number_text(value, decimal) if isinstance(value, float) else value
        for name, value in error.fields.items()
    }
    match error.code:
        case "choice_picks" if isinstance(question, MultipleChoice) and question.max_picks:
            return lang.say(
                "You have chosen {found}; {most} at most can be chosen.",
                found=fields["found"],
                most=question.max_picks,
            )
        case "choice_picks":
            return lang.say("More than one is chosen; one can be.")
        case "choice_exclusive":
            return lang.say(
                "“{option}” cannot stand beside others; untick it or the others.",
                option=cell_name(question, str(fields["option"]), lang),
            )
        case "rank_twice":
            return lang.say(
                "Place {rank} is given both to “{first}” and to “{second}”; give each place once.",
                rank=fields["rank"],
                first=cell_name(question, str(fields["first"]), lang),
                second=cell_name(question, str(fields["second"]), lang),
            )
        case "cell_below":
            return _at(question, error, lang) + lang.say(
                "{found} is too little; {low} or more is expected.",
                found=fields["found"],
                low=fields["low"],
            )
        case "cell_above":
            return _at(question, error, lang) + lang.say(
                "{found} is too much; {high} or less is expected.",
                found=fields["found"],
                high=fields["high"],
            )
        case "cell_not_whole":
            return _at(question, error, lang) + lang.say(
                "{found} is not a whole number; a whole one is expected.", found=fields["found"]
            )
        case "text_longer":
            return lang.say(
                "Your text has {found} characters; {most} at most can be kept.",
                found=fields["found"],
                most=fields["most"],
            )
        case "text_character":
            return lang.say(
                "Your text holds a sign that cannot be stored ({found}); please write it again "
                "without it.",
                found=fields["found"],
            )
        case "best_worst_same" | "best_is_worst":
            return lang.say("The best and the worst are the same; choose two different ones.")
        case "best_worst_two":
            return lang.say("The others are compared by numbers from 2 to 9.")
    return lang.sentence(SurveyError(error.code, error.template, **fields))


def _at(question: AnyQuestion, error: SurveyError, lang: Language) -> str:
    """Say which of several fields it is."""
    if isinstance(question, (Quantity, FreeText)):
        return ""
    return f"{cell_name(question, str(error.fields['cell']), lang)}: "


def cell_name(question: AnyQuestion, cell: str, lang: Language) -> str:
    """Name of an option, or of the cell that two options share."""
    if isinstance(question, (Quantity, FreeText)):
        return lang.say("All answers")
    options = (
        (*question.options, *question.criteria) if isinstance(question, Grid) else question.options
    )
    names = {option.id: lang.pick(option.text) for option in options}
    if isinstance(question, BestWorst):
        names |= {"best": lang.say("the best"), "worst": lang.say("the worst")}
    return " / ".join(names.get(part, "") for part in cell.split(":") if part in names) or cell


def cell_of(error: SurveyError) -> str:
    """Cell or option that a fault is about; empty where it is about the whole answer."""
    for field in ("cell", "second", "option"):
        if field in error.fields:
            return str(error.fields[field])
    return ""
