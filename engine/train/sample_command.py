"""`python -m engine sample` and `visualizer sample`: a prompt is answered, token by token.

With `--served`, which is the window's, prompts come as lines of JSON on stdin, each with whose weights are asked, and
what is told of their answers goes out as such lines. What is wrong with a prompt or with weights is said before torch
is imported, which takes seconds.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from engine.protocol.errors import EngineError
from engine.runs.ask_trainer import ask_trainer
from engine.runs.checkpoint_choice import BEST, LIVE, NEWEST
from engine.runs.prompts import AnswerLine, Begun, Drawn, Loading, Prompt, Refused, check_characters
from engine.runs.run_folder import RunFolder
from engine.runs.typed_numbers import read_number
from engine.runs.weights import find_weights
from engine.shared.language import mark, tr
from engine.shared.terminal import Parser, follow_environment, tell
from engine.train.served_prompts import PYTORCH_STARTS, ServedPrompts

_NUMBERS = {
    "temperature": mark("0 always takes the most probable token, 1 draws as the model says"),
    "top_k": mark("draw among so many of the most probable tokens; 0 draws among all"),
    "seed": mark("where the random numbers start; the same seed gives the same text"),
    "max_tokens": mark("how many tokens to write"),
}
_STEP = re.compile(r"[0-9]{1,12}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3}")  # as it is told, 1,000, too
Answerer: TypeAlias = Callable[[Prompt, Callable[[], bool]], Iterator[AnswerLine]]


def main(argv: list[str]) -> int:
    """Answer, and return 0; 1 with one sentence where that could not be done, 130 after Ctrl+C."""
    follow_environment()
    options = vars(_parser(is_served="--served" in argv).parse_args(argv))
    try:
        if options["served"]:
            return _serve()
        which = _which(options["checkpoint"])
        numbers = {name: read_number(name, options[name]) for name in _NUMBERS if options[name] is not None}
        return _answer(options["weights"], which, Prompt(text=options["prompt"], **numbers))  # type: ignore[arg-type]
    except EngineError as error:
        tell(error)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read has enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser(*, is_served: bool) -> Parser:
    parser = Parser("visualizer sample", tr("Have a model go on from a prompt, token by token."))
    if not is_served:
        words = tr("the folder of a run, or a Hugging Face folder with a GPT-2")
        parser.add_argument("weights", type=Path, metavar="RUN|FOLDER", help=words)
    parser.add_argument("--prompt", default="", help=tr("what the model goes on from"))
    parser.add_argument(
        "--checkpoint",
        default=NEWEST,
        metavar="newest|best|live|STEP",
        help=tr("of a run; live are the weights of one that trains, whose trainer then answers"),
    )
    for name, words in _NUMBERS.items():
        default = getattr(Prompt(text=""), name)
        told = tr("{words}; {value} unless given", words=tr(words), value=default)
        parser.add_argument("--" + name.replace("_", "-"), metavar="N", help=told)
    parser.add_argument("--served", action="store_true", help=argparse.SUPPRESS)
    return parser


def _which(text: str) -> str | int:
    if text in (NEWEST, BEST, LIVE):
        return text
    if _STEP.fullmatch(text):
        return int(text.replace(",", ""))
    raise EngineError(
        "sample.no_such_checkpoint",
        "There is no checkpoint {text!r}: name newest, best, live, or a step.",
        text=text,
    )


def _answer(path: Path, which: str | int, prompt: Prompt) -> int:
    """In a terminal: what is told of the weights on stderr, the text alone on stdout."""
    prompt.check()
    answer, is_begun = _answerer(path.absolute(), which, lambda told: None, prompt), False
    try:
        for told in answer(prompt, lambda: False):
            if isinstance(told, Refused):
                raise EngineError.saying(told.said)
            if isinstance(told, Begun | Loading):
                tell(told.words)
            if isinstance(told, Begun | Drawn):
                is_begun = True
                print(told.adds if isinstance(told, Drawn) else prompt.text, end="", flush=True)
    finally:
        if is_begun:
            print(flush=True)
    return 0


def _serve() -> int:
    """For the window: prompts on stdin, lines on stdout, until stdin is closed. The weights of the last prompt stay for
    the next, and torch for every other."""
    served = ServedPrompts(_models)
    answer: Answerer | None = None
    of: tuple[str, str | int] | None = None
    while (asked := served.next()) is not None:
        try:
            if answer is None or asked.of != of:
                answer = None  # before others are read: there may be room for one alone
                answer, of = _answerer(Path(asked.of[0]), asked.of[1], served.tell, None), asked.of
            for told in answer(asked.prompt, asked.is_stopped):
                served.tell(told)
        except EngineError as error:
            served.tell(Refused.of(error.sentence))
    return 0


def _answerer(path: Path, which: str | int, tell: Callable[[AnswerLine], None], prompt: Prompt | None) -> Answerer:
    """What answers prompts; the first one may be known already. Raises EngineError."""
    if which == LIVE:
        return partial(ask_trainer, RunFolder(path))
    weights = find_weights(path, which)
    if prompt is not None and weights.alphabet:
        check_characters(prompt.text, weights.alphabet)
    if "torch" not in sys.modules:
        tell(Loading(PYTORCH_STARTS))
    models = _models()  # a run that trains may have other checkpoints by then
    if isinstance(which, str) and weights.folder is None:
        return models.NewestModel(path, which, tell).answer
    return models.LoadedModel(find_weights(path, which), tell).answer


def _models() -> ModuleType:
    """Only when they are needed: torch takes seconds, on a busy machine a minute."""
    return importlib.import_module("engine.train.loaded_model")
