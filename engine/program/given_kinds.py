"""Of which class the result of a call is, as the documentation of NumPy says, and Python's own. Nothing is run.

What gives one class or another by its arguments (`numpy.sum`, `random.normal`) is not told of.
"""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path
from types import FunctionType, MethodDescriptorType, MethodType
from typing import Any

import numpy
import torch
from numpy import ndarray
from torch import Tensor

from engine.program.documentation import documentation, is_native

_RETURNS = re.compile(r"^Returns\n-+\n(?:\w+ : )?([^\n]+)", re.MULTILINE)
_ARRAY = re.compile(r"(?:\([^)]*\) )?ndarray(?:[ ,.](?!or ).*)?")
_OF_ARRAYS = (  # of ndarray, which say no more than that they are like a function, or give a copy
    *("byteswap", "copy", "diagonal", "ravel", "repeat", "reshape", "round", "squeeze", "swapaxes", "argsort"),
    *("cumprod", "cumsum", "clip", "conj", "view"),
)
_REDUCING = (  # to one number, where no axis is named
    *("sum", "prod", "mean", "std", "var", "min", "max", "amin", "amax", "argmin", "argmax", "any", "all", "median"),
    *("average", "dot", "ptp", "percentile", "quantile", "trace", "einsum", "inner", "vdot", "take"),
)

_TEXT = "capitalize casefold center expandtabs format format_map join ljust lower lstrip removeprefix removesuffix"
_TEXT += " replace rjust rstrip strip swapcase title translate upper zfill"
_PATH = "absolute expanduser joinpath readlink relative_to rename replace resolve with_name with_stem with_suffix"
_WHEN = "combine fromisoformat fromtimestamp now strptime today utcnow"
_GIVEN: dict[type, dict[type, str]] = {
    str: {str: _TEXT, list: "rsplit split splitlines", tuple: "partition rpartition", bytes: "encode"},
    bytes: {str: "decode hex", list: "rsplit split splitlines"},
    list: {list: "copy"},
    dict: {dict: "copy", type({}.items()): "items", type({}.keys()): "keys", type({}.values()): "values"},
    set: {set: "copy difference intersection symmetric_difference union"},
    Path: {Path: _PATH + " cwd home", str: "as_posix as_uri read_text", bytes: "read_bytes"},
    datetime.datetime: {datetime.datetime: _WHEN},
    Tensor: {ndarray: "numpy", torch.Size: "size"},
    ndarray: {ndarray: " ".join(_OF_ARRAYS), bytes: "tobytes"},
}  # by the class whose method it is
_BY_METHOD = {
    (owner, name): kind for owner, kinds in _GIVEN.items() for kind, names in kinds.items() for name in names.split()
}


def kind_given(function: Any, owner: type | None) -> type | None:
    """The class of what a function gives, that of a method of `owner`; None where that is not known."""
    if function is io.open:
        return io.TextIOWrapper  # of text, unless its mode says otherwise
    name = getattr(function, "__name__", "") if is_native(function) or _is_plain(function) else ""
    for kind in owner.__mro__ if owner is not None else ():
        if (kind, name) in _BY_METHOD:
            return _BY_METHOD[kind, name]
    return _of_numpy(function) if _is_of_numpy(function) else None


def _is_plain(function: Any) -> bool:
    return type(function) in (FunctionType, MethodType)


def _is_of_numpy(function: Any) -> bool:
    if type(function) is MethodDescriptorType:
        return function.__objclass__ is ndarray
    is_read = is_native(function) or _is_plain(function) or type(function).__module__.startswith(("numpy", "_cython_"))
    return is_read and str(getattr(function, "__module__", None) or "").startswith("numpy")


def _of_numpy(function: Any) -> type | None:
    if function.__name__ in _REDUCING:
        return None
    if function is numpy.random.default_rng:
        return numpy.random.Generator
    found = _RETURNS.search(documentation(function))
    return ndarray if found is not None and _ARRAY.fullmatch(found[1].strip()) else None
