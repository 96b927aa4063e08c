"""Text from the model, by a random generator of its own: training does not notice."""

from __future__ import annotations

import torch

from engine.train.model import GPT2
from engine.train.tokenizer import Tokenizer


@torch.no_grad()
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
    device = next(model.parameters()).device
    generator = torch.Generator().manual_seed(seed)
    start = tokenizer.encode(prompt).tolist() or [0]
    tokens = torch.tensor([start], device=device)
    was_training = model.training
    model.eval()
    try:
        for _ in range(n_tokens):
            logits = model(tokens[:, -model.config.context_length :])[0, -1, : tokenizer.size]
            best, places = torch.topk(logits.float().cpu() / temperature, min(top_k, logits.shape[0]))
            choice = places[torch.multinomial(torch.softmax(best, 0), 1, generator=generator)]
            tokens = torch.cat([tokens, choice[None].to(device)], dim=1)
    finally:
        model.train(was_training)
    return tokenizer.decode(tokens[0, len(start) :].tolist())
