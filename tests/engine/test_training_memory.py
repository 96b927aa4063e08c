"""The arithmetic of a run's memory against what PyTorch keeps, and against what a card was seen to take."""

import pytest
import torch
from torch import Tensor

from engine.runs.config import GPTConfig, parameters
from engine.runs.memory import training_memory
from engine.train.model import GPT2

GIB = 2**30
PADDED = GPTConfig(vocab_size=50_304, drop_rate=0.0)


def saved_bytes(config: GPTConfig, n_sequences: int) -> int:
    """Of the storages that a forward pass keeps for backward, the parameters' left out."""
    model = GPT2(config)
    owned = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    seen: dict[int, Tensor] = {}

    def pack(tensor: Tensor) -> Tensor:
        if tensor.untyped_storage().data_ptr() not in owned:
            seen[tensor.untyped_storage().data_ptr()] = tensor
        return tensor

    tokens = torch.zeros(n_sequences, config.context_length, dtype=torch.long)
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        loss = model(tokens, tokens)
    assert loss.requires_grad
    return sum(tensor.untyped_storage().nbytes() for tensor in seen.values())


@pytest.mark.parametrize("drop_rate", [0.0, 0.1])
@pytest.mark.parametrize("context_length", [32, 128])
@pytest.mark.parametrize("vocab_size", [65, 1000])
def test_activations_are_what_the_model_saves_for_backward(
    vocab_size: int, context_length: int, drop_rate: float
) -> None:
    config = GPTConfig(
        vocab_size=vocab_size, context_length=context_length, emb_dim=128, n_heads=4, n_layers=4, drop_rate=drop_rate
    )
    known = training_memory(config, 4, "float32")
    log_softmax = known.logits / 3  # the part of it that is saved
    assert known.activations + log_softmax == pytest.approx(saved_bytes(config, 4), rel=0.1)


@pytest.mark.parametrize(
    ("way", "n_sequences", "drop_rate", "peak_gib"),
    [
        ("autocast", 16, 0.1, 15.3),
        ("compiled", 16, 0.0, 8.9),
        ("compiled", 32, 0.0, 15.6),
        ("compiled", 64, 0.0, 28.5),
        ("compiled", 64, 0.1, 29.7),
    ],
)
def test_the_peak_is_that_of_an_h100(way: str, n_sequences: int, drop_rate: float, peak_gib: float) -> None:
    model = GPTConfig(vocab_size=PADDED.vocab_size, drop_rate=drop_rate)
    assert training_memory(model, n_sequences, way).total / GIB == pytest.approx(peak_gib, rel=0.1)


def test_weights_gradients_and_moments_take_sixteen_bytes_a_parameter() -> None:
    memory = training_memory(PADDED, 1, "float32")
    assert memory.weights + memory.gradients + memory.moments == 16 * parameters(PADDED).total
