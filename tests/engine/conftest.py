"""Fixtures of several files."""

from tests.engine.small_runs import finished, whole  # noqa: F401 - fixtures
