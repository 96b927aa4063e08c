"""A program as the bytes of its file: encoding, line ends and the mark at the start are those that it came with."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from io import BytesIO
from tokenize import detect_encoding


@dataclass(frozen=True)
class FileForm:
    """What of a file is no text of the program, and is written again: "\\r\\n" or "\\r" for each line end, and whether
    it begins with the byte order mark of UTF-8."""

    line_end: str = "\n"
    has_mark: bool = False


def form_of(data: bytes) -> FileForm:
    """Of lines that end in several ways, the way of most."""
    ends = line_ends(data)
    return FileForm(max(ends, key=lambda end: ends[end]), data.startswith(codecs.BOM_UTF8))


def line_ends(data: bytes) -> dict[str, int]:
    """How many lines end in each way."""
    n_pairs = data.count(b"\r\n")
    return {"\n": data.count(b"\n") - n_pairs, "\r\n": n_pairs, "\r": data.count(b"\r") - n_pairs}


def decoded(data: bytes) -> str:
    """The text, with "\\n" for each line end, as Python reads it: in the encoding that is declared, else in UTF-8.
    Raises UnicodeDecodeError."""
    text = data.removeprefix(codecs.BOM_UTF8).decode(encoding_of(data))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoded(text: str, form: FileForm) -> bytes:
    """What `decoded` makes this text of. Raises UnicodeEncodeError."""
    mark = codecs.BOM_UTF8 if form.has_mark else b""
    encoding = encoding_of(mark + text.encode("utf-8", "surrogatepass"))
    return mark + text.replace("\n", form.line_end).encode(encoding)


def encoding_of(data: bytes) -> str:
    """As Python finds it; UTF-8 where what is declared is none, which running it says."""
    try:
        name = detect_encoding(BytesIO(data).readline)[0].removesuffix("-sig")
        "".encode(name)  # of text, and not "rot13"
    except (SyntaxError, LookupError):
        return "utf-8"
    return name
