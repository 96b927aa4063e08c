"""The failures a person can act on; everything else is a defect and goes to the crash path."""

from __future__ import annotations


class EngineError(Exception):
    """One sentence that the person can act on. Nothing the person made is lost when it is raised."""
