"""How long a test waits for what has to come. Only a test that fails waits to the end."""

import time
from collections.abc import Callable

PATIENCE_S = 100.0  # much on a machine that is ten times slower, too
PATIENCE_MS = round(1000 * PATIENCE_S)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for what another process does and tells nobody; the window's tests have one that lets it live."""
    end_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end_s, f"did not happen within {PATIENCE_S} s: {what}"
        time.sleep(0.02)
