"""A step's sequences in parts that the memory has room for, and the compiled step that takes over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from torch import Tensor

from engine.protocol.sentence import Sentence
from engine.runs.config import PRESETS, GPTConfig, RunConfig
from engine.runs.step_way import StepWay
from engine.train import compiling
from engine.train.batches import Batches
from engine.train.compiling import Compiling, options
from engine.train.gradients import Gradients
from engine.train.micro_batches import Plan, Split, plan
from engine.train.model import GPT2
from engine.train.random_states import random_states
from tests.patience import until

CPU = torch.device("cpu")
GIB = 2**30
MODEL = GPTConfig(vocab_size=65, emb_dim=16, n_heads=2, n_layers=1, context_length=8, drop_rate=0.0)
RUN = msgspec.structs.replace(PRESETS["nano"], model=MODEL, batch_size=16, grad_accumulation=1)
CORPUS = np.random.default_rng(0).integers(0, 65, 4000).astype(np.uint16)


class Told:
    """What a Gradients tells."""

    def __init__(self) -> None:
        self.ways: list[StepWay] = []
        self.said: list[str] = []

    def __call__(self, way: StepWay, said: Sentence | None) -> None:
        self.ways.append(way)
        if said is not None:
            self.said.append(said.text)


@contextmanager
def stepping(chosen: Plan, told: Callable[..., Any], model: GPTConfig = MODEL) -> Iterator[Gradients]:
    """The same weights, batches and dropout each time."""
    torch.manual_seed(3)
    net = GPT2(model)
    net.initialise(torch.Generator().manual_seed(1))
    gradients = Gradients(net, Batches(CORPUS, RUN, CPU, seed=4), chosen, CPU, told)
    gradients.begin(1)
    yield gradients
    gradients.close()


def made(gradients: Gradients, step: int = 1) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss and the gradients of a step; none is left."""
    loss = gradients.make(step)
    found = {name: parameter.grad.clone() for name, parameter in gradients.model.named_parameters()}
    gradients.model.zero_grad()
    return loss, found


def assert_alike(one: tuple[Tensor, dict[str, Tensor]], other: tuple[Tensor, dict[str, Tensor]]) -> None:
    torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-5)


def refusing(gradients: Gradients, most: int) -> None:
    """As a card does that has room for `most` sequences."""

    def refuse(_module: Any, inputs: tuple[Tensor, ...]) -> None:
        torch.rand(1)  # some of the step is made already, and dropout drawn
        if len(inputs[0]) > most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")

    gradients.model.register_forward_pre_hook(refuse)


@pytest.mark.parametrize(
    ("preset", "free_gib", "compiled", "eager"),
    [
        ("124M", 79, Split(64, 1), Split(32, 2)),  # an H100: 65,536 tokens at once
        ("124M", 139, Split(64, 1), Split(64, 1)),
        ("124M", 39, Split(64, 1), Split(4, 16)),
        ("124M", 23, Split(32, 2), Split(4, 16)),
        ("355M", 79, Split(64, 1), Split(4, 16)),
        ("1558M", 139, Split(32, 2), Split(4, 16)),
        ("nano", 79, Split(12, 1), Split(12, 1)),
    ],
)
def test_a_card_takes_as_much_at_once_as_its_memory_holds(
    preset: str, free_gib: int, compiled: Split, eager: Split
) -> None:
    assert plan(PRESETS[preset], free_gib * GIB) == Plan(eager, compiled)


def test_where_a_second_process_has_no_room_the_run_compiles_itself() -> None:
    assert plan(PRESETS["1558M"], 79 * GIB) == Plan(Split(8, 8), Split(16, 4), is_beside=False)
    assert plan(PRESETS["124M"], 7 * GIB) == Plan(Split(4, 16), Split(8, 8), is_beside=False)


def test_the_tokens_of_a_step_are_as_asked_for_however_they_are_written() -> None:
    as_one = msgspec.structs.replace(PRESETS["124M"], batch_size=64, grad_accumulation=1)
    assert plan(as_one, 23 * GIB) == plan(PRESETS["124M"], 23 * GIB)


@pytest.mark.parametrize(("asked", "compiled"), [(None, None), (False, None), (True, Split(16, 4))])
def test_without_a_card_the_parts_are_as_asked_for_and_nothing_is_compiled_unasked(
    asked: bool | None, compiled: Split | None
) -> None:
    run = msgspec.structs.replace(PRESETS["124M"], compile=asked)
    assert plan(run, None) == Plan(Split(16, 4), compiled)


def test_a_card_compiles_unless_told_not_to() -> None:
    assert plan(msgspec.structs.replace(PRESETS["nano"], compile=False), 79 * GIB).compiled is None


@pytest.mark.parametrize(("split", "smaller"), [((64, 1), (32, 2)), ((9, 2), (3, 6)), ((7, 1), (1, 7)), ((1, 5), None)])
def test_a_smaller_micro_batch_is_at_most_half_and_divides_the_step(
    split: tuple[int, int], smaller: tuple[int, int] | None
) -> None:
    assert Split(*split).smaller() == smaller


