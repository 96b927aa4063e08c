"""The engine's modules are its own: they keep Python's builtins, and leave their names to the program."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

_PACKAGE = "engine"
_BUILTINS = dict(vars(builtins))  # what a program deletes from `builtins` does not reach these


class OwnModules:
    """Loads what is imported of the engine, from `install` to `withdraw`, and keeps it alive."""

    def __init__(self) -> None:
        self._kept: list[ModuleType] = []
        self._finder = _Finder()

    def install(self) -> None:
        """Functions of modules that are imported from now on look builtins up in a copy."""
        sys.meta_path.insert(0, self._finder)

    def withdraw(self) -> None:
        """Take the names off `sys.modules`: `import engine` means the program's own, or fails as in plain Python.

        Whatever serves has to be imported by now: a later import would start a second copy.
        """
        sys.meta_path.remove(self._finder)
        names = [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]
        self._kept += [sys.modules.pop(name) for name in names]


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if path is None or name.partition(".")[0] != _PACKAGE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__builtins__"] = _BUILTINS
        super().exec_module(module)
