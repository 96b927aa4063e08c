"""What Python itself says of everyday mistakes, as words that another language has, too.

Templates are Python's own words, of 3.11 to 3.14; what fits none of them stays as Python says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.program.sentences import (
    builtin_words,
    call_words,
    library_words,
    newer_words,
    syntax_words,
    system_words,
    torch_words,
)
from engine.protocol.sentence import Sentence
from engine.shared.phrases import both

# To which nothing can be assigned, as Python calls it.
_PARTS = (
    "expression", "attribute", "subscript", "function call", "literal", "comparison", "conditional expression",
    "f-string expression", "generator expression", "list comprehension", "set comprehension", "dict comprehension",
    "dict literal", "set display", "lambda", "named expression", "yield expression", "starred", "ellipsis", "list",
    "tuple",
)  # fmt: skip
_WHERE_ASSIGNED = "|".join(_PARTS)

_LONGEST = 1500  # characters of a message that may be one of these

# Of a text that does not compile, from the first letter on, which is large.
_OF_SYNTAX = (
    ("Invalid syntax", "Invalid syntax"),
    (r"Invalid syntax\. Perhaps you forgot a comma\?", "Invalid syntax. Perhaps you forgot a comma?"),
    (
        r"Invalid syntax\. Maybe you meant '==' or ':=' instead of '='\?",
        "Invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    ),
    (
        rf"Cannot assign to (?P<what>{_WHERE_ASSIGNED}) here\. Maybe you meant '==' instead of '='\?",
        "Cannot assign to {what} here. Maybe you meant '==' instead of '='?",
    ),
    (rf"Cannot assign to (?P<what>True|False|None|__debug__|{_WHERE_ASSIGNED})", "Cannot assign to {what}"),
    (r"'(?P<bracket>.)' was never closed", "'{bracket}' was never closed"),
    (r"Unmatched '(?P<bracket>.)'", "Unmatched '{bracket}'"),
    (
        r"Closing parenthesis '(?P<end>.)' does not match opening parenthesis '(?P<begin>.)'(?: on line \d+)?",
        "Closing parenthesis '{end}' does not match opening parenthesis '{begin}'",
    ),
    (r"Expected '(?P<sign>[^' ]+)'", "Expected '{sign}'"),
    (r"Expected 'else' after 'if' expression", "Expected 'else' after 'if' expression"),
    (r"Expected 'except' or 'finally' block", "Expected 'except' or 'finally' block"),
    (
        r"Expected an indented block after (?P<what>.+) on line (?P<line>\d+)",
        "Expected an indented block after line {line}",
    ),
    ("Unexpected indent", "Unexpected indent"),
    (
        "Unindent does not match any outer indentation level",
        "Unindent does not match any outer indentation level",
    ),
    (
        "Inconsistent use of tabs and spaces in indentation",
        "Inconsistent use of tabs and spaces in indentation",
    ),
    (r"Unterminated string literal(?: \(detected at line \d+\).*)?", "Unterminated string literal"),
    (r"Unterminated triple-quoted string literal(?: \(detected at line \d+\).*)?",
     "Unterminated triple-quoted string literal"),
    ("Unexpected character after line continuation character",
     "Unexpected character after line continuation character"),
    (r"Invalid character '(?P<sign>.)' \((?P<code>U\+\w+)\)", "Invalid character '{sign}' ({code})"),
    (r"Invalid non-printable character (?P<code>U\+\w+)", "Invalid non-printable character {code}"),
    ("Invalid decimal literal", "Invalid decimal literal"),
    (
        "Leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
        "Leading zeros in decimal integer literals are not permitted",
    ),
    (r"'(?P<word>return|yield|await)' outside function", "'{word}' outside function"),
    ("'break' outside loop", "'break' outside loop"),
    ("'continue' not properly in loop", "'continue' not properly in loop"),
    (r"Missing parentheses in call to '(?P<name>\w+)'\. Did you mean \w+\(\.\.\.\)\?",
     "Missing parentheses in call to '{name}'. Did you mean {name}(...)?"),
    ("Positional argument follows keyword argument", "Positional argument follows keyword argument"),
    (r"Keyword argument repeated: (?P<name>\w+)", "Keyword argument repeated: {name}"),
    (r"Duplicate argument '(?P<name>\w+)' in function definition",
     "Duplicate argument '{name}' in function definition"),
    ("':' expected after dictionary key", "':' expected after dictionary key"),
    ("Nonlocal declaration not allowed at module level", "Nonlocal declaration not allowed at module level"),
    (r"Future feature (?P<name>\w+) is not defined", "Future feature {name} is not defined"),
)  # fmt: skip

# Of a program that ran.
_OF_RUNS = (
    (r"name '(?P<name>\w+)' is not defined", "name '{name}' is not defined"),
    (r"'(?P<kind>[\w.]+)' object has no attribute '(?P<name>\w+)'", "'{kind}' object has no attribute '{name}'"),
    (r"type object '(?P<kind>[\w.]+)' has no attribute '(?P<name>\w+)'",
     "type object '{kind}' has no attribute '{name}'"),
    (r"module '(?P<kind>[\w.]+)' has no attribute '(?P<name>\w+)'", "module '{kind}' has no attribute '{name}'"),
    (r"No module named '(?P<name>[\w.]+)'", "No module named '{name}'"),
    (r"cannot import name '(?P<name>\w+)' from '(?P<kind>[\w.]+)' \(.*\)", "cannot import name '{name}' from '{kind}'"),
    (r"cannot access local variable '(?P<name>\w+)' where it is not associated with a value",
     "cannot access local variable '{name}' where it is not associated with a value"),
    (r"unsupported operand type\(s\) for \*\* or pow\(\): '(?P<one>[\w.]+)' and '(?P<other>[\w.]+)'",
     "unsupported operand type(s) for ** or pow(): '{one}' and '{other}'"),
    (r"unsupported operand type\(s\) for (?P<sign>.+): '(?P<one>[\w.]+)' and '(?P<other>[\w.]+)'",
     "unsupported operand type(s) for {sign}: '{one}' and '{other}'"),
    (r"'(?P<sign>[<>=]+)' not supported between instances of '(?P<one>[\w.]+)' and '(?P<other>[\w.]+)'",
     "'{sign}' not supported between instances of '{one}' and '{other}'"),
    (r"bad operand type for unary (?P<sign>.): '(?P<kind>[\w.]+)'", "bad operand type for unary {sign}: '{kind}'"),
    (r"can only concatenate (?P<one>\w+) \(not \"(?P<other>[\w.]+)\"\) to \w+",
     'can only concatenate {one} (not "{other}") to {one}'),
    (r"'(?P<kind>[\w.]+)' object is not callable", "'{kind}' object is not callable"),
    (r"'(?P<kind>[\w.]+)' object is not iterable", "'{kind}' object is not iterable"),
    (r"'(?P<kind>[\w.]+)' object is not subscriptable", "'{kind}' object is not subscriptable"),
    (r"'(?P<kind>[\w.]+)' object does not support item assignment",
     "'{kind}' object does not support item assignment"),
    (r"object of type '(?P<kind>[\w.]+)' has no len\(\)", "object of type '{kind}' has no len()"),
    (r"cannot unpack non-iterable (?P<kind>[\w.]+) object", "cannot unpack non-iterable {kind} object"),
    (r"too many values to unpack \(expected (?P<n>\d+)(?:, got \d+)?\)", "too many values to unpack (expected {n})"),
    (r"not enough values to unpack \(expected (?P<n>\d+), got (?P<found>\d+)\)",
     "not enough values to unpack (expected {n}, got {found})"),
    (r"(?P<name>[\w.<>]+)\(\) got an unexpected keyword argument '(?P<argument>\w+)'",
     "{name}() got an unexpected keyword argument '{argument}'"),
    (r"(?P<name>[\w.<>]+)\(\) missing 1 required positional arguments?: ['\"](?P<argument>\w+)['\"]",
     "{name}() missing 1 required positional argument: '{argument}'"),
    (r"(?P<name>[\w.<>]+)\(\) missing (?P<n>\d+) required positional arguments?: (?P<arguments>['\"].+['\"])",
     "{name}() missing {n} required positional arguments: {arguments}"),
    (r"(?P<name>[\w.<>]+)\(\) missing 1 required keyword-only argument: '(?P<argument>\w+)'",
     "{name}() missing 1 required keyword-only argument: '{argument}'"),
    (r"(?P<name>[\w.<>]+)\(\) takes from (?P<least>\d+) to (?P<most>\d+) positional arguments but (?P<found>\d+) were "
     "given",
     "{name}() takes from {least} to {most} positional arguments but {found} were given"),
    (r"(?P<name>[\w.<>]+)\(\) got multiple values for (?:keyword )?argument '(?P<argument>\w+)'",
     "{name}() got multiple values for argument '{argument}'"),
    (r"(?P<name>[\w.<>]+)\(\) takes (?P<n>\d+) positional arguments? but (?P<found>\d+) (?:was|were) given",
     "{name}() takes {n} positional arguments but {found} were given"),
    (r"(?P<kind>list|string|tuple) index out of range", "{kind} index out of range"),
    (r"(?P<kind>list|tuple) indices must be integers or slices, not (?P<found>[\w.]+)",
     "{kind} indices must be integers or slices, not {found}"),
    (r"could not convert string to float: (?P<text>'.*')", "could not convert string to float: {text}"),
    (r"invalid literal for int\(\) with base 10: (?P<text>'.*')", "invalid literal for int() with base 10: {text}"),
    (r"(?:integer |float |complex )?(?:floor )?(?:division|modulo|division or modulo) by zero(?: or modulo)?"
     r"|float modulo|float divmod\(\)|float floor division", "division by zero"),
    ("math domain error", "math domain error"),
    (r"'(?P<kind>[\w.]+)' object cannot be interpreted as an integer",
     "'{kind}' object cannot be interpreted as an integer"),
    (r"'(?P<kind>[\w.]+)' object is not an iterator", "'{kind}' object is not an iterator"),
    (r"'(?P<kind>[\w.]+)' object does not support the context manager protocol(?: \(missed .+\))?",
     "'{kind}' object does not support the context manager protocol"),
    ("not all arguments converted during string formatting", "not all arguments converted during string formatting"),
    (r"unsupported format string passed to (?P<kind>[\w.]+)\.__format__",
     "unsupported format string passed to {kind}.__format__"),
    (r"(?:cannot use '.+' as a .+ \()?unhashable type: '(?P<kind>[\w.]+)'\)?", "unhashable type: '{kind}'"),
    (r"can't multiply sequence by non-int of type '(?P<kind>[\w.]+)'",
     "can't multiply sequence by non-int of type '{kind}'"),
    (r"string indices must be integers, not '(?P<kind>[\w.]+)'", "string indices must be integers, not '{kind}'"),
    (r"sequence item (?P<place>\d+): expected str instance, (?P<kind>[\w.]+) found",
     "sequence item {place}: expected str instance, {kind} found"),
    ("pop from empty list", "pop from empty list"),
    ("dictionary changed size during iteration", "dictionary changed size during iteration"),
    (r"Can't pickle (?P<name><.+>): (?:attribute lookup|it's not found as|import of module) .+",
     "Can't pickle {name}: it is not found by its name"),
    (r"Can't (?:pickle|get) local object (?P<name>.+)", "Can't pickle local object {name}"),
    (r"(?P<name>float|int)\(\) argument must be a string(?:, a bytes-like object)? or a real number, "
     r"not '(?P<kind>[\w.]+)'",
     "{name}() argument must be a string or a real number, not '{kind}'"),
    (r"maximum recursion depth exceeded.*",
     "maximum recursion depth exceeded: a function calls itself again and again, and nothing ends it"),
)  # fmt: skip

PATTERNS = tuple(template for _, template in (*_OF_SYNTAX, *_OF_RUNS))
_BEHIND_TORCHS = (
    *builtin_words.TEMPLATES,
    *library_words.TEMPLATES,
    *system_words.TEMPLATES,
    *newer_words.TEMPLATES,
    *call_words.TEMPLATES,
)
TEMPLATES = (*_PARTS, *PATTERNS, *syntax_words.TEMPLATES, *_BEHIND_TORCHS)
_WORDS = tuple((re.compile(pattern, re.DOTALL), template) for pattern, template in (*_OF_SYNTAX, *_OF_RUNS))
_OTHERS = (*syntax_words.TEMPLATES, *torch_words.TEMPLATES, *_BEHIND_TORCHS)
_WHOLE = frozenset(template for template in _OTHERS if "{" not in template)
_WITH_ARGUMENTS = tuple(template for template in _OTHERS if "{" in template)
_IN_FILE = re.compile(r"(?P<said>.+) \((?P<file>[^()]+), line (?P<line>\d+)\)")


def in_words(message: str) -> Sentence | str:
    """A phrase without a full stop for a message of Python, PyTorch or NumPy, or the message itself."""
    bare = "\n".join(line.rstrip() for line in message.strip().splitlines()).removesuffix(".")
    is_long = len(bare) > _LONGEST
    bare = _shortened(bare) if is_long else bare
    if bare in _WHOLE:
        return Sentence.row(bare)
    for template, fits in _long(bare) if is_long else _fitting(bare):
        if fits is not None:
            return Sentence.row(template, **{name: _told(name, one) for name, one in fits.groupdict().items()})
    return _in_file(bare) or message


def _fitting(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    yield from ((template, pattern.fullmatch(text)) for pattern, template in _WORDS)
    for template in _WITH_ARGUMENTS:
        yield template, torch_words.match(template, text)


def _long(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    yield from ((template, torch_words.match(template, text)) for template in torch_words.LONG)


def _in_file(text: str) -> Sentence | None:
    """What does not compile while a program runs, in a text or file of its own."""
    if (found := _IN_FILE.fullmatch(text)) is None:
        return None
    said = in_words(found["said"][:1].upper() + found["said"][1:])
    if isinstance(said, str):
        return None
    return Sentence.phrase("words.in_file", "{said} ({file}, line {line})", said=said, file=found["file"],
                           line=found["line"])  # fmt: skip


def _shortened(text: str) -> str:
    """Its whole lines, or a part of one that is longer than all that is told."""
    begin = text[: _LONGEST - 2]
    lines = begin.rpartition("\n")[0]
    return f"{lines}\n…" if len(lines) > _LONGEST / 2 else f"{begin}…"


def _told(name: str, text: str) -> Sentence | str:
    """An argument, where a language has words for what is in it."""
    if name in torch_words.LISTS:
        return torch_words.lines(text)
    if name == "arguments":
        return both(re.findall(r"'\w+'", text.replace('"', "'")))
    is_known = text in _PARTS if name == "what" else name == "wanted" and text in torch_words.KINDS
    return Sentence.row(text) if is_known else text
