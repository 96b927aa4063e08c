"""A tensor written to a file."""

from __future__ import annotations

from engine.protocol.keys import TensorKey
from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence

SUFFIXES = {
    ".npy": "NumPy array",
    ".npz": "NumPy archive",
    ".safetensors": "safetensors",
    ".pt": "PyTorch tensor",
    ".csv": "table of text",
    ".png": "picture",
}


class SaveTensor(Request, frozen=True, tag="save_tensor", kw_only=True):
    """Write a tensor to `path`, on the engine's machine, in the format of its suffix, one of SUFFIXES. `name`: under
    which archives hold it."""

    key: TensorKey
    path: str
    name: str


class TensorSaved(Event, frozen=True, tag="tensor_saved", kw_only=True):
    """The answer: the file is whole. `lost`: what of the tensor it does not have."""

    path: str
    n_bytes: int
    lost: tuple[Sentence, ...] = ()
