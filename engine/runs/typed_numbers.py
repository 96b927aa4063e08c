"""Numbers of a configuration as people type them, into the form or a command. No torch."""

from __future__ import annotations

import re

from engine.protocol.sentence import Sentence
from engine.runs.config_rules import RULES, ConfigError, check_number

_BETWEEN = ", _'’\u00a0\u2009\u202f"  # groups of three digits, in one language or another
_IN_GROUPS = re.compile(rf"[+-]?[1-9]\d{{0,2}}([{_BETWEEN}])\d{{3}}(?:\1\d{{3}})*")  # 50,257, grouped alike
_UNSEEN = "\u200b\ufeff"  # what a page of the web leaves beside what is copied
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_ONE_GROUP_BY_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")  # of a whole number: in another language's way
_WITH_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
_MOST_CHARACTERS = 40  # of what was typed, told


def read_number(field: str, text: str) -> int | float:
    """What a field with a rule is meant to be. Raises ConfigError for a text that is no such number."""
    value = _number(field, text)
    check_number(field, value)
    return value


def why_no_number(field: str, text: str) -> Sentence | None:
    """What is wrong with a text for a field with a rule; None of a number, which the rule may refuse all the same."""
    try:
        _number(field, text)
    except ConfigError as error:
        return error.sentence
    return None


def _number(field: str, text: str) -> int | float:
    typed = text.strip().strip(_UNSEEN)
    if RULES[field].is_whole and _IN_GROUPS.fullmatch(typed):
        typed = re.sub(f"[{_BETWEEN}]", "", typed)
    try:
        return int(typed) if RULES[field].is_whole else float(typed)
    except ValueError as error:
        raise _no_number(field, text) from error


def _no_number(field: str, text: str) -> ConfigError:
    rule = RULES[field]
    allowed = (
        rule.allowed if rule.is_whole else Sentence.phrase("allowed.number", "a number {range}", range=rule.allowed)
    )
    if not text:
        return ConfigError("config.number_missing", "{field} needs {allowed}.", field=field, allowed=allowed)
    if rule.is_whole and _ONE_GROUP_BY_POINT.fullmatch(text.strip()):
        return ConfigError(
            "config.group_in_whole",
            "{field} takes whole numbers: write {whole} if that is what “{text}” means.",
            field=field,
            whole=text.strip().replace(".", ""),
            text=text.strip(),
        )
    if not rule.is_whole and _ONE_GROUP.fullmatch(text.strip()):
        return ConfigError(
            "config.group_or_decimals",
            "{field} could mean {whole} or {decimals}: write one of these.",
            field=field,
            whole=text.strip().replace(",", ""),
            decimals=text.strip().replace(",", "."),
        )
    if not rule.is_whole and _WITH_COMMA.fullmatch(text.strip()):
        return ConfigError(
            "config.decimal_comma",
            "{field} needs a point before its decimals, not a comma: {point}, not “{text}”.",
            field=field,
            point=text.strip().replace(",", "."),
            text=text,
        )
    shown = text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…"
    return ConfigError(
        "config.no_number", "{field} needs {allowed}, not “{text}”.", field=field, allowed=allowed, text=shown
    )
