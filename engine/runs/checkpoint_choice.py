"""Which checkpoint of a run is meant, and the alphabet that its tokens are of. No torch."""

from __future__ import annotations

from pathlib import Path

from engine.protocol.errors import EngineError
from engine.runs.checkpoint_names import CHECKPOINT_PREFIX, checkpoint_name, kept, step_of
from engine.runs.corpus import read_alphabet
from engine.runs.kept_checkpoints import best_of, kept_checkpoints
from engine.runs.run_folder import RunFolder
from engine.shared.file_hashes import hash_of

NEWEST, BEST = "newest", "best"
LIVE = "live"  # no checkpoint: the weights of a run that trains


def chosen_checkpoint(path: Path, which: str | int = NEWEST) -> Path:
    """Of the run in a folder the newest checkpoint, the best, or the one of a step; `path` may be a checkpoint itself.
    Raises EngineError where there is none."""
    if path.name.startswith(CHECKPOINT_PREFIX) and which == NEWEST:
        return path
    RunFolder(path).facts()
    found = kept(path)
    if not found:
        raise EngineError("export.no_checkpoint", "{run} has no checkpoint yet.", run=path.name)
    if which == NEWEST:
        return found[-1]
    if which == BEST:
        best = best_of(kept_checkpoints(path))
        if best is None:
            raise EngineError(
                "checkpoint.none_validated",
                "No checkpoint of {run} was validated, so none is known to be the best.",
                run=path.name,
            )
        return best.path
    wanted = path / checkpoint_name(int(which))
    if not wanted.is_dir():
        steps = ", ".join(f"{step_of(one):,}" for one in found)
        raise EngineError(
            "export.no_such_step",
            "{run} has no checkpoint of step {step:,}; there are those of {kept}.",
            run=path.name,
            step=int(which),
            kept=steps,
        )
    return wanted


def alphabet_of(run: RunFolder) -> str:
    """Of a run over characters, "" of any other. Raises EngineError where it cannot be read."""
    facts = run.facts()
    if facts.config.tokenizer != "characters":
        return ""
    try:
        found = hash_of(run.alphabet)
        if facts.hashes.get(run.alphabet.name, found) != found:
            raise OSError("it is not as it was written")
        return read_alphabet(run.alphabet)
    except (OSError, ValueError) as error:
        raise EngineError(
            "export.no_alphabet", "{file} of the run {run} is missing or damaged.", file=run.alphabet.name, run=run.name
        ) from error
