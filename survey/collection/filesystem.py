"""Where an SQLite file may be: made for its owner alone, never on a network drive."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from survey.errors import SurveyError

# Drives of other machines: their locks cannot be trusted, and a WAL needs shared memory.
_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "davfs", "fuse.davfs2"}
)
_MOUNTS: Final = Path("/proc/self/mounts")


def make_file(path: Path) -> None:
    """Make an empty file that only its owner reads, if there is none.

    Raises
    ------
    SurveyError
        `store_network`: on a network drive. `store_unreachable`: it cannot be made.

    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        drive = network_drive(path)
        if drive is not None:
            raise SurveyError(
                "store_network",
                "{place} is on a network drive ({drive}), where SQLite can lose or damage answers; "
                "keep the store on a disk of this machine, or use PostgreSQL",
                place=path,
                drive=drive,
            )
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise _unreachable(path, "it is not a file") from None
    except OSError as error:
        raise _unreachable(path, error.strerror or str(error)) from error


def _unreachable(path: Path, reason: str) -> SurveyError:
    return SurveyError(
        "store_unreachable",
        "the store {place} cannot be opened: {reason}",
        place=path,
        reason=reason,
    )


def network_drive(path: Path, mounts: str | None = None) -> str | None:
    """Kind of network drive a path is on; None if on none, or if the system does not tell.

    Parameters
    ----------
    path
        A file or folder, which need not be there.
    mounts
        The system's list of mounts, as Linux writes it; read from the system if not given.

    """
    if str(path).startswith("\\\\"):
        return "UNC"
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(errors="replace")
        except OSError:
            return None
    place = path.resolve()
    deepest, kind = -1, None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        # Of two mounts at one point the later one is seen.
        if place.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, kind = len(point.parts), fields[2]
    return kind if kind in _NETWORK else None
