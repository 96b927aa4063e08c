"""One run folder, read as it grows, and what the panels show of it."""

from __future__ import annotations

import contextlib
import math
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.changes import Course
from engine.runs.checkpoint_names import kept
from engine.runs.config import RunConfig, flops_per_token, parameters
from engine.runs.kept_checkpoints import KeptCheckpoint, kept_checkpoints
from engine.runs.known_losses import known_loss
from engine.runs.run_facts import RunFacts, known_facts
from engine.runs.run_folder import LIVE_STATES, RunFolder, Status
from engine.runs.run_names import read_name
from engine.runs.run_reader import News, RunReader
from engine.runs.schedule import learning_rate
from engine.runs.step_columns import STEP_COLUMNS
from engine.shared.language import grouped, mark, said, tr
from engine.shared.local_numbers import percent
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.run_view import UNREADABLE, WENT_WRONG, HeaderView, RunRow, SampleView
from visualizer.pretraining.runs.doubts import Doubts, Found, damaged_words
from visualizer.pretraining.runs.judgement import Judge, Judgement, Spawned
from visualizer.pretraining.runs.kept_records import KeptRecords
from visualizer.pretraining.runs.run_summary import RunSummary

_S_PER_HOUR = 3600
_MANY_STEPS = 50_000  # whose lines take longer to be held against their hashes than a picture
_MS_PER_HOUR = 1000 * _S_PER_HOUR


@dataclass(frozen=True, eq=False)
class RunSnapshot:
    """Everything that is shown of one run, frozen."""

    path: Path
    facts: RunFacts
    status: Status
    header: HeaderView
    curves: Curves
    samples: tuple[SampleView, ...]
    sample_words: str
    checkpoints: tuple[KeptCheckpoint, ...] = ()  # the newest last
    is_known: bool = True  # whether its settings are; else those of `facts` are nobody's
    parent: str = ""  # of a branch: what its parent is called
    origin: str = ""  # of a branch: "branch of shakespeare-nano-1 at step 500"

    @property
    def known_lines(self) -> tuple[tuple[str, str], ...]:
        """What is known beside the settings: tokens of the corpus, checkpoints on the disk."""
        n_tokens = self.facts.n_train_tokens + self.facts.n_validation_tokens
        n_bytes = formatting.n_bytes(sum(one.n_bytes for one in self.checkpoints))
        words = f"{grouped(len(self.checkpoints))}, {n_bytes}"
        lines = [(tr("Corpus in tokens"), grouped(n_tokens))] if n_tokens else []
        if self.checkpoints:
            lines.append((tr("Checkpoints now"), words))
        if self.facts.parent:
            of = tr("Branch of {run}", run=self.parent)
            lines.append((of, tr("step {step}", step=grouped(self.facts.parent_step))))
        return tuple(lines)


