"""A run that has a checkpoint, and the folder that it is exported to."""

from __future__ import annotations

import time
from pathlib import Path

import torch

from engine.runs.config import GPTConfig, RunConfig
from engine.runs.kept_checkpoints import Progress
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder
from engine.train import checkpoint
from engine.train.device import choose
from engine.train.export import export
from engine.train.model import GPT2
from engine.train.optimizer import make_optimizer

MODEL = GPTConfig(vocab_size=7, context_length=16, emb_dim=12, n_heads=3, n_layers=2, qkv_bias=True)
ALPHABET = "\n aehlo"


def run_with_checkpoint(path: Path, model: GPTConfig = MODEL) -> tuple[RunFolder, GPT2]:
    """A run over characters that has one checkpoint, of step 3, with no parameter at 0."""
    config = RunConfig(model=model, tokenizer="characters")
    folder = RunFolder(path)
    folder.write_facts(RunFacts(config=config, created=time.time(), vocabulary=len(ALPHABET)))
    folder.alphabet.write_text(ALPHABET, encoding="utf-8", newline="")
    ours = GPT2(model).eval()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for parameter in ours.parameters():
            parameter.normal_(0.0, 0.5, generator=generator)
    progress = Progress(step=3, tokens=0, elapsed_s=0.0)
    checkpoint.save(path, ours, make_optimizer(ours, config, choose("cpu")), {}, progress)
    return folder, ours


def exported(tmp_path: Path, model: GPTConfig = MODEL) -> tuple[Path, GPT2]:
    run, ours = run_with_checkpoint(tmp_path / "run", model)
    newest = checkpoint.newest(run.path)
    assert newest is not None
    export(newest, tmp_path / "out")
    return tmp_path / "out", ours
