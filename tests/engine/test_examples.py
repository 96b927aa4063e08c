"""The programs of File > Examples do what their first lines say, one after the other in one engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.shared.assets import asset
from tests.engine.client import Client

EXAMPLES = sorted(path.stem for path in asset("examples").glob("*.py"))


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def text_of(name: str) -> str:
    return (asset("examples") / f"{name}.py").read_text("utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_without_an_error(engine: Client, name: str) -> None:
    finished = engine.run(text_of(name))[-1]
    assert isinstance(finished, m.Finished) and finished.error is None


def printed(engine: Client, text: str) -> str:
    return "".join(event.text for event in engine.run(text) if isinstance(event, m.Output))


def test_examples_show_what_they_are_for(engine: Client) -> None:
    by_hand, by_grad, by_backward = printed(engine, text_of("neuron")).splitlines()
    assert by_hand.split(" tensor")[1] == by_grad.split(" tensor")[1] == by_backward.split(" tensor")[1]
    text = text_of("not_a_number") + "\nprint(loss.isfinite().item(), x.grad.isnan().tolist())"
    assert printed(engine, text).strip() == "True [False, False, True, True]"
    assert text_of("recurrent").splitlines()[11].strip().startswith("a = ")  # the line that its first one names
    assert "accuracy 100%" in printed(engine, text_of("training_loop"))
