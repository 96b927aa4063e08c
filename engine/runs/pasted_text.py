"""The parts of a pasted text that may be a configuration: dictionaries, assignments, options, YAML. No torch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.runs.foreign_braces import is_block, without_kinds
from engine.runs.foreign_calls import as_assignments
from engine.runs.foreign_names import OF_LLM_C, in_section, key_of

_CONSTANTS = {"true": "True", "false": "False", "null": "None"}
_NAME_BEFORE = re.compile(r"([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=[ \t]*$")
_OPTION = re.compile(r"(?<![\w-])--([A-Za-z][\w.-]*)(?:=|[ \t]+)(?!--|\\)(\"[^\"\n]*\"|'[^'\n]*'|\S+)")
_LETTER = re.compile(r"(?<!\S)-([a-z]{1,2})[ \t]+(\"[^\"\n]*\"|(?!-)\S+)")
_LLM_C = re.compile(r"\btrain_gpt2\w*cu\b|(?<!\S)-e[ \t]+\"?(?:d\d|gpt[23]:)")  # beside which letters mean something
_NEVER = ("0", "-1")  # of llm.c
_SWITCH = re.compile(r"(?<!\S)--(no-)?([A-Za-z][\w.-]*)(?=\s|$)")
_DECLARED = re.compile(
    r"(?:add_argument|\boption)\(\s*[\"']--([\w-]+)[\"'](?:[^\n]*?|[^()]*?)\bdefault[ \t]*=[ \t]*([^,)\n]+)[^\n]*"
)
_ASSIGNED = re.compile(
    r"([A-Za-z_][\w.]*)[ \t]*(?::[ \t]*([A-Za-z][\w.\[\] |]*)?)?=(?!=)(?![ \t]*\{)[ \t]*"
    r"([(\[][\d., \te-]*[)\]]|[^,()\n#;]+\(|[^,()\n#;}]+(?:,\d[^,()\n#;=]*)*(?=[,)\n#;}]|$))"  # 0,5 is one number
)
_ITEM = re.compile(r"""[ \t]*(\w+)[ \t]*\[["'](\w+)["']\][ \t]*=(?!=)[ \t]*([^\n#;]+)""")
_AGAIN = re.compile(r"([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*")
_OF_YAML = re.compile(r"[ \t]*(?:[-*][ \t]+)?([\"']?)([A-Za-z_]\w*)\1[ \t]*:[ \t]+(\[[\d., \te-]*\]|[^\n#{}\[\]]+)")
_SECTION = re.compile(r"([A-Za-z_]\w*)[ \t]*:[ \t]*$")
_ROW = re.compile(r"[ \t]*\|[ \t`*]*([A-Za-z_]\w*)[ \t`*]*\|[ \t`*]*([^|\n`*]+)[`*]*[ \t]*\|")  # of a table in Markdown
_LIST = re.compile(r"^[ \t]*([A-Za-z_]\w*)[ \t]*:[ \t]*\n((?:[ \t]*-[ \t]+[\d.e-]+[ \t]*(?:\n|$))+)", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ?", re.MULTILINE)  # of an interpreter
_OF_SHELL = re.compile(r"\$\{([A-Za-z_]\w*)[^{}\n]*\}|\$\{[^{}\n]*\}|\$(?=[A-Za-z_]\w*)")  # its variables, and YAML's
_OF_C = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|(?<![\w.*/-])/\*.*?\*/", re.DOTALL)  # or a string, which stays
_OPERAND = re.compile(r"[\w)\]][ \t]*$")
_DIVISOR = re.compile(r"//[ \t]*[\d(]|//[A-Za-z_]")
_PRINTED = str.maketrans("\u201c\u201d\u201e\u2018\u2019\u00a0\u2009\u202f\u2502\u2503", '"""\'\'   ||')  # on a page


class Braces(NamedTuple):
    """What stands between two braces, as Python; `name` is what it is assigned to, "" without one."""

    name: str
    body: str


def dictionaries(text: str) -> list[Braces]:
    """The outermost `{…}` of a text, outside of strings and comments; one that is never closed is none. Among them
    what is put into one later, as in `config["emb_dim"] = 64`; of a block of statements, those in it."""
    found: list[Braces] = []
    start, opening = 0, _next_brace(text, 0)
    while opening >= 0:
        end = closing(text, opening)
        if end is None:
            break
        found += _items(text[start:opening]) if found else ()
        body = as_python(text[opening:end])
        if is_block(body):
            found += dictionaries(text[opening + 1 : end - 1])
        else:
            named = _NAME_BEFORE.search(text, max(0, text.rfind("\n", 0, opening)), opening)
            found.append(Braces(named[1] if named else "", body))
        start, opening = end, _next_brace(text, end)
    return found + (_items(text[start:]) if found else [])


def _items(text: str) -> list[Braces]:
    found = map(re.Match.groups, filter(None, map(_ITEM.match, text.split("\n"))))
    return [Braces(name, as_python(f'{{"{key}": {value.strip()}}}')) for name, key, value in found]


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Names with the text of their values, of a text without dictionaries: `n_layer = 6`, `--n_layer=6`, `n_layer: 6`,
    `GPTConfig(n_layer=6)`, `n_layer: int = 6`, `--no-bias`, `add_argument("--n_layer", default=6)`."""
    text = as_assignments(text)
    text = "\n".join(line.partition("#")[0] for line in without_comments(text).split("\n"))
    found = []
    for kind in (_DECLARED, _OPTION):
        found += [pair for match in kind.finditer(text) for pair in _of_option(match[1], match[2])]
        text = kind.sub(" ", text)
    if _LLM_C.search(text):
        found += [_of_letter(match[1], match[2]) for match in _LETTER.finditer(text)]
        text = _LETTER.sub(" ", text)
    found += [(match[2], str(not match[1])) for match in _SWITCH.finditer(text)]
    for match in _ASSIGNED.finditer(text):
        is_told = bool(match[2]) and bool(key_of(match[2]))  # "Overriding: n_layer = 6", as nanoGPT prints it
        found += _named_alike(match[2].strip() if is_told else match[1], match[3])
    for name, value in (*found, *_listed(text)):
        section, _, own = name.rpartition(".")
        yield in_section(section.rpartition(".")[2], own), as_python(without_kinds(value.strip(" \t\\")))


def _of_option(name: str, value: str) -> list[tuple[str, str]]:
    """Also those that it has itself: `--config_overrides="n_layer=4,n_head=4"`."""
    own = [(match[1], match[3]) for match in _ASSIGNED.finditer(value.strip("\"'"))]
    return [pair for pair in own if key_of(pair[0].rpartition(".")[2])] or [(name, value)]


def _of_letter(letter: str, value: str) -> tuple[str, str]:
    """Of llm.c. What is never to be done has no number here."""
    is_never = value in _NEVER and OF_LLM_C.get(letter) in ("save_interval", "val_loss_every", "num_iterations")
    return ("-" + letter if is_never else OF_LLM_C.get(letter, "-" + letter)), value


def _named_alike(name: str, value: str) -> list[tuple[str, str]]:
    """Each name of `n_layer = n_head = 4` with the value."""
    names = [name]
    while again := _AGAIN.match(value):
        names.append(again[1])
        value = value[again.end() :]
    return [(each, value) for each in names]


def unclosed(text: str) -> tuple[int, str] | None:
    """The line of the first `{` that is never closed, and what stands behind it."""
    opening = _next_brace(text, 0)
    while opening >= 0:
        end = closing(text, opening)
        if end is None:
            return text.count("\n", 0, opening) + 1, text[opening:]
        opening = _next_brace(text, end)
    return None


def outside(text: str) -> str:
    """The text without its dictionaries."""
    kept, start = "", 0
    opening = _next_brace(text, 0)
    while opening >= 0:
        end = closing(text, opening)
        kept, start = kept + text[start:opening], end or len(text)
        opening = _next_brace(text, start)
    return kept + text[start:]


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """The lines of YAML, each name with that of its part before it: `eval.interval`; and the rows of tables."""
    for name, items in _LIST.findall(text):
        yield name, f"[{', '.join(item.strip(' -') for item in items.split(chr(10)) if item.strip())}]"
    section = ""
    for line in text.split("\n"):
        if row := _ROW.match(line):
            yield row[1], row[2]
        if line[:1].strip():
            opened = _SECTION.match(line)
            section = f"{opened[1]}." if opened else ""
        found = _OF_YAML.match(line)
        if found and "=" not in line:
            yield section + found[2], found[3].strip().rstrip(",")


def straight(text: str) -> str:
    """With the quotation marks and spaces of Python for those of print, without an interpreter's prompts and without
    C's comments, whose lines stay."""
    lines = "\n".join(_OF_SHELL.sub(r"\1", text.translate(_PRINTED)).splitlines())
    return _OF_C.sub(_lines_of, _PROMPT.sub("", lines))


def _lines_of(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in "\"'" else " " + "\n" * found[0].count("\n")


def as_python(text: str) -> str:
    """Without `//` comments, and with JSON's constants as Python's."""
    return re.sub(r"\b(true|false|null)\b", lambda found: _CONSTANTS[found.group()], without_comments(text))


def _next_brace(text: str, start: int) -> int:
    """The index of the next `{` outside of strings and comments, -1 without one."""
    index, quote = start, ""
    while index < len(text):
        character = text[index]
        if quote:
            quote = "" if character in (quote, "\n") else quote
        elif character in "\"'":
            quote = character
        elif character == "#" or _begins_comment(text, index):
            index = text.find("\n", index)
            if index < 0:
                return -1
        elif character == "{":
            return index
        index += 1
    return -1


def closing(text: str, opening: int) -> int | None:
    """The index behind the brace that closes the one at `opening`, outside of strings and comments."""
    depth, index, quote = 0, opening, ""
    while index < len(text):
        character = text[index]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#" or _begins_comment(text, index):
            index = text.find("\n", index)
            if index < 0:
                return None
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return index + 1
        index += 1
    return None


def _begins_comment(text: str, index: int) -> bool:
    """Whether `//` is JSON's comment there; behind an operand and before one it divides, as in `768 // 2`."""
    if not text.startswith("//", index) or text[index - 1 : index] == "/":
        return False
    before = text[text.rfind("\n", 0, index) + 1 : index]
    return not (_OPERAND.search(before) and _DIVISOR.match(text, index))


def without_comments(body: str) -> str:
    """Without `//` to the end of a line, outside of strings; `ast` drops Python's own comments."""
    lines = []
    for line in body.split("\n"):
        kept, quote = line, ""
        for index, character in enumerate(line):
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'":
                quote = character
            elif _begins_comment(line, index):
                kept = line[:index]
                break
        lines.append(kept)
    return "\n".join(lines)
