"""Which tensors a GPT-2 has in a Hugging Face folder, under which names and in which shapes. No torch."""

from __future__ import annotations

import math
import re
import struct
from pathlib import Path
from typing import NamedTuple

from engine.protocol.errors import EngineError
from engine.runs.config import GPTConfig
from engine.runs.pickled_tensors import ForeignPickleError, pickled_header
from engine.shared.regular_files import open_file, read_file
from engine.shared.stored_json import parsed

_INDEXED = ".index.json"  # behind the name that one file would have, where there are several
WEIGHTS, PICKLED = "model.safetensors", "pytorch_model.bin"
INDEX = f"{WEIGHTS}{_INDEXED}"
HEAD, TABLE = "lm_head.weight", "wte.weight"  # the first is the second where they are tied
_PREFIX = "transformer."  # of a model with a head; OpenAI's own have none
_NO_WEIGHTS = re.compile(r"h\.\d+\.attn\.(masked_)?bias")  # buffers of the causal mask
_MOST_HEADER_BYTES = 100_000_000
_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}  # of a number, by the types that are read


class Place(NamedTuple):
    """Where a tensor lies: the file, and its name there."""

    file: Path
    name: str


class Published(NamedTuple):
    """A parameter of ours under its published name. `is_transposed`: stored as (in, out), as Conv1D does."""

    ours: str
    name: str
    shape: tuple[int, ...]  # as stored
    is_transposed: bool = False


def published(config: GPTConfig) -> tuple[Published, ...]:
    """Every tensor of a GPT-2 of these sizes, without the prefix."""
    d = config.emb_dim
    found = [Published("wte.weight", TABLE, (config.vocab_size, d)),
             Published("wpe.weight", "wpe.weight", (config.context_length, d))]  # fmt: skip
    for layer in range(config.n_layers):
        ours = theirs = f"h.{layer}."
        found += _norm(f"{ours}norm_1", f"{theirs}ln_1", d)
        found += _linear(f"{ours}attn.qkv", f"{theirs}attn.c_attn", d, 3 * d)
        found += _linear(f"{ours}attn.proj", f"{theirs}attn.c_proj", d, d)
        found += _norm(f"{ours}norm_2", f"{theirs}ln_2", d)
        found += _linear(f"{ours}mlp.fc", f"{theirs}mlp.c_fc", d, 4 * d)
        found += _linear(f"{ours}mlp.proj", f"{theirs}mlp.c_proj", 4 * d, d)
    found += _norm("norm_f", "ln_f", d)
    if not config.tied:
        found.append(Published("head.weight", HEAD, (config.vocab_size, d)))
    return tuple(found)


def find_tensors(folder: Path, config: GPTConfig) -> dict[str, Place]:
    """Where each published tensor lies, by its name without the prefix, after their shapes were compared; HEAD also
    where it should be the token embedding.

    Raises EngineError for weights that are missing, damaged, in another form, or of another model.
    """
    found: dict[str, tuple[Place, dict]] = {}
    for file in _files(folder):
        for name, entry in _entries(file).items():
            plain = name.removeprefix(_PREFIX)
            if _NO_WEIGHTS.fullmatch(plain):
                continue
            if plain in found:
                raise EngineError(
                    "weights.tensor_twice",
                    "{folder} holds {name} twice: which of the two is meant cannot be told.",
                    folder=folder,
                    name=plain,
                )
            found[plain] = Place(file, name), entry
    # The last block first: a config.json may ask for more of them than there is time to name.
    _check(folder, f"h.{config.n_layers - 1}.ln_1.weight", (config.emb_dim,), found)
    wanted = {one.name: one.shape for one in published(config)}
    for name, shape in wanted.items():
        _check(folder, name, shape, found)
    foreign = sorted(found.keys() - wanted.keys() - {HEAD})
    if foreign:
        raise EngineError(
            "weights.foreign_tensor",
            "{folder} holds {name}, which GPT-2 does not have: it is another model.",
            folder=folder,
            name=foreign[0],
        )
    return {name: found[name][0] for name in (*wanted, HEAD) if name in found}


