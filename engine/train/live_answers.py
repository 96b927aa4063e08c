"""How a trainer answers prompts between two of its steps, on a random generator of its own."""

from __future__ import annotations

import time

from engine.protocol.sentence import Sentence
from engine.runs.prompts import Ended, Refused
from engine.train.answer import Answer, failure, half_the_threads
from engine.train.live_prompts import Asked, LivePrompts, not_training
from engine.train.model import GPT2
from engine.train.tokenizer import Tokenizer

_LEAST_S = 1.0  # that it draws for at once: nearly every answer is whole then, and so of the same weights
_SHARE = 0.1  # of what a step takes, where that is more


class LiveAnswers:
    """Whoever asks is answered in turn, one prompt between two steps. For the training loop's thread."""

    def __init__(self, prompts: LivePrompts, model: GPT2, tokenizer: Tokenizer, run: str) -> None:
        self._prompts, self._model, self._tokenizer, self._run = prompts, model, tokenizer, run
        self._asked: Asked | None = None  # whose answer is not whole yet
        self._answer: Answer | None = None
        self._step = 0  # whose weights drew last
        self._took_s = 0.0

    @property
    def is_due(self) -> bool:
        """Whether there is something to answer."""
        return self._asked is not None or self._prompts.is_waiting

    def go_on(self, step: int, step_s: float) -> None:
        """Answer with the weights of `step` for a moment, or until an answer is whole. `step_s` is what a step takes.
        Whatever fails is told to the one who asked."""
        start_s = time.monotonic()
        if self._asked is None:
            self._asked, self._answer, self._took_s = self._prompts.next(), None, 0.0
        if self._asked is None:
            return
        end_s = start_s + max(_LEAST_S, _SHARE * step_s)
        try:
            with half_the_threads():
                is_over = self._draw(self._asked, step, end_s)
        except Exception as error:  # training has to go on, whatever a prompt does
            self._asked.tell(Refused.of(failure(error)))
            is_over = True
        self._took_s += time.monotonic() - start_s
        if is_over:
            if self._answer is not None and self._answer.is_whole:
                self._asked.tell(Ended(self._answer.n_drawn, self._took_s))
            self._asked.end()
            self._asked = self._answer = None

    def end(self) -> None:
        """The run ends: what is not whole stays so."""
        if self._asked is not None:
            self._asked.tell(Refused.of(not_training()))
            self._asked.end()
            self._asked = self._answer = None
        self._prompts.end()

    def _draw(self, asked: Asked, step: int, end_s: float) -> bool:
        """Whether the answer is over."""
        if self._answer is None:
            self._answer = Answer(self._model, self._tokenizer, asked.prompt)
            asked.tell(self._answer.begun(_live(self._run, step)))
        elif step != self._step:
            self._answer.forget()
        self._step = step
        while asked.is_wanted:
            asked.tell(self._answer.draw(step))
            if self._answer.is_whole:
                return True
            if time.monotonic() > end_s:
                return False
        return True


def _live(run: str, step: int) -> Sentence:
    return Sentence.phrase("weights.live", "{run} at step {step:,}, its live weights", run=run, step=step)
