"""`python -m engine change` and `visualizer change`: other settings for a run that trains. No torch."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from engine.protocol.errors import EngineError
from engine.runs.changes import CHANGEABLE, Course
from engine.runs.config import RunConfig
from engine.runs.control import control
from engine.runs.explanations import EXPLANATIONS
from engine.runs.known_changes import known_changes
from engine.runs.run_folder import RunFolder
from engine.runs.spent_schedule import spent_schedule
from engine.runs.typed_numbers import read_number
from engine.shared.language import said, tr
from engine.shared.terminal import Parser, follow_environment, tell


def main(argv: list[str]) -> int:
    """Change, say so, and return 0; 1 with one sentence when it could not be done."""
    follow_environment()
    parser = Parser("visualizer change", tr("Change settings of a run while it trains, from its next step on."))
    parser.add_argument("run", type=Path, metavar="RUN", help=tr("the folder of the run"))
    for name in CHANGEABLE:
        parser.add_argument("--" + name.replace("_", "-"), help=tr(EXPLANATIONS[name]))
    asked = vars(parser.parse_args(argv))
    folder = RunFolder(asked.pop("run"))
    texts = {name: text for name, text in asked.items() if text is not None}
    if not texts:
        parser.error(tr("name a setting, such as --learning-rate"))
    try:
        settings = {name: read_number(name, text) for name, text in texts.items()}
        begun = folder.facts().config
        before = Course(begun, known_changes(folder.path).changes).newest
        if not folder.is_trained():
            raise EngineError(
                "run.not_trained",
                "The run {run} is not being trained; visualizer train --resume goes on with it, with the same options.",
                run=folder.name,
            )
        answer = control(folder, "change " + msgspec.json.encode(settings).decode())
    except EngineError as error:
        tell(error)
        return 1
    is_done = answer == "ok"
    tell(tr("{run} goes on with it.", run=folder.name) if is_done else answer, sys.stdout if is_done else sys.stderr)
    if is_done:
        _tell_spent(folder, begun, before)
    return 0 if is_done else 1


def _tell_spent(folder: RunFolder, begun: RunConfig, before: RunConfig) -> None:
    """Where nothing is left of the schedule that another rate would scale."""
    now = Course(begun, known_changes(folder.path).changes).newest
    spent = spent_schedule(now, folder.status().step, before)
    if spent is not None and now != before:
        tell(said(spent))
