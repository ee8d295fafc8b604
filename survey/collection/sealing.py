"""Names and addresses at rest: encrypted by a key that lies apart from the database."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from survey.errors import SurveyError

KEY_FILE = "konsilium.key"


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals short texts (Fernet: AES-128-CBC with HMAC-SHA256).

    Parameters
    ----------
    key
        32 random bytes, URL-safe base64.

    """

    key: bytes

    @classmethod
    def open(cls, path: Path) -> Sealer:
        """Read the key from its file; made, for its owner alone, if there is none.

        Raises
        ------
        SurveyError
            The file holds no key.

        """
        try:
            # Made at once and for its owner alone: of two processes one makes it.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_bytes().strip()
        else:
            key = Fernet.generate_key()
            with os.fdopen(handle, "wb") as file:
                file.write(key + b"\n")
        try:
            Fernet(key)
        except ValueError as error:
            raise SurveyError(
                "key_damaged",
                "the file {file} holds no key; the key that the names were sealed with is expected",
                file=path.name,
            ) from error
        return cls(key)

    def seal(self, text: str) -> bytes:
        """Encrypt a text."""
        return Fernet(self.key).encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """Decrypt a text.

        Raises
        ------
        SurveyError
            It was sealed with another key.

        """
        try:
            return Fernet(self.key).decrypt(sealed).decode()
        except InvalidToken as error:
            raise SurveyError(
                "key_other",
                "names in the store were sealed with another key; the file {file} of the machine "
                "that invited the people is expected",
                file=KEY_FILE,
            ) from error

    def derive(self, use: str) -> bytes:
        """Key for another use, 32 bytes, from which this one cannot be found."""
        return hmac.new(self.key, b"konsilium " + use.encode(), hashlib.sha256).digest()
