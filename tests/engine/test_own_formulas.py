"""PyTorch's own formulas, for nodes that have no record."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.autograd.rules.catalogue import RULES
from engine.autograd.rules.own_formulas import OwnFormulas
from tests.patience import until


@pytest.fixture(scope="module")
def formulas() -> OwnFormulas:
    """As they are read, or were read by an earlier test."""
    found = OwnFormulas(torch.__version__)
    until(lambda: found.get("TanhBackward0") is not None or found.failure, "they are read")
    assert not found.is_loading and not found.failure, found.failure
    return found


def test_a_node_without_a_record_has_pytorchs_own_formula_and_saved_values(formulas: OwnFormulas) -> None:
    rule = formulas.get("CdistBackward0") or formulas.get("CdistForwardBackward0")
    assert rule is not None and rule.schema.startswith("_cdist_forward(Tensor x1, Tensor x2, float p")
    assert rule.operands == ("x1", "x2")
    assert [one.operands for one in rule.formulas] == [("x1",), ("x2",)]
    assert rule.formulas[0].text.startswith("_cdist_backward(grad")
    assert {"x1", "x2", "p", "result"} <= set(rule.saved)
    assert formulas.get("NoSuchBackward0") is None


def test_every_record_is_of_a_node_that_pytorch_makes_with_as_many_operands(formulas: OwnFormulas) -> None:
    for name, rule in RULES.items():
        own = formulas.get(name)
        if own is not None:  # else it is of another version
            assert rule.is_list or len(rule.operands) == len(own.operands), name
            assert set(rule.saved.values()) <= set(own.saved), name


def test_what_was_read_is_there_at_once_the_next_time(formulas: OwnFormulas) -> None:
    assert OwnFormulas(torch.__version__).get("TanhBackward0") == formulas.get("TanhBackward0")


def test_why_they_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    monkeypatch.setenv("VISUALIZER_CACHE", str(tmp_path / "taken"))
    found = OwnFormulas("0")
    assert found.get("TanhBackward0") is None and found.is_loading
    assert found._reader is not None
    found._reader.wait()
    assert found.get("TanhBackward0") is None and "taken" in found.failure
