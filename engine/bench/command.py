"""`python -P -m engine bench`: the engine's rows of the benchmark, measured in this process; with --device those of the
trainer on a card, which need torch, numpy and msgspec alone.
"""

from __future__ import annotations

import argparse
import gc
import sys

from engine.protocol.errors import EngineError
from engine.shared.measurement import encode


def main(argv: list[str]) -> int:
    """Print the measurements as one line of JSON, or the names of what can be measured, one a line."""
    parser = argparse.ArgumentParser(prog="python -P -m engine bench", description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the names of what can be measured")
    parser.add_argument("--only", metavar="NAME", help="measure this alone")
    parser.add_argument("--device", help="measure the trainer there: cuda")
    options = parser.parse_args(argv)
    gc.freeze()  # as the engine does before it serves
    if options.device:
        return _on_card(options.device)
    from engine.bench.rows import MEASURES  # needs all that the engine does

    if options.list:
        print("\n".join(MEASURES))
        return 0
    if options.only not in (None, *MEASURES):
        parser.error(f"there is no {options.only!r}: choose one of {', '.join(MEASURES)}")
    names = [options.only] if options.only else list(MEASURES)
    print(encode([measured for name in names for measured in MEASURES[name]()]))
    return 0


def _on_card(name: str) -> int:
    from engine.bench.card import CASES, measured
    from engine.train.device import choose

    try:
        print(encode(measured(CASES, choose(name))))
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
