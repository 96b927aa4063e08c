"""The norm of a large gradient, measured where it is handed on and shown where it arrives."""

from __future__ import annotations

import pytest
import torch

from engine.autograd.passes.gradients import STEPPED_CLONE_BYTES, Gradients

KNOWN = 7.0  # what was measured, as no measuring would find it


@pytest.fixture
def gradients() -> Gradients:
    return Gradients(lambda: 1 << 30, STEPPED_CLONE_BYTES)


@pytest.fixture
def sent(gradients: Gradients) -> torch.Tensor:
    """Kept by reference, on its way to node 3."""
    sent = torch.ones(1024, 512)
    gradients.add_part(3, 0, sent, sender=1, place=0, norm=KNOWN)
    return sent


def test_it_is_measured_once(gradients: Gradients, sent: torch.Tensor) -> None:
    gradients.arrive(3, [sent])
    assert gradients.norm(3) == KNOWN


def test_what_was_written_into_on_its_way_is_measured_anew(gradients: Gradients, sent: torch.Tensor) -> None:
    sent.mul_(2)
    gradients.arrive(3, [sent])
    assert gradients.norm(3) == float(torch.linalg.vector_norm(sent))


@pytest.mark.parametrize("other", [torch.Tensor.t, torch.Tensor.clone, lambda sent: sent[1:]])
def test_another_tensor_that_arrives_in_its_place_is_measured(gradients: Gradients, sent: torch.Tensor, other) -> None:
    gradients.arrive(3, [other(sent)])
    assert gradients.norm(3) == float(torch.linalg.vector_norm(other(sent)))


def test_one_of_several_is_not_taken_for_the_sum(gradients: Gradients, sent: torch.Tensor) -> None:
    gradients.add_part(3, 0, sent, sender=2, place=0)
    gradients.arrive(3, [sent + sent])
    assert gradients.norm(3) == float(torch.linalg.vector_norm(sent + sent))
    assert [part.kept.norm() for part in gradients.parts(3, 0)] == [KNOWN, float(torch.linalg.vector_norm(sent))]
