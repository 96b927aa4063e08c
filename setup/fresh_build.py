"""setuptools' backend, for wheels of what is there now: what an earlier build in this folder has left in `build/lib`,
as a lesson or a module that is gone since, it would pack again."""

import shutil
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403


def build_wheel(*given: Any, **named: Any) -> str:
    shutil.rmtree("build/lib", ignore_errors=True)
    return build_meta.build_wheel(*given, **named)
