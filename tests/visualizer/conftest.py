"""Every test of the window leaves nothing behind: no top-level widget, no thread, no child process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.visualizer.leftovers import none_left


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """What fixtures of a wider scope made before the test is not its own."""
    with none_left():
        yield
