"""How the collecting of answers goes, in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import Language
from survey.collection.events import Event
from survey.collection.lifecycle import GroupCount
from survey.collection.wave import Wave


def state(name: str, lang: Language) -> str:
    """State of a wave, as one word of a table."""
    return {
        "draft": lang.say("draft"),
        "open": lang.say("open for answers"),
        "closed": lang.say("closed to answers"),
        "frozen": lang.say("frozen"),
    }[name]


def wave_name(wave: Wave, lang: Language) -> str:
    """Title of a wave with its round and its id: titles may be alike."""
    title = lang.pick(wave.settings.title)
    if wave.round == 1:
        return lang.say("{title} · {id}", title=title, id=wave.id)
    return lang.say("{title}, round {round} · {id}", title=title, round=wave.round, id=wave.id)


def response(wave: Wave, counts: Sequence[GroupCount], lang: Language) -> list[str]:
    """How many have answered, from which group the fewest, and what can be done next."""
    invited = sum(each.invited for each in counts)
    submitted = sum(each.submitted for each in counts)
    answering = sum(each.answering for each in counts)
    if wave.state == "draft":
        return [_draft(wave, invited, lang), *_next(wave, submitted, lang)]
    fields = {"title": lang.pick(wave.settings.title), "submitted": lang.number(submitted, 0)}
    if wave.settings.access == "open":
        said = lang.say_many(
            "“{title}”: {submitted} person has submitted answers; the wave is open to whoever has its address.",
            "“{title}”: {submitted} people have submitted answers; the wave is open to whoever has its address.",
            submitted,
            **fields,
        )
    else:
        said = lang.say(
            "“{title}”: {submitted} of {invited} people invited have submitted answers ({share}).",
            invited=lang.number(invited, 0),
            share=lang.percent(submitted / invited if invited else 0.0),
            **fields,
        )
    found = [said]
    if wave.state == "open" and answering:
        found.append(
            lang.say_many(
                "{count} more has begun and not submitted.",
                "{count} more have begun and not submitted.",
                answering,
            )
        )
    return [*found, *_fewest(wave, counts, lang), *_next(wave, submitted, lang)]


def promise(mode: str, lang: Language) -> str:
    """What a mode promises, as the analyst has to know it."""
    return {
        "anonymous": lang.say(
            "Anonymous: answers cannot be joined to invitations, also not by you. After submitting nobody can resume, change or withdraw; who has answered is told for several people of a group at once."
        ),
        "named": lang.say(
            "Named: every answer stands beside the name, and the first page says so. Who answered can withdraw at any time; names are encrypted in the store."
        ),
    }[mode]


def access(kind: str, lang: Language) -> str:
    """What a way of access costs."""
    return {
        "invited": lang.say("By invitation: a link for each person, for one response."),
        "open": lang.say(
            "Open: one address for everybody. Nobody can tell who answered, one person can answer several times, and there are no reminders and no response rate."
        ),
    }[kind]


def mode_name(mode: str, lang: Language) -> str:
    """Mode in one word."""
    return {"anonymous": lang.say("anonymous"), "named": lang.say("named")}[mode]


def access_name(kind: str, lang: Language) -> str:
    """Way of access in a few words."""
    return {"invited": lang.say("by invitation"), "open": lang.say("open to everybody")}[kind]


def reminders(wave: Wave, waiting: int, lang: Language) -> list[str]:
    """How many may be reminded, and in the anonymous mode why some of them have answered."""
    said = lang.say_many(
        "{count} invitation is not known to be answered.",
        "{count} invitations are not known to be answered.",
        waiting,
    )
    if wave.settings.mode == "named":
        return [said]
    return [
        said,
        lang.say(
            "So that a response cannot be told by its moment, the list learns of answers only when {least} of a group are there: up to {most} people of each group may stand in it who have answered. Thank them in the reminder.",
            least=wave.settings.min_cell,
            most=wave.settings.min_cell - 1,
        ),
    ]


def action(event: Event, lang: Language) -> str:
    """What an analyst did, in words."""
    return {
        "created": lang.say("made a wave"),
        "edited": lang.say("changed the settings"),
        "invited": lang.say("made links of invitations"),
        "preview": lang.say("made a preview link"),
        "sent": lang.say("noted links as sent"),
        "reminded": lang.say("noted reminders as sent"),
        "revoked": lang.say("revoked invitations"),
        "opened": lang.say("opened the wave"),
        "closed": lang.say("closed the wave"),
        "frozen": lang.say("froze the wave"),
        "exported": lang.say("exported answers"),
        "erased": lang.say("erased what identifies people"),
        "deleted": lang.say("deleted a draft"),
        "paper_resolved": lang.say("settled what two entries of a sheet disagreed on"),
        "paper_accepted": lang.say("counted sheets of paper"),
        "account_added": lang.say("made an account"),
        "account_password": lang.say("changed a password"),
        "account_disabled": lang.say("closed an account"),
        "account_enabled": lang.say("opened an account again"),
    }.get(event.action, event.action)


def _draft(wave: Wave, invited: int, lang: Language) -> str:
    title = lang.pick(wave.settings.title)
    if wave.settings.access == "open":
        return lang.say("“{title}” is a draft; nobody can answer yet.", title=title)
    return lang.say_many(
        "“{title}” is a draft with {count} invitation; nobody can answer yet.",
        "“{title}” is a draft with {count} invitations; nobody can answer yet.",
        invited,
        title=title,
    )


def _fewest(wave: Wave, counts: Sequence[GroupCount], lang: Language) -> list[str]:
    """Name the group that answers least, where there is a choice of groups."""
    asked = [each for each in counts if each.invited]
    if wave.settings.access == "open" or len(asked) < 2:
        return []
    least = min(asked, key=lambda each: each.submitted / each.invited)
    return [
        lang.say(
            "The fewest answers in proportion come from {group}: {submitted} of {invited}.",
            group=lang.pick(wave.group(least.group).title),
            submitted=lang.number(least.submitted, 0),
            invited=lang.number(least.invited, 0),
        )
    ]


def _next(wave: Wave, submitted: int, lang: Language) -> list[str]:
    if wave.state == "draft":
        return [lang.say("Look at the preview, make the links under Invitations, then open it.")]
    if wave.state == "closed":
        if submitted:
            return [lang.say("It is closed: freeze it, and the ranking is computed from it.")]
        return [lang.say("It is closed without a single answer.")]
    if wave.state == "frozen":
        return [lang.say("It is frozen: its answers do not change any more.")]
    if wave.settings.closes_on is not None:
        return [lang.say("It closes on {day}.", day=wave.settings.closes_on.isoformat())]
    return []
