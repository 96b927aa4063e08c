"""What is told of a program once it has ended."""

from __future__ import annotations

from engine.protocol import messages as m
from engine.protocol.program_values import Notice
from tests.engine.client import Client
from tests.engine.reported_programs import HEAD


def notices(engine: Client, program: str) -> tuple[Notice, ...]:
    """Of a program behind the usual imports, in an engine that knows nothing of the one before."""
    engine.run("import sys; vars(sys.modules['__main__']).clear()")
    finished = engine.run(HEAD + program)[-1]
    assert isinstance(finished, m.Finished) and finished.error is None, finished
    return finished.notices