def _check(folder: Path, name: str, shape: tuple[int, ...], found: dict[str, tuple[Place, dict]]) -> None:
    if name not in found:
        raise EngineError(
            "weights.missing_tensor",
            "{folder} lacks {name}, a tensor that its config.json asks for.",
            folder=folder,
            name=name,
        )
    entry = found[name][1]
    if tuple(entry["shape"]) != shape:
        raise EngineError(
            "weights.other_shape",
            "{name} in {folder} has the shape {given}; its config.json asks for {shape}.",
            name=name,
            folder=folder,
            given=tuple(entry["shape"]),
            shape=shape,
        )
    if entry["dtype"] not in _BYTES:
        raise EngineError(
            "weights.other_type",
            "{name} in {folder} is stored as {dtype}; only {known} are read.",
            name=name,
            folder=folder,
            dtype=entry["dtype"],
            known=", ".join(_BYTES),
        )


def _files(folder: Path) -> tuple[Path, ...]:
    """Those of the first form that is there."""
    for whole, index in ((WEIGHTS, INDEX), (PICKLED, f"{PICKLED}{_INDEXED}")):
        if (folder / whole).is_file():
            return (folder / whole,)
        if (folder / index).is_file():
            return _indexed(folder / index)
    raise EngineError(
        "weights.none", "{folder} has neither {name} nor {other}.", folder=folder, name=WEIGHTS, other=PICKLED
    )


def _indexed(index: Path) -> tuple[Path, ...]:
    try:
        names = sorted({str(name) for name in parsed(read_file(index))["weight_map"].values()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(index) from error
    # A name is that of a file beside the index, and leads nowhere else.
    return tuple(index.parent / Path(name).name for name in names)


def is_pickled(file: Path) -> bool:
    """Whether a file of weights is one of torch's own, a pickle."""
    return file.suffix == Path(PICKLED).suffix


def _entries(file: Path) -> dict[str, dict]:
    """Of every tensor of a file its `dtype` and `shape`."""
    try:
        return pickled_header(file) if is_pickled(file) else _header(file)
    except FileNotFoundError as error:
        raise EngineError(
            "weights.missing_file",
            "{folder} lacks {name}, one of the files of its weights.",
            folder=file.parent,
            name=file.name,
        ) from error
    except ForeignPickleError as error:
        raise EngineError(
            "weights.pickled",
            "{file} in {folder} asks for {name}, where only tensors are read: nothing of it was run.",
            file=file.name,
            folder=file.parent,
            name=error.name,
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error) as error:
        raise _damaged(file) from error


def _header(file: Path) -> dict[str, dict]:
    """Of a .safetensors file. Raises ValueError and the like where it is damaged."""
    with open_file(file) as stream:
        n_bytes = struct.unpack("<Q", stream.read(8))[0]
        if n_bytes > _MOST_HEADER_BYTES:
            raise ValueError("the header is too long")
        header = parsed(stream.read(n_bytes))
    entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
    end = 0
    for entry in sorted(entries.values(), key=lambda entry: entry["data_offsets"]):
        begin, stop = entry["data_offsets"]
        n_stored = math.prod(entry["shape"]) * _BYTES.get(entry["dtype"], 0)
        if begin != end or (n_stored and stop != begin + n_stored):
            raise ValueError("a tensor has not its bytes")
        end = stop
    if file.stat().st_size != 8 + n_bytes + end:
        raise ValueError("it has not its size")
    return entries


def _damaged(file: Path) -> EngineError:
    return EngineError(
        "weights.damaged", "{file} in {folder} is truncated or damaged.", file=file.name, folder=file.parent
    )


def _norm(ours: str, theirs: str, d: int) -> list[Published]:
    return [Published(f"{ours}.{part}", f"{theirs}.{part}", (d,)) for part in ("weight", "bias")]


def _linear(ours: str, theirs: str, n_in: int, n_out: int) -> list[Published]:
    weight = Published(f"{ours}.weight", f"{theirs}.weight", (n_in, n_out), is_transposed=True)
    return [weight, Published(f"{ours}.bias", f"{theirs}.bias", (n_out,))]
