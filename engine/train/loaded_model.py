"""A model in the memory of this process, with the weights of a checkpoint or of a Hugging Face folder."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.config import GPTConfig
from engine.runs.kept_checkpoints import GONE
from engine.runs.meter import Meter
from engine.runs.prompts import AnswerLine, Ended, Loading, Prompt, Refused
from engine.runs.weights import Weights, find_weights
from engine.shared.numbers import scaled
from engine.train import checkpoint, device
from engine.train.answer import Answer, failure, half_the_threads
from engine.train.foreign_weights import load_weights
from engine.train.model import GPT2
from engine.train.tokenizer import make_tokenizer

Tell = Callable[[AnswerLine], None]
_UNITS = ("B", "kB", "MB", "GB")
_INTERVAL_S = 0.1  # between two words about how far it is


class LoadedModel:
    """In float32, on a card that has room for it twice, else on the CPU. Raises EngineError where a file is damaged or
    of another model."""

    def __init__(self, weights: Weights, tell: Tell) -> None:
        self._words, self._step = weights.words, weights.step
        model = _without_weights(weights.model)
        _fill(model, weights, _Told(tell))
        n_bytes = sum(parameter.nbytes for parameter in model.parameters())
        self._model = model.to(_device(n_bytes)).eval()
        self._tokenizer = make_tokenizer(weights.tokenizer, weights.alphabet)

    def answer(self, prompt: Prompt, is_stopped: Callable[[], bool]) -> Iterator[AnswerLine]:
        """What is told of an answer, until it is whole or stopped; whatever fails is told, too."""
        start_s = time.monotonic()
        try:
            answer = Answer(self._model, self._tokenizer, prompt)
            yield answer.begun(self._words)
            while not answer.is_whole and not is_stopped():
                with half_the_threads():
                    drawn = answer.draw(self._step)
                yield drawn
        except Exception as error:
            yield Refused.of(failure(error))
        else:
            yield Ended(answer.n_drawn, time.monotonic() - start_s, is_stopped=not answer.is_whole)


class NewestModel:
    """The newest checkpoint of a run or its best, as it is when a prompt comes: what is read once is read again when
    there is another one."""

    def __init__(self, path: Path, which: str, tell: Tell) -> None:
        self._path, self._which, self._tell = path, which, tell
        self._checkpoint: Path | None = None
        self._load()

    def answer(self, prompt: Prompt, is_stopped: Callable[[], bool]) -> Iterator[AnswerLine]:
        """As `LoadedModel.answer`. Raises EngineError where the weights cannot be read."""
        self._load()
        yield from self._loaded.answer(prompt, is_stopped)

    def _load(self) -> None:
        while True:
            weights = find_weights(self._path, self._which)
            if weights.checkpoint is not None and weights.checkpoint == self._checkpoint:
                return
            try:
                self._loaded, self._checkpoint = LoadedModel(weights, self._tell), weights.checkpoint
            except EngineError as error:  # dropped by its trainer, which has written another
                if error.sentence.code != GONE or weights.checkpoint == self._path:
                    raise
            else:
                return


class _Told(Meter):
    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._n_bytes = self._n_read = 0
        self._told_s = -_INTERVAL_S

    def begin(self, n_bytes: int) -> None:
        self._n_bytes = n_bytes
        self.read(0)

    def read(self, n_bytes: int) -> None:
        self._n_read += n_bytes
        if time.monotonic() - self._told_s >= _INTERVAL_S:
            self._told_s = time.monotonic()
            share = min(self._n_read / max(self._n_bytes, 1), 1.0)
            size = scaled(self._n_bytes, _UNITS)
            self._tell(Loading(Sentence.of("weights.being_read", "The weights are read, {size}.", size=size), share))


def _without_weights(config: GPTConfig) -> GPT2:
    """Its parameters hold anything: to draw random ones takes longer than to read them."""
    with torch.device("meta"):
        model = GPT2(config)
    model.to_empty(device="cpu")
    if config.tied:
        model.head.weight = model.wte.weight  # two of their own by now
    return model


def _fill(model: GPT2, weights: Weights, meter: Meter) -> None:
    if weights.folder is not None:
        files = {place.file for place in weights.folder.tensors.values()}
        meter.begin(sum(file.stat().st_size for file in files))
        load_weights(weights.folder, model, meter)
    if weights.checkpoint is not None:
        with contextlib.suppress(OSError):  # reading it says what is wrong
            meter.begin((weights.checkpoint / checkpoint.MODEL).stat().st_size)
        tensors = checkpoint.read_weights(weights.checkpoint, model, meter)
        for name, parameter in model.named_parameters():
            parameter.data = tensors[name]


def _device(n_bytes: int) -> torch.device:
    chosen = device.choose("auto")
    free = device.free_bytes(chosen)
    return torch.device("cpu") if free is not None and free < 2 * n_bytes else chosen
