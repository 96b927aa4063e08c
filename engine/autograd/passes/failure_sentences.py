"""The sentences about a backward pass that could not go on."""

from __future__ import annotations

from engine.autograd.graph.calls import expression_of, function_of, line_of
from engine.autograd.passes.program_names import written_by
from engine.autograd.records import Call, PassTrace
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words


def freed_whole(expression: str, trace: PassTrace) -> Sentence:
    """The same graph a second time."""
    return Sentence.of(
        "backward.freed_whole",
        "{expression}: {origin} at line {line} has gone back through this graph already and freed what it had saved; "
        "pass retain_graph=True to that one, or compute the output anew.",
        expression=expression,
        origin=origin_words(trace.origin),
        line=trace.line,
    )


def freed_trunk(expression: str, name: str, line: int, trace: PassTrace) -> Sentence:
    """Two outputs of one trunk, both computed before the first pass."""
    return Sentence.of(
        "backward.freed_trunk",
        "{expression}: {name} (line {line}) is also behind {origin} at line {origin_line}, which freed what they "
        "share; call backward once, of the sum of both, or pass retain_graph=True to {origin}.",
        expression=expression,
        name=name,
        line=line,
        origin=origin_words(trace.origin),
        origin_line=trace.line,
    )


def freed_carried(expression: str, name: str, line: int, trace: PassTrace, cut: str) -> Sentence:
    """A state that is carried from one pass to the next."""
    return Sentence.of(
        "backward.freed_carried",
        "{expression}: {name} (line {line}) carries the graph of an earlier {origin} (line {origin_line}) along, which "
        "freed what it had saved; cut it off between the passes: {cut}.",
        expression=expression,
        name=name,
        line=line,
        origin=origin_words(trace.origin),
        origin_line=trace.line,
        cut=cut,
    )


def freed_kept(expression: str, name: str, line: int, trace: PassTrace) -> Sentence:
    """A value from before the first pass that a later one computes with."""
    return Sentence.of(
        "backward.freed_kept",
        "{expression}: {name} was computed at line {line}, before {origin} at line {origin_line} freed its graph; "
        "compute {name} anew for each pass, or use {name}.detach() where nothing behind it is trained.",
        expression=expression,
        name=name,
        line=line,
        origin=origin_words(trace.origin),
        origin_line=trace.line,
    )


def changed_result(expression: str, name: str, writer: Call, used: Call) -> Sentence:
    """An operation needs its own result."""
    return Sentence.of(
        "backward.changed_result",
        "{expression}: backward of {operation} (line {used_line}) needs its own result {name}, which {writer} at line "
        "{line} changed in place; compute a new tensor there, or write into {name}.clone().",
        expression=expression,
        operation=function_of(used),
        used_line=line_of(used),
        name=name,
        writer=written_by(writer),
        line=line_of(writer),
    )


def changed_operand(expression: str, name: str, writer: Call, used: Call) -> Sentence:
    """An operation needs what it was given."""
    return Sentence.of(
        "backward.changed_operand",
        "{expression}: backward of {operation} (line {used_line}) needs {name} as it was then, but {writer} at line "
        "{line} changed it in place; compute a new tensor there, or write into {name}.clone().",
        expression=expression,
        operation=function_of(used),
        used_line=line_of(used),
        name=name,
        writer=written_by(writer),
        line=line_of(writer),
    )


def changed_own_result(expression: str, operation: Sentence, writer: Sentence) -> Sentence:
    """As `changed_result`, of one that has no name."""
    return Sentence.of(
        "backward.changed_own_result",
        "{expression}: backward of {operation} needs its own result, which {writer} changed in place; let that make a "
        "new tensor: no inplace=True, and no function whose name ends with _.",
        expression=expression,
        operation=operation,
        writer=writer,
    )


def changed_made(expression: str, operation: Sentence, maker: Sentence, writer: Sentence) -> Sentence:
    """As `changed_operand`, of one that has no name."""
    return Sentence.of(
        "backward.changed_made",
        "{expression}: backward of {operation} needs what {maker} has made as it was then, but {writer} changed it in "
        "place; let that make a new tensor: no inplace=True, and no function whose name ends with _.",
        expression=expression,
        operation=operation,
        maker=maker,
        writer=writer,
    )


def changed_by_step(expression: str, name: str, writer: Call, used: Call) -> Sentence:
    """An optimizer's step between a forward pass and its backward."""
    return Sentence.of(
        "backward.changed_by_step",
        "{expression}: backward of {used} (line {used_line}) needs {name} as it was then, but {writer} at line {line} "
        "has updated it since; call {expression} before {writer}, or compute the forward pass anew after it.",
        expression=expression,
        used=expression_of(used),
        used_line=line_of(used),
        name=name,
        writer=written_by(writer),
        line=line_of(writer),
    )


def changed_behind(
    expression: str, name: str, line: int, trace: PassTrace, changed: str, writer: Call, cut: str
) -> Sentence:
    """A state carries the graph of an earlier pass along, whose weights have been updated since."""
    return Sentence.of(
        "backward.changed_behind",
        "{expression}: {name} (line {line}) carries the graph of an earlier {origin} (line {origin_line}) along, which "
        "needs {changed} as it was before {writer} at line {writer_line}; cut it off between the passes: {cut}.",
        expression=expression,
        name=name,
        line=line,
        origin=origin_words(trace.origin),
        origin_line=trace.line,
        changed=changed,
        writer=written_by(writer),
        writer_line=line_of(writer),
        cut=cut,
    )
