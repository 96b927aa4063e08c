"""Weights between our GPT-2 and the published names and shapes of one."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs.config import GPTConfig
from engine.runs.meter import Meter
from engine.runs.model_folder import ModelFolder
from engine.runs.model_tensors import HEAD, TABLE, Place, is_pickled, published
from engine.train.model import GPT2

_NO_BIAS = "attn.qkv.bias"  # of a model without qkv_bias; published ones always have it


@torch.no_grad()
def load_weights(folder: ModelFolder, model: GPT2, meter: Meter = Meter()) -> None:
    """Put the weights of a folder into a GPT2 of its sizes, one tensor after the other, as float32.

    Raises EngineError where one cannot be read; the model is then half loaded.
    """
    files = _Files()
    if folder.model.tied and HEAD in folder.tensors:
        _check_tied(folder, files)
    parameters = model.own_parameters()
    for one in published(folder.model):
        tensor = files.read(folder.tensors[one.name])
        meter.read(tensor.nbytes)
        if not torch.isfinite(tensor).all():
            raise EngineError(
                "weights.not_finite",
                "{name} in {folder} holds NaN or infinity: nothing can be learnt or drawn from such weights.",
                name=one.name,
                folder=folder.path,
            )
        if one.ours in parameters:
            parameters[one.ours].copy_(tensor.t() if one.is_transposed else tensor)
        elif tensor.any():
            raise EngineError(
                "weights.bias_not_zero",
                "{folder} says qkv_bias false in its config.json, and its {name} is not zero.",
                folder=folder.path,
                name=one.name,
            )


def _check_tied(folder: ModelFolder, files: _Files) -> None:
    """Raises EngineError where the head that a file holds is not the token embedding, as its config.json says."""
    if not torch.equal(files.read(folder.tensors[HEAD]), files.read(folder.tensors[TABLE])):
        raise EngineError(
            "weights.head_not_tied",
            "{folder} says tie_word_embeddings true in its config.json, and its {head} is not its {table}: with false "
            "it has a head of its own.",
            folder=folder.path,
            head=HEAD,
            table=TABLE,
        )


def published_tensors(weights: dict[str, Tensor], config: GPTConfig, n_tokens: int) -> dict[str, Tensor]:
    """The weights of our model, by the name of its parameters, as GPT2LMHeadModel stores them. Of a vocabulary that is
    padded the first `n_tokens` rows."""
    found = {}
    for one in published(config):
        tensor = weights.get(one.ours)
        if tensor is None and one.ours.endswith(_NO_BIAS):
            tensor = torch.zeros(one.shape)
        if tensor is None or tuple(tensor.shape) != (one.shape[::-1] if one.is_transposed else one.shape):
            raise EngineError(
                "export.other_configuration",
                "The checkpoint is of another configuration than its run: {name} does not fit.",
                name=one.ours,
            )
        if one.name in (TABLE, HEAD):
            tensor = tensor[:n_tokens]
        prefix = "" if one.name == HEAD else "transformer."
        found[prefix + one.name] = (tensor.t() if one.is_transposed else tensor).contiguous()
    return found


class _Files:
    """Reads tensors out of a folder's files. Of one that is a pickle all are held until another is read."""

    def __init__(self) -> None:
        self._unpickled: tuple[Path, dict[str, Tensor]] | None = None

    def read(self, place: Place) -> Tensor:
        try:
            if is_pickled(place.file):
                return self._table(place.file)[place.name]
            with safe_open(place.file, framework="pt", device="cpu") as file:
                return file.get_tensor(place.name)
        except (OSError, SafetensorError, pickle.UnpicklingError, RuntimeError, KeyError) as error:
            raise EngineError(
                "weights.tensor_not_read",
                "{name} in {file} could not be read: {reason}.",
                name=place.name,
                file=place.file,
                reason=error,
            ) from error

    def _table(self, file: Path) -> dict[str, Tensor]:
        """Tensors alone: torch calls nothing that the file names. What is mapped takes no memory until it is read."""
        if self._unpickled is None or self._unpickled[0] != file:
            table = torch.load(file, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(file))
            self._unpickled = file, table
        return self._unpickled[1]
