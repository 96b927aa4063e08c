"""A vocabulary that is padded inside trains, samples, is kept and exported as if it were not."""

from pathlib import Path

import msgspec
import pytest
import torch
from torch import Tensor

from engine.runs.config import PRESETS, GPTConfig
from engine.runs.kept_checkpoints import Progress
from engine.train import checkpoint
from engine.train.foreign_weights import published_tensors
from engine.train.model import GPT2
from engine.train.optimizer import clip_and_step, make_optimizer
from engine.train.sampling import sample
from engine.train.tokenizer import make_tokenizer

CPU = torch.device("cpu")
MODEL = GPTConfig(vocab_size=65, emb_dim=32, n_heads=2, n_layers=2, context_length=16, drop_rate=0.0)
RUN = msgspec.structs.replace(PRESETS["nano"], model=MODEL)
TIED = pytest.mark.parametrize("tied", [True, False])


def _model(*, is_padded: bool, tied: bool = True) -> GPT2:
    model = GPT2(msgspec.structs.replace(MODEL, tied=tied), pads_vocabulary=is_padded)
    model.initialise(torch.Generator().manual_seed(1))
    return model


def _batch(number: int) -> tuple[Tensor, Tensor]:
    tokens = torch.randint(65, (4, 17), generator=torch.Generator().manual_seed(number))
    return tokens[:, :-1], tokens[:, 1:]


def _trained(model: GPT2, n_steps: int = 3) -> tuple[torch.optim.AdamW, list[float]]:
    optimizer, losses = make_optimizer(model, RUN, CPU), []
    for number in range(n_steps):
        loss = model(*_batch(number))
        loss.backward()
        clip_and_step(optimizer, loss.detach(), 1.0)
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
    return optimizer, losses


def _padding(model: GPT2) -> list[Tensor]:
    return [weight.detach()[65:] for weight in (model.wte.weight, model.head.weight)]


@TIED
def test_it_has_rows_of_zeros_up_to_a_multiple_of_64_beside_the_same_weights(tied: bool) -> None:
    plain, padded = (_model(is_padded=is_padded, tied=tied) for is_padded in (False, True))
    assert padded.wte.weight.shape == padded.head.weight.shape == (128, 32)
    assert not any(rows.any() for rows in _padding(padded))
    theirs = padded.own_parameters()
    assert all(torch.equal(theirs[name], own) for name, own in plain.own_parameters().items())


@TIED
def test_losses_and_weights_are_those_without_it_and_its_rows_stay_zero(tied: bool) -> None:
    plain, padded = (_model(is_padded=is_padded, tied=tied) for is_padded in (False, True))
    (_, expected), (_, losses) = _trained(plain), _trained(padded)
    assert losses == pytest.approx(expected, abs=1e-6)
    assert not any(rows.any() for rows in _padding(padded))
    theirs = padded.own_parameters()
    for name, own in plain.own_parameters().items():
        torch.testing.assert_close(theirs[name], own, atol=2e-5, rtol=1e-4)


def test_a_vocabulary_of_whole_tiles_is_left_as_it_is() -> None:
    assert not GPT2(msgspec.structs.replace(MODEL, vocab_size=128), pads_vocabulary=True).is_padded


def test_its_logits_and_samples_know_nothing_of_the_padding() -> None:
    plain, padded = (_model(is_padded=is_padded) for is_padded in (False, True))
    with torch.no_grad():
        padded.norm_f.bias += 3  # the largest logits are anybody's but the padding's, which has 0
        plain.norm_f.bias += 3
    tokens, _ = _batch(0)
    torch.testing.assert_close(padded(tokens), plain(tokens))
    tokenizer = make_tokenizer("characters", "".join(map(chr, range(40, 105))))
    texts = [sample(model, tokenizer, "A", 40, seed=3, top_k=128) for model in (plain, padded)]
    assert texts[0] == texts[1]


@TIED
@pytest.mark.parametrize("saved_padded", [True, False])
def test_a_checkpoint_is_the_same_with_it_and_without(saved_padded: bool, tied: bool, tmp_path: Path) -> None:
    model = _model(is_padded=saved_padded, tied=tied)
    optimizer, _ = _trained(model)
    random = {"torch": torch.get_rng_state(), "batches": torch.Generator().get_state()}
    path = checkpoint.save(tmp_path, model, optimizer, random, Progress(step=3, tokens=1, elapsed_s=0))
    other = _model(is_padded=not saved_padded, tied=tied)
    theirs = make_optimizer(other, RUN, CPU)
    checkpoint.load(path, other, theirs)
    loaded = other.own_parameters()
    assert all(torch.equal(loaded[name], own) for name, own in model.own_parameters().items())
    before, after = (
        clip_and_step(chosen, _loss(trained), 1.0) for trained, chosen in ((model, optimizer), (other, theirs))
    )
    torch.testing.assert_close(before, after)
    loaded = other.own_parameters()
    for name, own in model.own_parameters().items():
        torch.testing.assert_close(loaded[name], own, atol=2e-5, rtol=1e-4)


def _loss(model: GPT2) -> Tensor:
    loss = model(*_batch(9))
    loss.backward()
    return loss.detach()


def test_what_is_exported_has_no_row_of_it() -> None:
    model = _model(is_padded=True)
    tensors = published_tensors(model.own_parameters(), MODEL, 65)
    assert tensors["transformer.wte.weight"].shape == (65, 32)
