"""Reads a chosen corpus in the background, to say how long it is and whether a run can learn from it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.runs import corpus, disk_space, memory_check
from engine.runs.config import BYTE_VOCABULARY, GPT2_VOCABULARY, RunConfig
from engine.runs.corpus_text import not_read
from engine.runs.model_folder import check_beginning
from engine.runs.notices import notices
from engine.shared.language import said, tr, trn
from visualizer.pretraining import formatting

_READ_WHOLE = 1 << 24  # bytes; of a longer corpus only the size is known before the run
_WAIT_MS = 120  # after the last key


@dataclass(frozen=True)
class Verdict:
    """What is known of a corpus, and what keeps `config` from learning from it."""

    corpus: str
    config: RunConfig | None
    n_bytes: int = 0
    n_characters: int | None = None
    n_different: int | None = None
    n_left_out: int = 0  # files of a folder that are no text
    key: str = ""  # the field that `sentence` belongs to, "" where it is none of them
    sentence: str = ""
    notices: Mapping[str, str] = field(default_factory=dict)  # by field, of what is odd and not wrong
    is_of_disk: bool = False  # whether `sentence` says that the disk has no room, which may come and go

    def vocabulary(self, tokenizer: str) -> int | None:
        """How many tokens a tokenizer has on this corpus, None where it is not known."""
        return {"gpt2": GPT2_VOCABULARY, "bytes": BYTE_VOCABULARY, "characters": self.n_different}.get(tokenizer)

    def lines(self, tokenizer: str) -> tuple[tuple[str, str], ...]:
        """The corpus in numbers."""
        if not self.n_bytes:
            return ()
        tokens = {"bytes": self.n_bytes, "characters": self.n_characters}.get(tokenizer)
        size = (tr("Corpus"), formatting.n_bytes(self.n_bytes))
        if self.n_characters is not None:
            size = (tr("Corpus in characters"), formatting.count(self.n_characters))
        n = self.n_left_out
        left_out = ((tr("Left out, no text"), trn("{n} file", "{n} files", n)),) if n else ()
        return (
            size,
            *left_out,
            (tr("Corpus in tokens"), formatting.count(tokens) if tokens else tr("not counted yet")),
        )


class CorpusInspector(QObject):
    """`ask` as often as you like: the newest question is answered, once the person stops typing."""

    answered = Signal(object)  # Verdict
    roomed = Signal(object, str)  # the configuration that was asked about, and why the disk has no room for it, else ""
    _finished = Signal(object, int)

    def __init__(self, runs: Path) -> None:
        """`runs` is the folder that a run would be written into."""
        super().__init__()  # no parent: a thread that still reads keeps it alive
        self._runs = runs
        self._question: tuple[str, RunConfig | None, tuple[str, ...]] = ("", None, ())
        self._number = 0
        self._known: dict[str, Verdict] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._begin)
        self._finished.connect(self._take)

    def ask(self, name: str, config: RunConfig | None, fixed: tuple[str, ...] = ()) -> None:
        """Look at a corpus; with a configuration, also whether the two fit; `fixed` of it cannot be changed."""
        self._question = name, config, fixed
        self._number += 1
        self._timer.start()

    def ask_room(self, config: RunConfig, n_bytes: int) -> None:
        """Look whether the disk has room now for a run on a corpus of `n_bytes`; nothing is read for it."""
        threading.Thread(target=self._look, args=(config, self._runs, n_bytes), name="disk_room", daemon=True).start()

    def _look(self, config: RunConfig, runs: Path, n_bytes: int) -> None:
        try:
            disk_space.check(config, runs, n_bytes)
        except EngineError as error:
            if error.sentence.code == disk_space.NO_ROOM:
                self.roomed.emit(config, said(error.sentence))
        except OSError:
            return  # of a folder that goes meanwhile
        else:
            self.roomed.emit(config, "")

    def set_root(self, runs: Path) -> None:
        """The folder that a run would be written into is another; ask again."""
        self._runs = runs

    def close(self) -> None:
        """Answer nothing any more."""
        self._timer.stop()
        self._number += 1

    def _begin(self) -> None:
        question = (*self._question, self._known.get(self._question[0]), self._number)
        threading.Thread(target=self._work, args=question, name="corpus_inspector", daemon=True).start()

    def _work(
        self, name: str, config: RunConfig | None, fixed: tuple[str, ...], known: Verdict | None, number: int
    ) -> None:
        self._finished.emit(inspect(name, config, known, self._runs, fixed), number)

    def _take(self, verdict: Verdict, number: int) -> None:
        if verdict.n_bytes:
            self._known[verdict.corpus] = verdict
        if number == self._number:
            self.answered.emit(verdict)


def inspect(
    name: str,
    config: RunConfig | None,
    known: Verdict | None = None,
    runs: Path | None = None,
    fixed: tuple[str, ...] = (),
) -> Verdict:
    """Read a corpus, unless `known` says it all, and check it against a configuration, and that against the room in
    memory and in the folder of `runs`; `fixed` are settings for which no other value is proposed."""
    facts = _Facts()
    try:
        facts = _read(name, known)
        if config is not None:
            corpus.check(config)
            check_beginning(config)
            memory_check.check(config, fixed=fixed, n_characters=facts.n_different)
            if runs is not None:
                disk_space.check(config, runs)
    except (EngineError, OSError) as error:
        refused = error if isinstance(error, EngineError) else not_read(name, error)
        return Verdict(
            name,
            config,
            *facts,
            getattr(refused, "field", ""),
            said(refused.sentence),
            is_of_disk=refused.sentence.code == disk_space.NO_ROOM,
        )
    found = notices(config, facts.n_different, fixed) if config is not None else {}
    return Verdict(name, config, *facts, notices={key: said(sentence) for key, sentence in found.items()})


class _Facts(NamedTuple):
    n_bytes: int = 0
    n_characters: int | None = None
    n_different: int | None = None
    n_left_out: int = 0


def _read(name: str, known: Verdict | None) -> _Facts:
    """Raises ConfigError, and OSError where a file goes meanwhile."""
    paths, n_left_out = corpus.files(name)
    n_bytes = sum(path.stat().st_size for path in paths)
    if known is not None and known.n_bytes == n_bytes:
        return _Facts(n_bytes, known.n_characters, known.n_different, n_left_out)
    if n_bytes > _READ_WHOLE:
        return _Facts(n_bytes, n_left_out=n_left_out)
    seen: set[str] = set()
    n_characters = 0
    for text in corpus.pieces(name, "characters"):
        n_characters += len(text)
        seen.update(text)
    return _Facts(n_bytes, n_characters, len(seen), n_left_out)
