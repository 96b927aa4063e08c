"""The benchmark of a card, its machinery on a CPU with a tiny model."""

import subprocess
import sys

import msgspec
import torch

from engine.bench.card import CASES, Case, measured
from engine.bench.trainer import RUN
from engine.runs.config import PRESETS, GPTConfig

TINY = msgspec.structs.replace(
    PRESETS["nano"], model=GPTConfig(vocab_size=65, emb_dim=16, n_heads=2, n_layers=1, context_length=8)
)


def test_every_case_tells_its_first_step_its_speed_and_its_peak(capsys) -> None:
    rows = measured((Case("tiny", TINY, "≥ 1", has_peer=False),), torch.device("cpu"), group_s=0.01)
    assert [(row.name, row.unit, row.aim) for row in rows] == [
        ("tiny, the first step of 12 × 1 sequences a step, eager", "s", ""),
        ("tiny, 12 × 1 sequences a step, eager", "tokens/s", "≥ 1"),
        ("tiny, its peak", "GiB", ""),
    ]
    assert all(row.ours > 0 for row in rows)
    assert "tiny, 12 × 1 sequences a step, eager: " in capsys.readouterr().err


def test_it_measures_what_is_aimed_at() -> None:
    assert [case.aim for case in CASES] == ["≥ 500,000", "≥ 470,000", "≥ 1,000,000"]


def test_the_runs_that_are_measured_are_ones_that_can_be() -> None:
    for run in (RUN, *(case.run for case in CASES)):
        run.check()


def test_it_needs_torch_numpy_and_msgspec_alone() -> None:
    refusing = (
        "import sys\n"
        "for name in ('psutil', 'safetensors', 'tiktoken', 'regex', 'PySide6'): sys.modules[name] = None\n"
        "import engine.__main__, engine.bench.command, engine.bench.card, engine.train.compile_beforehand\n"
    )
    done = subprocess.run([sys.executable, "-c", refusing], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
