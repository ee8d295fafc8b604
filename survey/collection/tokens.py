"""Tokens of invitations, and what is derived from them.

A token is 130 random bits, written so that it can be typed from paper: 26 signs of Crockford's
alphabet (no I, L, O, U). The store holds only hashes of it. Tokens are random, so that a plain
SHA-256 cannot be searched; each use has a prefix of its own, so that no two hashes are equal.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TOKEN_LENGTH = 26
# What is read wrongly from paper.
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def new_token() -> str:
    """Draw a token of 130 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))


def read_token(text: str) -> str | None:
    """Token as it is stored nowhere: lower case, without hyphens; None if it cannot be one."""
    if len(text) > 4 * TOKEN_LENGTH:
        return None
    token = text.lower().translate(_MISREAD)
    plain = len(token) == TOKEN_LENGTH and all(sign in _ALPHABET for sign in token)
    return token if plain else None


def token_hash(token: str) -> str:
    """Key of the invitation in the store: SHA-256, hex."""
    return hashlib.sha256(b"konsilium invitation\0" + token.encode()).hexdigest()


def session_key(token: str, secret: str) -> str:
    """Id of a session until it is submitted: only who has the token can compute it."""
    return _keyed(token, secret, b"session")


def spent_mark(token: str, secret: str) -> str:
    """Mark that the token was used."""
    return _keyed(token, secret, b"spent")


def form_tag(token: str) -> str:
    """Tag that every form of this respondent carries: another site or session cannot know it."""
    return hmac.new(token.encode(), b"konsilium form", hashlib.sha256).hexdigest()[:32]


def _keyed(token: str, secret: str, use: bytes) -> str:
    return hmac.new(bytes.fromhex(secret), use + b"\0" + token.encode(), hashlib.sha256).hexdigest()


def new_secret() -> str:
    """Secret of a wave, hex."""
    return secrets.token_hex(32)


def random_id() -> str:
    """Id that says nothing: 128 random bits, hex."""
    return secrets.token_hex(16)
