"""Numbers of settings as one types them in the language in use, and as the engine reads them. Nothing that was typed is
taken out of a text that is no number then."""

from __future__ import annotations

import re

from engine.runs.config_rules import RULES, ConfigError
from engine.runs.typed_numbers import read_number
from engine.shared.language import local, pythonic
from engine.shared.numbers import is_number, setting

_ONE_GROUP = r"[+-]?[1-9]\d{0,2}%s\d{3}"  # 1,500: fifteen hundred, or one and a half
_LIKE_GROUPS = r"^[+-]?[1-9]\d{0,2}[^\dA-Za-z]\d{3}(?!\d)"
_GROUPS = r"[+-]?[1-9]\d{0,2}([,.])\d{3}(?:\1\d{3})*"


def as_read(typed: str, *, is_whole: bool) -> str:
    """As the engine reads it: "0.001" of "0,001" and of "0.001", and "1024" of a whole "1.024" in Portuguese. A decimal
    "1.500" there, which may be meant either way, is "1,500", and a whole "1,500" is "1.500": the engine asks about
    both, as it does where English is typed and the other two are written so."""
    if local(".") == ".":  # the engine's own
        return typed
    if is_whole:
        found = pythonic(typed)
        return found if found.isdecimal() or re.fullmatch(_ONE_GROUP % r"\.", found) else typed
    if re.fullmatch(_ONE_GROUP % re.escape(local(",")), typed):
        return typed.replace(local(","), ",")
    found = pythonic(typed)
    return found if is_number(found) else typed


def told_apart(typed: str, key: str) -> str:
    """How a number was read that has three digits behind a sign, as 1,000 and 1.000, where a person of another language
    reads another one: "1000", "1.5"; "" of any other text, and of one that is refused."""
    if not re.search(_LIKE_GROUPS, typed.strip()):
        return ""
    is_whole = RULES[key].is_whole
    try:
        value = read_number(key, as_read(typed.strip(), is_whole=is_whole))
    except ConfigError:
        return ""
    return str(value) if is_whole else local(setting(float(value)))


def as_typed(read: str, *, is_whole: bool) -> str:
    """The way back: how one types what the engine reads."""
    is_local = re.fullmatch(_GROUPS, read) if is_whole else is_number(read) or re.fullmatch(_ONE_GROUP % ",", read)
    return local(read) if is_local else read