def test_gradients_of_one_micro_batch_and_of_several_are_alike() -> None:
    found = []
    for split in (Split(16, 1), Split(4, 4), Split(1, 16)):
        with stepping(Plan(split, None), Told()) as gradients:
            found.append(made(gradients))
    assert_alike(found[0], found[1])
    assert_alike(found[0], found[2])


def test_a_step_that_does_not_fit_is_made_again_in_smaller_parts_with_the_same_batch_and_dropout() -> None:
    dropping = msgspec.structs.replace(MODEL, drop_rate=0.2)
    told = Told()
    with stepping(Plan(Split(16, 1), None), told, dropping) as gradients:
        refusing(gradients, 4)
        found = [made(gradients, step) for step in (1, 2)]
        after = random_states(gradients.batches, CPU)
    assert [(way.micro_batch, way.n_micro_batches, way.reason) for way in told.ways] == [
        (16, 1, ""), (8, 2, "out of memory"), (4, 4, "out of memory")
    ]  # fmt: skip
    assert told.said[-1] == (
        "There was not enough memory for 8 sequences at once: a step now takes 4 times 4, which are as many in all."
    )
    with stepping(Plan(Split(4, 4), None), Told(), dropping) as gradients:
        refusing(gradients, 4)
        for one, other in zip(found, (made(gradients, step) for step in (1, 2)), strict=True):
            assert torch.equal(one[0], other[0])
            assert all(torch.equal(one[1][name], gradient) for name, gradient in other[1].items())
        expected = random_states(gradients.batches, CPU)
    assert all(torch.equal(after[name], state) for name, state in expected.items())


def test_what_not_even_one_sequence_fits_into_is_an_error() -> None:
    with stepping(Plan(Split(2, 8), None), Told()) as gradients:
        refusing(gradients, 0)
        with pytest.raises(torch.OutOfMemoryError):
            gradients.make(1)


def test_other_errors_of_a_step_are_the_persons_to_see() -> None:
    with stepping(Plan(Split(2, 8), None), Told()) as gradients:
        gradients.model.register_forward_pre_hook(lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            gradients.make(1)


def test_a_compiled_step_that_fails_gives_way_to_the_eager_one_with_its_reason(monkeypatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("No working C++ compiler found in torch._inductor.config.cpp.cxx: (None, 'g++')")

    monkeypatch.setattr(compiling, "_BACKEND", broken)
    told = Told()
    with stepping(Plan(Split(4, 4), Split(16, 1), is_beside=False), told) as gradients:
        found = made(gradients)
    assert [(way.is_compiled, way.micro_batch) for way in told.ways] == [(True, 16), (False, 4)]
    assert told.said == [
        "The step could not be compiled: no working C++ compiler was found. Training goes on with uncompiled steps, "
        "which are slower."
    ]
    with stepping(Plan(Split(4, 4), None), Told()) as gradients:
        assert_alike(found, made(gradients))


def test_eager_steps_are_made_until_the_compiled_one_is_ready_and_takes_over(monkeypatch) -> None:
    monkeypatch.setattr(compiling, "_BACKEND", "aot_eager")  # Inductor takes half a minute
    told = Told()
    with (
        stepping(Plan(Split(4, 4), Split(16, 1)), told) as gradients,
        stepping(Plan(Split(16, 1), None), Told()) as plain,
    ):
        assert told.ways[0].words == "4 × 4 sequences a step, eager while it is compiled"
        assert_alike(made(gradients), made(plain))
        until(lambda: gradients._compiling.outcome() is not None, "a compiled step")
        for step in (2, 3):
            assert_alike(made(gradients, step), made(plain, step))
    assert [way.words for way in told.ways[1:]] == ["16 × 1 sequences a step, compiled"]
    assert told.said == []


def test_where_nothing_can_be_compiled_eager_steps_go_on_and_the_reason_is_told() -> None:
    told = Told()
    with stepping(Plan(Split(16, 1), None), told) as gradients:
        gradients._compiling = Compiling(gradients.model, Split(16, 1), torch.device("vulkan"))  # is not there
        until(lambda: gradients._compiling.outcome() is not None, "its reason")
        made(gradients, 2)
        made(gradients, 3)
    assert [(way.step, way.is_compiled, way.is_compiling) for way in told.ways[1:]] == [(2, False, False)]
    assert told.ways[1].reason.startswith("RuntimeError: PyTorch is not linked")
    assert told.said == [
        f"The step could not be compiled: {told.ways[1].reason}. Training goes on with uncompiled steps, which are "
        "slower."
    ]


def test_a_run_that_ends_earlier_ends_the_process_that_compiles() -> None:
    other = Compiling(GPT2(MODEL), Split(16, 1), CPU)
    other.close()
    assert other._process.returncode is not None


@pytest.mark.parametrize(
    ("preset", "split", "mode"),
    [("nano", Split(12, 1), "reduce-overhead"), ("nano", Split(6, 2), "default"), ("124M", Split(64, 1), "default")],
)
def test_small_models_run_as_cuda_graphs_where_no_gradients_are_summed_up(preset: str, split: Split, mode: str) -> None:
    run: RunConfig = PRESETS[preset]
    with torch.device("meta"):
        model = GPT2(run.model)
    assert options(model, split, torch.device("cuda"))["mode"] == mode
    assert options(model, split, CPU)["mode"] == "default"
