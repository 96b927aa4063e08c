"""One prompt and its answer, token by token, as what is told of it."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Iterator

import torch

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.prompts import Begun, Candidate, Drawn, Prompt, Token, check_characters
from engine.train.model import GPT2
from engine.train.sampling import Continuation
from engine.train.step_sentences import is_out_of_memory
from engine.train.tokenizer import CharacterTokenizer, Tokenizer


class Answer:
    """What a model answers to a prompt. Raises EngineError for a prompt that it cannot read."""

    def __init__(self, model: GPT2, tokenizer: Tokenizer, prompt: Prompt) -> None:
        prompt.check()
        if isinstance(tokenizer, CharacterTokenizer):
            check_characters(prompt.text, tokenizer.alphabet)
        self._tokenizer = tokenizer
        self._context_length = model.config.context_length
        self._prompt: list[int] = tokenizer.encode(prompt.text).tolist()
        self._continuation = Continuation(model, list(self._prompt), prompt, tokenizer.size)
        self._decoder = _decoder()
        self._max_tokens = prompt.max_tokens
        self.n_drawn = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is as long as was asked for."""
        return self.n_drawn >= self._max_tokens

    def forget(self) -> None:
        """The weights are others now."""
        self._continuation.forget()

    def begun(self, source: Sentence | str) -> Begun:
        """What is told before its first token."""
        seen = self._prompt[-self._context_length :]
        prompt, decoder = tuple(self._token(token) for token in seen), _decoder()
        adds = tuple(decoder.decode(self._tokenizer.bytes_of(token)) for token in seen)
        return Begun(source, prompt, adds, len(self._prompt) - len(seen), self._context_length, self._tokenizer.size)

    def draw(self, step: int) -> Drawn:
        """Its next token, by weights of `step`. Raises EngineError where these are not finite."""
        draw = self._continuation.draw()
        self.n_drawn += 1
        of_candidates = draw.probabilities[draw.best].tolist(), draw.chances[draw.best].tolist()
        candidates = tuple(
            Candidate(self._token(token), probability, chance)
            for token, probability, chance in zip(draw.best.tolist(), *of_candidates, strict=True)
        )
        others = [float(all_of.index_fill(0, draw.best, 0.0).sum()) for all_of in (draw.probabilities, draw.chances)]
        adds = self._decoder.decode(self._tokenizer.bytes_of(draw.token), final=self.is_whole)
        return Drawn(self._token(draw.token), adds, draw.rank, candidates, others[0], others[1], step)

    def _token(self, token: int) -> Token:
        return Token(token, self._tokenizer.bytes_of(token).decode("utf-8", "backslashreplace"))


def _decoder() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")("replace")


@contextlib.contextmanager
def half_the_threads() -> Iterator[None]:
    """A token at a time is little work: on a machine that does something else as well, threads wait for each other."""
    n_threads = torch.get_num_threads()
    torch.set_num_threads(max(n_threads // 2, 1))
    try:
        yield
    finally:
        torch.set_num_threads(n_threads)


def failure(error: Exception) -> Sentence:
    """Why there is no answer, or no more of it."""
    if isinstance(error, EngineError):
        return error.sentence
    if is_out_of_memory(error):
        return Sentence.of("prompt.no_memory", "There is not enough memory to answer this prompt.")
    return Sentence.of(
        "prompt.failed",
        "The prompt could not be answered: {type_name}: {message}.",
        type_name=type(error).__name__,
        message=next(iter(str(error).splitlines()), "").rstrip("."),
    )
