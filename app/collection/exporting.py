"""A wave's answers as files for their owner's eyes, with a line in the log of events."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.collection.files import check_free, make_folder, write_private
from survey import Remark
from survey.collection.events import new_event, record
from survey.collection.exporting import Format, file_names, write_answers, write_texts
from survey.collection.freezing import freezes, prepare
from survey.collection.store import Store


def export_wave(
    store: Store,
    wave_id: str,
    out: Path,
    kind: Format,
    *,
    with_texts: bool = False,
    join: Mapping[str, str] | None = None,
    leave_out: Sequence[str] | None = None,
    actor: str,
    lang: str = "en",
) -> tuple[tuple[Path, ...], tuple[Remark, ...]]:
    """Write the answers of a closed wave into a folder; its files and what is to be known of them.

    Groups are joined and left out as asked for, or else as at the last freeze.
    """
    made = freezes(store, wave_id)
    if join is None and leave_out is None and made:
        join, leave_out = made[-1].join, made[-1].left_out
    ready = prepare(store, wave_id, join=join, leave_out=leave_out or ())
    files = tuple(out / name for name in file_names(kind, with_texts=with_texts))
    check_free(files)
    make_folder(out)
    with tempfile.TemporaryDirectory(prefix="konsilium-") as name:
        scratch = Path(name)
        told = write_answers(ready.dataset, scratch, kind, lang)
        if with_texts:
            anonymous = ready.wave.settings.mode == "anonymous"
            told += write_texts(ready.dataset, scratch, anonymous=anonymous)
        for file in files:
            write_private(file, (scratch / file.name).read_bytes())
    event = new_event(
        actor, "exported", wave_id, format=kind, texts=with_texts, digest=ready.digest,
        respondents=len(ready.dataset.respondents),
    )  # fmt: skip
    store.write(lambda conn: record(conn, event))
    return files, (*ready.remarks, *told)
