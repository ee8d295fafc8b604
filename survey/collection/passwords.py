"""Which passwords are taken, and how they are hashed (Argon2id, RFC 9106)."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from survey.errors import SurveyError

LEAST_LENGTH: Final = 12
# Longer ones only cost time to hash.
_MOST_LENGTH: Final = 1000
_FEWEST_SIGNS: Final = 5
_RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "йцукенгшщзхъфывапролджэячсмитьбю",
)
_COMMON: Final = frozenset(
    [
        "password",
        "passphrase",
        "passw0rd",
        "letmein",
        "welcome",
        "admin",
        "administrator",
        "qwerty",
        "konsilium",
        "expert",
        "experts",
        "secret",
        "пароль",
        "администратор",
        "админ",
        "секрет",
        "эксперт",
        "эксперты",
        "консилиум",
        "добропожаловать",
    ]
)
HASHER = PasswordHasher()


def check_new_password(name: str, password: str) -> None:
    """Refuse a password that is short, long, the account's own name, or easily guessed.

    Raises
    ------
    SurveyError
        It never holds the password.

    """
    plain = normal(password)
    if len(plain) < LEAST_LENGTH:
        raise SurveyError(
            "password_short",
            "the length of the password is {found}; {least} characters or more are expected",
            found=len(plain),
            least=LEAST_LENGTH,
        )
    if len(plain) > _MOST_LENGTH:
        raise SurveyError(
            "password_long",
            "the length of the password is {found}; {most} characters at most are expected",
            found=len(plain),
            most=_MOST_LENGTH,
        )
    if _is_guessed(name.casefold(), plain.casefold()):
        raise SurveyError(
            "password_trivial",
            "the password is easily guessed: the name of the account, a common word with figures, "
            "a row of keys, or few different characters; several words that do not belong "
            "together are expected",
        )


def hashed(password: str) -> str:
    """Argon2id hash, with its parameters and a salt of its own."""
    return HASHER.hash(normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the one of a hash; without a hash the same work is done for nothing."""
    plain, nobodys = normal(password[: _MOST_LENGTH + 1]), _nobodys()
    try:
        return HASHER.verify(stored or nobodys, plain) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def normal(password: str) -> str:
    """Password as it is compared: however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody's")


def _is_guessed(name: str, password: str) -> bool:
    if len(set(password)) < _FEWEST_SIGNS:
        return True
    letters = "".join(sign for sign in password if sign.isalpha())
    bare = "".join(sign for sign in name if sign.isalpha())
    if password == name or letters in _COMMON or (bare and letters in {bare, 2 * bare}):
        return True
    return any(_lies_in(password, run) or _lies_in(password, run[::-1]) for run in _RUNS)


def _lies_in(password: str, run: str) -> bool:
    """Whether a password is a stretch of a row of keys, once or again and again."""
    return password in run * (len(password) // len(run) + 2) or password in run
