"""The lesson that stands in the page about lessons."""

from __future__ import annotations

import re


def example_of(page: str) -> str:
    """What is fenced by four backticks, as a teacher would copy it."""
    found = re.search(r"^````markdown\n(.*?)^````$", page, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]
