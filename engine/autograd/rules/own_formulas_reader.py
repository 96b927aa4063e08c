"""The process that reads PyTorch's file of derivatives, and leaves what it says under the path that is its argument."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import torchgen
from torchgen.packaged.autograd.load_derivatives import load_derivatives

from engine.autograd.rules.own_formulas import OwnFormula, OwnRule, Rules
from engine.shared.atomic_files import replace_file


def read_all() -> Rules:
    """By name of the node."""
    root = Path(torchgen.__file__).parent / "packaged"
    native = root / "ATen" / "native"
    infos, _ = load_derivatives(
        str(root / "autograd" / "derivatives.yaml"), str(native / "native_functions.yaml"), str(native / "tags.yaml")
    )
    found: Rules = {}
    for kinds in infos.values():
        for info in kinds.values():
            if info.op is not None:
                found.setdefault(info.op, _rule(info))
    return found


def _rule(info: Any) -> OwnRule:
    derivatives = info.derivatives
    schema = str(info.func.func)
    named = {name for derivative in derivatives for name in derivative.var_names}
    arguments = [argument.name for argument in info.func.func.schema_order_arguments()]
    saved = {
        getattr(one.nctype.name, "name", one.nctype.name): None
        for derivative in derivatives
        for one in (*derivative.saved_inputs, *derivative.saved_outputs)
    }
    return OwnRule(
        schema,
        tuple(name for name in arguments if name in named),
        tuple(OwnFormula(tuple(one.var_names), one.original_formula) for one in derivatives),
        tuple(map(str, saved)),
    )


def main() -> None:
    """At the lowest priority: somebody else may be computing."""
    os.nice(19)
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, msgspec.msgpack.encode(read_all()), durable=False)


if __name__ == "__main__":
    main()
