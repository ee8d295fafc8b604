"""What settings of a wave must keep to, and what may still change when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from survey.errors import SurveyError
from survey.frames import first_repeated

if TYPE_CHECKING:
    from survey.collection.wave import Wave, WaveSettings

# Below this a group's answers are nearly those of one person.
_LEAST_CELL: Final = 3
# Once people have been promised something, only these may change.
_CHANGEABLE: Final = ("title", "contact", "closes_on", "erase_on", "groups")


def check_settings(settings: WaveSettings, today: date) -> None:
    """Refuse settings that contradict each other or the promise made."""
    if not settings.groups:
        raise SurveyError("wave_groups_missing", "the wave has no groups; at least one is expected")
    if (twice := first_repeated(group.id for group in settings.groups)) is not None:
        raise SurveyError(
            "wave_group_twice",
            "the wave has the group {found} twice; distinct groups are expected",
            found=twice,
        )
    for group in settings.groups:
        if group.quota is not None and group.quota < 1:
            raise SurveyError(
                "quota_below_one",
                "the quota of the group {group} is {found}; 1 or more is expected",
                group=group.id,
                found=group.quota,
            )
    least = _LEAST_CELL if settings.mode == "anonymous" else 1
    if settings.min_cell < least:
        raise SurveyError(
            "min_cell_low",
            "the smallest cell is {found}; {least} or more is expected",
            found=settings.min_cell,
            least=least,
        )
    if settings.closes_on is not None and settings.closes_on < today:
        raise SurveyError(
            "closes_in_the_past",
            "the wave closes on {found}; {today} or later is expected",
            found=settings.closes_on.isoformat(),
            today=today.isoformat(),
        )
    if settings.erase_on < (settings.closes_on or today):
        raise SurveyError(
            "erased_before_closing",
            "what identifies people is erased on {found}; {least} or later is expected",
            found=settings.erase_on.isoformat(),
            least=(settings.closes_on or today).isoformat(),
        )
    if settings.mode == "named" and settings.access == "open":
        raise SurveyError(
            "open_and_named",
            "a wave without invitations does not know names; the anonymous mode is expected",
        )


def refuse_change(wave: Wave, settings: WaveSettings) -> None:
    """Refuse a change that comes too late: a promise was made to those who answer."""
    if wave.state == "frozen":
        raise SurveyError(
            "wave_frozen", "the wave {wave} is frozen; its settings stay", wave=wave.id
        )
    if wave.state == "draft":
        return
    for name in settings.__dataclass_fields__:
        same = getattr(settings, name) == getattr(wave.settings, name)
        if not same and name not in _CHANGEABLE:
            raise SurveyError(
                "change_too_late",
                "the wave {wave} is {state}, so {field} cannot change any more; {expected} can",
                wave=wave.id,
                state=wave.state,
                field=name,
                expected=", ".join(_CHANGEABLE),
            )
    if [g.id for g in settings.groups] != [g.id for g in wave.settings.groups]:
        raise SurveyError(
            "groups_too_late",
            "the wave {wave} is {state}, so its groups stay; their titles and quotas can change",
            wave=wave.id,
            state=wave.state,
        )
    if settings.erase_on > wave.settings.erase_on:
        raise SurveyError(
            "erased_later",
            "people were promised that what identifies them is erased on {expected}; {found} is "
            "later, that day or an earlier one is expected",
            expected=wave.settings.erase_on.isoformat(),
            found=settings.erase_on.isoformat(),
        )