class TrackedRun:
    """Reads only what is new at each `poll`. Raises EngineError when the folder is gone or foreign.

    Its records are kept while it `is_shown`; of every other run there is what the list tells of it. `has_more`: records
    lie there that no `poll` has read. `title`: what it is called beside the other runs, `name` at first; of a branch,
    `parent_title` is what its parent is called."""

    def __init__(self, path: Path, *, is_shown: bool = True) -> None:
        self.folder = RunFolder(path)
        self._judged_by = Judge(self.folder)
        self._facts_said: Sentence | None = None  # where they are not what was written into run.json
        self._facts = self._read_facts()
        self.name = self.title = read_name(path)
        self.parent_title = read_name(Path(self._facts.parent)) if self._facts.parent else ""
        self._status = Status(state="starting")
        self._course = Course(self._facts.config)
        self._checkpoints: tuple[KeptCheckpoint, ...] = ()
        self._there: tuple[str, ...] = ()  # the names of all of them, also of those that cannot be read
        self._state, self._sentence, self._is_silent = "starting", "", False
        self._doubts, self._damaged = Doubts(path), tuple[str, ...]()
        self._n_foreign = 0  # records of steps before its first
        self._n_restarts = self._n_looks = 0  # looks at which something new was read
        self.has_more = False
        self._kept: KeptRecords | None = KeptRecords() if is_shown else None
        self._start_reading()

    def _read_facts(self) -> RunFacts:
        known = known_facts(self.folder.path)
        self._facts_said = known.said
        return known.facts

    def poll(self, most_s: float = math.inf) -> bool:
        """Whether anything changed. A run that is not read after `most_s` is read on by the next call."""
        before = (self._status, self._state, self._sentence, self._course.changes, self.name, self._there)
        self.name = read_name(self.folder.path)
        if not self._facts.vocabulary:
            self._facts = self._read_facts()  # the trainer adds what it found out about the corpus
        end_s, is_over, is_new = time.monotonic() + most_s, False, False
        while not is_over:  # a long run part by part: its records take ten times the room of what is kept of them
            news = self._reader.poll()
            self._take(news)
            self.has_more = news.has_more
            is_over = not news.has_more or time.monotonic() >= end_s
            is_new |= bool(news.steps.size or news.evaluations or news.samples or news.restarted)
        self._n_looks += is_new
        self._status = status = self._judged_by.last_of(news.status)
        self._course = Course(self._facts.config, news.changes)
        there = tuple(path.name for path in kept(self.folder.path))  # which another hand may remove, too
        if (status.checkpoint_step, status.state, there) != (before[0].checkpoint_step, before[0].state, self._there):
            self._there = there
            self._checkpoints = kept_checkpoints(self.folder.path)
            with contextlib.suppress(EngineError):  # gone while it trains: what was known of it stays
                self._facts = self._read_facts()  # which a trainer puts right
        self._state, self._sentence, self._is_silent = self._judge()
        self._damaged = news.damaged
        self._sentence = self._sentence_with_doubts(is_new=is_new)
        now = (self._status, self._state, self._sentence, self._course.changes, self.name, self._there)
        return is_new or before != now

    def set_shown(self, is_shown: bool) -> None:
        """Whether the records are kept. Those that are to be and are not are read again from the beginning."""
        if is_shown and self._kept is None:
            self._kept = KeptRecords()
            self._start_reading()
        elif not is_shown:
            self._kept = None

    def close(self, words: str) -> None:
        """Its folder cannot be looked into, for which there are `words`, until the next `poll`; what was read stays."""
        self._state, self._sentence = UNREADABLE, words

    @property
    def _config(self) -> RunConfig:
        """As it was changed last."""
        return self._course.newest

    @property
    def place(self) -> float:
        """By which runs stand in the order in which they were made."""
        return self._facts.place

    @property
    def is_live(self) -> bool:
        """Whether it has not ended: it prepares, trains, waits or is about to stop."""
        return self._state in LIVE_STATES

    @property
    def is_remote(self) -> bool:
        """Whether another machine trains it, in a folder that both see."""
        return self._judged_by.is_remote

    def note_spawned(self, spawned: Spawned | None) -> None:
        """This window started a trainer for it."""
        self._judged_by.spawned = spawned

    def row(self) -> RunRow:
        """The run as one line of the list."""
        words = tr("step {step}, {state}", step=grouped(self._step), state=tr(self._state))
        if self._state in WENT_WRONG or self._is_silent:
            words = self._sentence
        elif self._state == "preparing":
            words = tr("preparing its corpus, {share}", share=percent(self._judged_by.preparing.share))
        parent_step = self._facts.parent_step
        return RunRow(
            path=self.folder.path,
            name=self.title,
            given_name=self.name,
            state=self._state,
            words=words,
            val_loss=self._summary.validation_loss,
            best_loss=self._summary.best.loss,
            best_step=self._summary.best.step,
            spark=self._summary.spark.points,
            pid=self._status.pid,
            is_remote=self.is_remote,
            created=self.place,
            step=self._step,
            n_parameters=parameters(self._facts.config.model).total,
            origin=self._origin_words(),
            short_origin=tr("branch at step {step}", step=grouped(parent_step)) if self._facts.parent else "",
            cannot_go_on=self._judged_by.cannot_go_on,
        )

    def snapshot(self) -> RunSnapshot:
        """The whole run, as it stands; only of one that is shown."""
        config = self._config
        n, every = grouped(config.sample_tokens), grouped(config.sample_every)
        words = tr("{n} tokens every {every} steps", n=n, every=every) if config.sample_every else ""
        return RunSnapshot(
            path=self.folder.path,
            facts=msgspec.structs.replace(self._facts, config=config),
            status=self._status,
            header=self._header(),
            curves=self.curves(),
            samples=tuple(self._kept.samples) if self._kept is not None else (),
            sample_words=words,
            checkpoints=self._checkpoints,
            parent=self.parent_title,
            origin=self._origin_words(),
        )

    def curves(self) -> Curves:
        """The columns as they stand; later records do not change them."""
        config = self._config
        columns: dict[str, np.ndarray] = self._kept.columns() if self._kept is not None else {}
        planned = planned_rates(config)
        is_early = self._state == "finished" and self._status.is_early
        last = self._step if is_early else config.max_steps  # what was planned behind an early end is not to come
        is_ahead = planned[0] <= last
        return Curves(
            name=self.title,
            key=str(self.folder.path),
            n_restarts=self._n_restarts,
            **columns,
            planned_step=planned[0][is_ahead],
            planned_rate=planned[1][is_ahead],
            hours_before=self._facts.parent_elapsed_s / _S_PER_HOUR,
            max_steps=last,
            tokens_per_step=config.tokens_per_step,
            grad_clip=config.grad_clip,
            vocab_size=config.model.vocab_size,
            text=self._facts.hashes.get(self.folder.tokens.name, ""),
            unigram_entropy=self._facts.unigram_entropy or None,
            known_loss=known_loss(config) if not self._facts.config.init_from else None,
            changes=(*self._origin(), *((one.step, formatting.settings(one.settings)) for one in self._course.changes)),
            checkpoints=self._checkpoints,
            is_read=not self.has_more,
        )

    def _origin(self) -> tuple[tuple[int, str], ...]:
        """Where a branch left its parent, a mark like a change."""
        return ((self._facts.parent_step, self._origin_words()),) if self._facts.parent else ()

    def _origin_words(self) -> str:
        if not self._facts.parent:
            return ""
        words = mark("branch of {run} at step {step}")
        return tr(words, run=self.parent_title, step=grouped(self._facts.parent_step))

    @property
    def parent(self) -> Path | None:
        """The folder of the run that it is a branch of."""
        return Path(self._facts.parent) if self._facts.parent else None

    # -- reading

    def _start_reading(self) -> None:
        self._summary = self._new_summary()
        self._reader = RunReader(self.folder, in_columns=True)

    def _new_summary(self) -> RunSummary:
        return RunSummary(self._facts.parent_elapsed_s / _S_PER_HOUR)

    def _take(self, news: News) -> None:
        if news.restarted:
            self._n_restarts += 1
            self._n_foreign = 0
            self._summary = self._new_summary()
            self._kept = KeptRecords() if self._kept is not None else None
        news = self._own(news)
        columns = dict(zip(STEP_COLUMNS, news.steps, strict=True))
        columns["grad_norm"] = columns.pop("gradient_norm")
        hours = np.cumsum(np.maximum(columns.pop("dt_ms"), 0.0)) / _MS_PER_HOUR
        columns["hours"] = hours + self._summary.hours
        self._summary.take(columns, news.evaluations)
        if self._kept is not None:
            self._kept.take(columns, news.evaluations, news.samples)

    def _own(self, news: News) -> News:
        """Without what lies there of steps before a branch began, which its parent made."""
        first = self._facts.parent_step
        if not first:
            return news
        steps = news.steps[:, news.steps[0] > first]
        evaluations = tuple(one for one in news.evaluations if one.step >= first)
        samples = tuple(one for one in news.samples if one.step >= first)
        self._n_foreign += news.steps.shape[1] - steps.shape[1]
        self._n_foreign += len(news.evaluations) + len(news.samples) - len(evaluations) - len(samples)
        return msgspec.structs.replace(news, steps=steps, evaluations=evaluations, samples=samples)

    # -- judging

    def _judge(self) -> Judgement:
        return self._judged_by.judge(self._status, self._facts, self._summary)

    def _sentence_with_doubts(self, *, is_new: bool) -> str:
        """With what is not as it wrote it. A run that crashed or failed may lack what was due at its last step. Of a
        long one the plots come first: a look that brought something new leaves that to the next one."""
        sentence, has_ended = self._sentence, self._state in ("finished", "stopped") and self._status.is_own
        if self.has_more:
            return sentence or tr("Its records are being read: step {step} so far.", step=grouped(self._summary.step))
        if sentence and not has_ended:
            return sentence
        if self.is_live:
            return sentence or damaged_words(self._damaged)
        if is_new and self._summary.n_steps > _MANY_STEPS:
            return sentence
        found = Found(
            self._status, self._course, self._checkpoints, self._facts.parent_step, self._summary, self._kept,
            self._n_foreign, self._damaged, self._n_looks,
        )  # fmt: skip
        facts = said(self._facts_said) if self._facts_said else ""
        return " ".join(filter(None, (sentence, facts, self._doubts.words(found))))

    @property
    def _step(self) -> int:
        return max(self._status.step if self._status.step <= self._config.max_steps else 0, self._summary.step)

    def _header(self) -> HeaderView:
        status, config, summary = self._status, self._config, self._summary
        is_read = bool(summary.step) and not self.has_more  # else the newest numbers are still to come
        is_at_work = self._state == "training" and not self._is_silent
        rate = summary.rate.value if is_at_work and is_read else math.nan
        mfu = flops_per_token(config.model) * rate / status.peak_flops if status.peak_flops else math.nan
        return HeaderView(
            name=self.title,
            state=self._state,
            sentence=self._sentence,
            prepared=self._judged_by.preparing.share if self._state == "preparing" else None,
            step=self._step,
            max_steps=config.max_steps,
            elapsed_s=status.elapsed_s,
            remaining_s=self._remaining_s(),
            train_loss=summary.loss.value if is_read else None,
            val_loss=self._summary.validation_loss,
            tokens_per_second=rate if math.isfinite(rate) else None,
            way=status.way.words if status.way is not None else "",
            mfu=mfu if math.isfinite(mfu) else None,
            peak_flops=status.peak_flops or None,
            memory_bytes=summary.memory_gib * 2**30 if is_read else None,
            is_remote=self.is_remote,
            is_silent=self._is_silent,
            is_not_finite=status.is_not_finite,
            cannot_go_on=self._judged_by.cannot_go_on,
            has_log=os.path.exists(self.folder.path / "log.txt"),
        )

    def _remaining_s(self) -> float | None:
        pace_s = self._summary.pace_s
        if self._state not in ("training", "paused") or self._is_silent or pace_s is None or self.has_more:
            return None
        between_s = self._status.between_steps.left_s(self._config, self._step)
        return pace_s * max(self._config.max_steps - self._step, 0) + between_s


@lru_cache(maxsize=32)  # of a run that trains they are asked for at every look
def planned_rates(config: RunConfig) -> tuple[np.ndarray, np.ndarray]:
    """(steps, learning rates): linear warm-up, then a cosine down to the smallest rate, at most 400 points."""
    step = np.unique(np.append(np.linspace(1, max(config.max_steps, 1), 400).round(), config.warmup_steps))
    step = step[(step >= 1) & (step <= config.max_steps)]
    return step, np.array([learning_rate(config, int(at)) for at in step])
