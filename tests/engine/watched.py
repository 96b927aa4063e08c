"""Runs a program under a recorder, as the workspace does."""

import torch

from engine.autograd.recorder import Recorder
from engine.program.sources import register

PATH = "<watched program>"


def watch(text, recorder=None, **variables):
    """(recorder, namespace) after `text` has run."""
    torch.set_num_threads(1)
    recorder = recorder or Recorder()
    recorder.program_paths.add(PATH)
    register(PATH, text)
    namespace = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional, **variables}
    with recorder.watching():
        exec(compile(text, PATH, "exec"), namespace)
    return recorder, namespace


def graph_of(text, name, **variables):
    """(recorder, namespace, graph behind the variable `name`)."""
    recorder, namespace = watch(text, **variables)
    return recorder, namespace, recorder.graph(namespace[name], name, namespace)


def node(graph, **fields):
    """The one node with these fields."""
    found = [n for n in graph.nodes if all(getattr(n, key) == value for key, value in fields.items())]
    assert len(found) == 1, f"{len(found)} nodes with {fields} among {[n.name for n in graph.nodes]}"
    return found[0]
