"""What of the program's own code ran again for an experiment, in sentences: it may have changed something each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from torch.autograd.graph import Node as GradFn

from engine.autograd.experiments.guarding import is_custom
from engine.autograd.graph.calls import line_of
from engine.autograd.recorder import Recorder
from engine.autograd.saved import saved_storages
from engine.protocol.notes import Packed
from engine.protocol.sentence import Sentence
from engine.shared.output_names import joined
from engine.tensors import native


def ran_again(recorder: Recorder, nodes: Sequence[GradFn]) -> tuple[Sentence, ...]:
    """Of the rest of a pass. On its thread."""
    return tuple(_sentences(recorder, nodes))


def _sentences(recorder: Recorder, nodes: Sequence[GradFn]) -> Iterator[Sentence]:
    kinds = dict.fromkeys(native.name_of(node).removesuffix("Backward") for node in nodes if is_custom(node))
    if kinds:
        yield Sentence.of(
            "experiment.custom_again",
            "The backward of {names} ran again: what it changes outside of its gradients is changed once more.",
            names=joined(kinds),
        )
    hooks = [hook.call for registered in recorder.seen.hooks_of(nodes).values() for hook in registered]
    lines = sorted({line for line in map(line_of, hooks) if line is not None})
    if hooks:
        yield Sentence.of(
            "experiment.hooks_again",
            "Hooks of the program ran again{where}: what they print or change is there once more.",
            where=Sentence.phrase("words.in_line", " (line {lines})", lines=joined(map(str, lines))) if lines else "",
        )
    if any(isinstance(saved_storages(node)[1], Packed) for node in nodes):
        yield Sentence.of(
            "experiment.unpacked_again",
            "What hooks of the program had packed was unpacked again, as a checkpoint does by running its forward.",
        )
