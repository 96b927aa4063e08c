"""What Python says in 3.12 and later only, in place of a sentence of 3.11 or beside it.

Templates as those of `torch_words`.
"""

from __future__ import annotations

TEMPLATES = (
    "F-string: expecting a valid expression after '{sign}'",
    "F-string: invalid conversion character '{found}': expected 's', 'r', or 'a'",
    "F-string: lambda expressions are not allowed without parentheses",
    "F-string: missing conversion character",
    "F-string: valid expression required before '{sign}'",
    "Parameter without a default follows parameter with a default",
    "Can't instantiate abstract class {kind} without an implementation for abstract method {name}",
    "Can't instantiate abstract class {kind} without an implementation for abstract methods {names}",
    "{name}() iterable argument is empty",
    "empty range in randrange({begin}, {end})",
    "non-default argument '{name}' follows default argument '{before}'",
    "Out of range float values are not JSON compliant: {value}",
    "{name} is not in the subpath of {folder}",
)
