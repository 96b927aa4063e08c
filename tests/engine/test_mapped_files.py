"""Tensors that lie in a file: what a cut one cannot give is said, and of a large one no more is read than is shown."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from engine.protocol.operations import AskOperation
from engine.protocol.tiles import AskTiles
from engine.tensors.arrays import tensor_of
from engine.tensors.reading import UnreadableError
from engine.tensors.summary import summarize
from tests.engine.client import Client

N_ELEMENTS = 1 << 21
PROGRAM = f"""import numpy as np, torch
rows = np.memmap("numbers", np.float32, "r+").reshape(-1, 1024)
backwards, swapped = rows[::-1], np.memmap("numbers", ">f4", "r")
first = rows[0, :5]
of_file = torch.from_file("numbers", shared=True, size={N_ELEMENTS})
loaded = torch.load("tensors.pt", mmap=True)
whole, sparse = loaded["whole"], loaded["sparse"]
part = torch.from_numpy(rows[-2:, :4]) + 0
more = of_file * 2
"""
CUT = ("rows", "backwards", "swapped", "of_file", "whole", "sparse")


def test_a_file_that_is_cut_while_it_is_looked_at_does_not_end_the_engine(tmp_path: Path) -> None:
    numbers, tensors = tmp_path / "numbers", tmp_path / "tensors.pt"
    np.arange(N_ELEMENTS, dtype=np.float32).tofile(numbers)
    torch.save({"whole": torch.ones(1 << 16), "sparse": torch.eye(9).to_sparse()}, tensors)
    with Client() as engine:
        assert engine.run(f"import os\nos.chdir({str(tmp_path)!r})\n{PROGRAM}")[-1].error is None
        before = {row.name: row.summary for row in engine.ask(m.AskVariables()).rows}
        assert all(before[name].why == "" for name in CUT)
        engine.ask(AskOperation(key=VariableKey("part")))
        for path in (numbers, tensors):
            os.truncate(path, 4096)
        after = {row.name: row.summary for row in engine.ask(m.AskVariables()).rows}
        assert {name for name in after if getattr(after[name], "why", "")} == set(CUT)
        assert after["first"].maximum == 4 and after["part"].maximum == before["part"].maximum
        assert engine.run("rows = rows; backwards = backwards; sparse = sparse\n")[-1].error is None
        for name in CUT:
            key = VariableKey(name)
            engine.ask(m.AskDetails(key=key))
            assert engine.ask(m.AskRectangle(key=key)).code == "tensor.file_cut"
            assert engine.ask(AskTiles(key=key)).code == "tensor.file_cut"
            engine.ask(m.AskCompletions(text=f"{name}.", line=1, column=len(name) + 1))
        assert engine.ask(AskOperation(key=VariableKey("part"))).operation.operands[0].key is not None
        assert engine.ask(AskOperation(key=VariableKey("more"))).operation.operands[0].said.code == "tensor.file_cut"
        np.arange(N_ELEMENTS, dtype=np.float32).tofile(numbers)
        again = {row.name: row.summary for row in engine.ask(m.AskVariables()).rows}
        assert again["rows"].why == again["backwards"].why == "" and again["of_file"].maximum == N_ELEMENTS - 1


def test_of_a_large_file_a_sample_is_read_and_no_copy_made(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    summary = summarize(tensor_of(np.memmap(path, np.float32, "r")))
    assert summary.sampled and not summary.counts_due
    with pytest.raises(UnreadableError, match="too many to copy"):
        tensor_of(np.memmap(path, ">f4", "r"))
