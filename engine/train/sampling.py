"""Text from the model, by a random generator of its own: training does not notice."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs.prompts import Prompt
from engine.train.finite import not_finite_name
from engine.train.key_values import KeyValues
from engine.train.model import GPT2
from engine.train.tokenizer import Tokenizer

_LEAST_SHOWN, _MOST_SHOWN = 10, 100  # of what could have come, too


class Draw(NamedTuple):
    """One token, its `rank` among all, 1 for the most probable, and what could have come: `best` int64 (n,), the most
    probable first, and the drawn one behind them where it is none of these. Over the whole vocabulary: float64 (V,)."""

    token: int
    rank: int
    best: Tensor
    probabilities: Tensor  # (V,), the softmax of the logits
    chances: Tensor  # (V,), the softmax of logits / temperature over the top k


class Continuation:
    """What a model writes behind `tokens`, one token at each `draw`. Tokens beyond `n_vocabulary` are never drawn.

    The model sees as many of the last tokens as its context has. Its weights may change between two draws, if
    `forget` is called.
    """

    def __init__(self, model: GPT2, tokens: list[int], asked: Prompt, n_vocabulary: int) -> None:
        self.tokens = tokens
        self._model, self._asked = model, asked
        self._n_vocabulary = min(n_vocabulary, model.config.vocab_size)
        self._generator = torch.Generator().manual_seed(asked.seed)
        self._known = KeyValues(model.config, model.wte.weight)

    def forget(self) -> None:
        """What is kept of the tokens so far is of other weights."""
        self._known.n = 0

    @torch.no_grad()
    def logits(self) -> Tensor:
        """Of what follows, float64 (n_vocabulary,) on the CPU. Raises EngineError where one is not finite."""
        seen = self.tokens[-self._model.config.context_length :]
        if len(seen) < len(self.tokens):
            self.forget()  # every token has another position than before
        new = torch.tensor([seen[self._known.n :]], device=self._model.wte.weight.device)
        was_training = self._model.training
        self._model.eval()
        try:
            found = self._model.continued(new, self._known)[0, : self._n_vocabulary].double().cpu()
        finally:
            self._model.train(was_training)
        if not found.isfinite().all():
            raise self._not_finite()
        return found

    def _not_finite(self) -> EngineError:
        if not_finite_name(dict(self._model.named_parameters())):
            return EngineError(
                "prompt.not_finite",
                "The model answers with logits that are not finite: its weights hold NaN or infinity.",
            )
        return EngineError(
            "prompt.too_large",
            "The model answers with logits that are not finite: its weights are so large that products of them have no "
            "number any more.",
        )

    def draw(self) -> Draw:
        """The next token, which the ones after it see."""
        logits, top_k = self.logits(), self._asked.top_k
        n = len(logits)
        n_drawn_from = min(top_k or n, n)
        n_shown = min(max(_LEAST_SHOWN, min(top_k or _MOST_SHOWN, _MOST_SHOWN)), n)
        highest, best = torch.topk(logits, max(n_shown, n_drawn_from if n_drawn_from < n else 0))
        scaled = logits - highest[0]
        if self._asked.temperature:
            scaled /= self._asked.temperature
            if n_drawn_from < n:
                scaled[logits < highest[n_drawn_from - 1]] = -torch.inf
        else:
            scaled[torch.arange(n) != best[0]] = -torch.inf
        chances = torch.softmax(scaled, 0)
        token = int(torch.multinomial(chances, 1, generator=self._generator))
        self.tokens.append(token)
        shown = best[:n_shown].tolist()
        if token not in shown:
            shown.append(token)
        rank = int((logits > logits[token]).sum()) + 1
        return Draw(token, rank, torch.tensor(shown), torch.softmax(logits, 0), chances)


def sample(
    model: GPT2,
    tokenizer: Tokenizer,
    prompt: str,
    n_tokens: int,
    *,
    seed: int,
    temperature: float = 0.8,
    top_k: int = 40,
) -> str:
    """What follows the prompt, `n_tokens` long. Tokens beyond the tokenizer's own are never drawn."""
    asked = Prompt(text=prompt, temperature=temperature, top_k=top_k, seed=seed)
    start = tokenizer.encode(prompt).tolist() or [0]
    continuation = Continuation(model, start, asked, tokenizer.size)
    return tokenizer.decode([continuation.draw().token for _ in range(n_tokens)])
