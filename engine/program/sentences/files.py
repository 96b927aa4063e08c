"""Sentences for files that cannot be read as tensors: what is in them, and how they can be read or saved instead."""

from __future__ import annotations

import re

from engine.program.sentences.failing_call import FailingCall
from engine.protocol.sentence import Sentence


def _object(match: re.Match[str], call: FailingCall) -> Sentence:
    """A pickle may run any code while it is read, so torch makes only tensors and plain containers of one."""
    name = match.group(1)
    if name.startswith("numpy."):
        return Sentence.of(
            "file.holds_numpy",
            "{expression}: the file holds NumPy's {name} beside tensors, and to read that would run code of the file. "
            "Save it anew with torch.from_numpy(…) or .item() in its place.",
            expression=call.expression,
            name=name,
        )
    return Sentence.of(
        "file.holds_object",
        "{expression}: the file holds an object of {name}, not only tensors, and to read that would run code of the "
        "file. Of a module, save its state_dict(): it is tensors alone.",
        expression=call.expression,
        name=name,
    )


def _call(match: re.Match[str], call: FailingCall) -> Sentence:
    """torch says of these, too, that loading otherwise "will likely succeed": so it would, and run the call."""
    return Sentence.of(
        "file.holds_call",
        "{expression}: the file asks for {name} to be called while it is read, which no file of tensors needs, and "
        "which may do harm. Nothing of it was run; do not load it in another way.",
        expression=call.expression,
        name=match.group(1),
    )


def _pickle(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.other_pickle",
        "{expression}: the file is a pickle that torch.save did not write, or no longer whole; nothing of it was run.",
        expression=call.expression,
    )


def _no_pickle(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """What reading says of the bytes of a text, or of none, is no number of a person's program."""
    if call.place is None or not call.place.text.startswith(("torch.load(", "pickle.load(")):
        return None
    return Sentence.of(
        "file.no_pickle",
        "{expression}: the file is empty, not whole, or none that torch.save or pickle wrote.",
        expression=call.expression,
    )


def _script(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.torchscript",
        "{expression}: the file is a TorchScript program, no tensors: torch.jit.load reads it, and runs what is in it.",
        expression=call.expression,
    )


def _damaged(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.damaged",
        "{expression}: the file is damaged, or was not written to its end: nothing of it was read.",
        expression=call.expression,
    )


def _other_archive(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.other_archive",
        "{expression}: the file is a zip archive that torch.save did not write.",
        expression=call.expression,
    )


def _ragged(match: re.Match[str], call: FailingCall) -> Sentence:
    """The first of the lines that numpy lists."""
    return Sentence.of(
        "file.ragged",
        "{expression}: line {line} of the table has another number of columns ({found} where {wanted} are expected), "
        "and rows of a tensor are equally long. Nothing was left out: complete the line in the file.",
        expression=call.expression,
        line=int(match.group(1)),
        found=int(match.group(2)),
        wanted=int(match.group(3)),
    )


def _word(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.word_among_numbers",
        "{expression}: a column of numbers holds {word}, which is none. Change it in the file, or leave the column out "
        "with usecols; with loose=True it is read as NaN.",
        expression=call.expression,
        word=match.group(1),
    )


def _no_whole_number(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.no_whole_number",
        "{expression}: a column of whole numbers holds {word}, which int64 has not. Change it in the file, or read it "
        "with np.genfromtxt as float64, which rounds whole numbers beyond 9007199254740992.",
        expression=call.expression,
        word=match.group(1),
    )


def _no_number(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "file.no_number",
        "{expression}: row {row} of the numbers holds {word}, which is none. Change it in the file, leave its column "
        "out with usecols, or read the table with np.genfromtxt, which takes longer and reads an empty cell as NaN.",
        expression=call.expression,
        row=int(match.group(2)) + 1,
        word=match.group(1),
    )


RULES = (
    (r"^Weights only load failed.*unsupported GLOBAL ([\w.]+) whose module", _call),
    (r"^Weights only load failed.*Unsupported global: GLOBAL ([\w.]+)", _object),
    (r"^Cannot use ``weights_only=True`` with TorchScript", _script),
    (r"^Weights only load failed.*(?:Unsupported operand|Unsupported class|Expected|persistent)", _pickle),
    (
        r"^(?:Ran out of input|\d{1,3}|Memo value not found.*|invalid load key, .*|pickle data was truncated)?$",
        _no_pickle,
    ),
    (r"PytorchStreamReader failed|^Error while deserializing header|^image file is truncated", _damaged),
    (r"^Failed to read all data for array\.|^EOF: reading array data", _damaged),
    (r"file in archive is not in a subdirectory", _other_archive),
    (r"^Some errors were detected !\s+Line #(\d+) \(got (\d+) columns instead of (\d+)\)", _ragged),
    (r"^Cannot convert string ('.*')$", _word),
    (r"^could not convert string ('.*') to int64 at row", _no_whole_number),
    (r"^could not convert string ('.*') to float(?:32|64) at row (\d+), column", _no_number),
)
