"""`python -m engine bench`: the engine's rows of the benchmark, without Qt, each measured in a process of its own."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from engine.bench.backward import backward_ratio
from engine.bench.capture import forward_ratio
from engine.bench.trainer import trainer_ratio

_MEASURES = {"forward": forward_ratio, "backward": backward_ratio, "trainer": trainer_ratio}


def main(argv: list[str]) -> int:
    """Measure and print; `--json` prints the rows for the table of `make bench`."""
    parser = argparse.ArgumentParser(prog="python -P -m engine bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--only", choices=_MEASURES, help="measure this row alone, in this process")
    options = parser.parse_args(argv)
    rows = [_row(options.only)] if options.only else [row for name in _MEASURES for row in _elsewhere(name)]
    if options.json:
        print(json.dumps(rows))
    else:
        for row in rows:
            print("{name}: {ours} against {other}, {ratio} ({aim})".format(**row))
    return 0


def _row(name: str) -> dict[str, str]:
    measured = _MEASURES[name]()
    return {
        "name": measured["name"],
        "ours": measured["ours"],
        "other": measured["other"],
        "ratio": f"{measured['ratio']:.2f}×",
        "aim": measured["aim"],
    }


def _elsewhere(name: str) -> list[dict[str, str]]:
    command = [sys.executable, "-P", "-m", "engine", "bench", "--json", "--only", name]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode == 0:
        rows: list[dict[str, str]] = json.loads(run.stdout)
        return rows
    reason = (run.stderr.strip().splitlines() or ["it ended without a word"])[-1]
    return [{"name": name, "ours": "not measured", "other": reason, "ratio": "", "aim": ""}]
