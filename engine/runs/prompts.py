"""A prompt that a person has a model answer, and the answer token by token: lines of JSON. No torch."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Arguments, Sentence
from engine.runs.config_rules import check_numbers
from engine.shared.language import grouped, said, tr
from engine.shared.phrases import with_more

MOST_CHARACTERS = 200_000  # of a prompt
STOP = b"stop"  # in the place of an Asked: the newest answer is wanted no more
WARM = b"warm"  # the same: a prompt is being typed, so that torch may be imported
_MOST_NAMED = 10  # characters without a token


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. `temperature` 0 always takes the most probable token, `top_k` 0 draws among all of them."""

    text: str
    temperature: float = 0.8
    top_k: int = 40
    seed: int = 1337
    max_tokens: int = 200

    def check(self) -> None:
        """Raises EngineError, of a number ConfigError, with one sentence."""
        if not self.text:
            raise EngineError("prompt.empty", "The prompt is empty: type what the model shall go on from.")
        if len(self.text) > MOST_CHARACTERS:
            raise EngineError(
                "prompt.too_long",
                "The prompt has {n:,} characters; at most {most:,} are read.",
                n=len(self.text),
                most=MOST_CHARACTERS,
            )
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            raise EngineError("prompt.no_text", "The prompt is no text: its bytes are not UTF-8.") from error
        check_numbers(self)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A prompt, and whose weights shall answer it: those of a run's folder or of a Hugging Face folder; `which` of a
    run as `visualizer sample --checkpoint` takes it."""

    path: str
    which: str | int
    prompt: Prompt


class Token(msgspec.Struct, frozen=True, array_like=True):
    """One token. `text` is that of its bytes; those of no whole character stand as "\\xe2"."""

    number: int
    text: str


class Candidate(msgspec.Struct, frozen=True, array_like=True):
    """What may come next. `probability` is the softmax of the logits over all tokens of the tokenizer, `chance` that
    of being drawn, after temperature and top-k."""

    token: Token
    probability: float
    chance: float


class Loading(msgspec.Struct, frozen=True, tag="loading"):
    """What an answer waits for, and which share of it is done, where that is known."""

    said: Sentence
    share: float | None = None

    @property
    def words(self) -> str:
        """In the language in use."""
        return said(self.said)


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """An answer begins. `prompt` is what the model sees of it, its last tokens, and `adds` what the text gains by each;
    `n_unseen` come before these."""

    source: Sentence | str  # whose weights answer, "shakespeare-nano-1 at step 500"
    prompt: tuple[Token, ...]
    adds: tuple[str, ...]
    n_unseen: int
    context_length: int
    n_vocabulary: int  # tokens that there are

    @property
    def words(self) -> str:
        """In the language in use: whose weights answer, and which part of the prompt they see where that is not all."""
        if not self.n_unseen:
            return f"{said(self.source)}."
        return tr(
            "{source}. The model sees the last {n_seen} of the prompt's {n} tokens: its context is full.",
            source=said(self.source),
            n_seen=grouped(len(self.prompt)),
            n=grouped(len(self.prompt) + self.n_unseen),
        )


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """The next token. `adds` is what the text gains by it: none while a character is not whole. `candidates` are the
    most probable ones in their order, and the drawn one, if it is none of these, behind them."""

    token: Token
    adds: str
    rank: int  # among all tokens, 1 for the most probable
    candidates: tuple[Candidate, ...]
    other_probability: float  # of all tokens that are no candidates
    other_chance: float
    step: int  # of the weights


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """An answer ends: it is as long as was asked for, or was stopped."""

    n_tokens: int
    took_s: float
    is_stopped: bool = False


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """There is no answer, or no more of it."""

    sentence: str
    code: str = ""
    arguments: Arguments = {}

    @classmethod
    def of(cls, said: Sentence) -> Refused:
        """For this reason."""
        return cls(said.text, said.code, said.arguments)

    @property
    def said(self) -> Sentence:
        """The reason."""
        return Sentence(self.code, self.sentence, self.arguments)


AnswerLine: TypeAlias = Loading | Begun | Drawn | Ended | Refused
_decoder: msgspec.json.Decoder[AnswerLine] = msgspec.json.Decoder(AnswerLine)


def line_of(told: AnswerLine) -> bytes:
    """As one line."""
    return msgspec.json.encode(told) + b"\n"


def read_line(line: bytes) -> AnswerLine:
    """What `line_of` wrote. Raises msgspec.DecodeError for anything else."""
    return _decoder.decode(line)


def missing_characters(text: str, alphabet: str) -> Sentence | str:
    """What of a text has no token, named: "'ü', '☃'"; "" where nothing is."""
    missing = [repr(character) for character in dict.fromkeys(text) if character not in alphabet]
    return with_more(", ".join(missing[:_MOST_NAMED]), len(missing) - _MOST_NAMED)


def check_characters(text: str, alphabet: str) -> None:
    """Of a model over characters. Raises EngineError that names those without a token."""
    missing = missing_characters(text, alphabet)
    if missing:
        raise EngineError(
            "prompt.not_in_alphabet",
            "The prompt has {characters}, not in the corpus of the model, and so without a token.",
            characters=missing,
        )
