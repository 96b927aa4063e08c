"""Which call failed, and with which operands: read from the frames of a traceback, never by running code again."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator, Set
from types import FrameType, TracebackType
from typing import Any

import torch

from engine.program import lookup
from engine.program.function_names import function_name
from engine.program.sources import locate
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.shared.syntax import tree_of

_MAX_EXPRESSION = 60
_ENGINE = ("_engine_run_backward", torch.autograd.graph.__file__)  # the function that enters the engine


@dataclasses.dataclass
class FailingCall:
    """The innermost sub-expression of the program that failed, and the torch function that it called."""

    place: Source | None
    frame: FrameType | None  # of the program
    offset: int = -1  # of the instruction in it
    function: str = ""  # public name, "F.linear"; "" where no torch function was seen
    callee: Any = None  # that function
    between: tuple[str, ...] = ()  # files of the functions through which the frame called it
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = dataclasses.field(default_factory=dict)
    module: torch.nn.Module | None = None  # whose forward made the call, if torch's own
    origin: str = ""  # what to call it where no line of the program made it
    is_in_pass: bool = False  # a backward pass that runs called the program: a hook, or a custom Function's backward

    def variable_of(self, value: Any) -> str:
        """What the failing expression, else its function, calls a value: "x", "self.table"; "" where it has no name."""
        if self.frame is None or self.place is None:
            return ""
        for text, found in named_values(self.place.text, self.frame):
            if found is value:
                return text
        return next((name for name, found in self.frame.f_locals.items() if found is value), "")

    @property
    def name(self) -> str:
        """The function's bare name, "linear"."""
        return self.function.rpartition(".")[2].strip("_")

    @property
    def expression(self) -> Sentence | str:
        """What to call the failing code: its text where that is short, else the function."""
        if self.module is None:
            return self._text
        module = f"{type(self.module).__name__}({self.module.extra_repr()})"
        return Sentence.phrase("expression.in_module", "{text}, in {module}", text=self._text, module=module)

    @property
    def _text(self) -> Sentence | str:
        text = self.place.text if self.place is not None else ""
        if text and "\n" not in text and len(text) <= _MAX_EXPRESSION:
            return text
        if self.function or (self.origin and self.place is None):
            return self.function or self.origin
        if self.place is None:
            return Sentence.phrase("expression.program", "the program")
        return Sentence.phrase("expression.line", "line {line}", line=self.place.line)

    @property
    def tensors(self) -> list[torch.Tensor]:
        """The tensors among the arguments, in their order."""
        return list(_tensors((*self.args, *self.kwargs.values())))

    def argument(self, position: int, name: str) -> Any:
        """One argument of the torch function, None where it was not given."""
        return self.args[position] if position < len(self.args) else self.kwargs.get(name)


def find(traceback: TracebackType | None, paths: Set[str], caller: FrameType | None = None) -> FailingCall:
    """Read a traceback down to the innermost frame of the program, whose texts have these paths.

    `caller` is read upwards where there is none: an exception that is still on its way has left fewer frames behind.
    """
    inner = traceback
    found: TracebackType | None = None
    has_engine = is_in_pass = False
    while inner is not None:
        code = inner.tb_frame.f_code
        has_engine = has_engine or (code.co_name, code.co_filename) == _ENGINE
        if code.co_filename in paths:
            found, is_in_pass = inner, has_engine
        inner = inner.tb_next
    if found is not None:
        frame, offset, called = found.tb_frame, found.tb_lasti, _frames_of(found.tb_next)
    else:
        above = _frames_above(caller, paths)
        if above is None:
            return FailingCall(None, None)
        frame, offset, called = above[0], above[0].f_lasti, above[1]
    call = FailingCall(locate(frame.f_code, offset), frame, offset, is_in_pass=is_in_pass)
    _read_torch_frames(call, called)
    if not call.function and call.place is not None:
        call.args = tuple(_operands(call.place.text, frame))
    return call


def _frames_of(traceback: TracebackType | None) -> list[FrameType]:
    frames = []
    while traceback is not None:
        frames.append(traceback.tb_frame)
        traceback = traceback.tb_next
    return frames


def _frames_above(frame: FrameType | None, paths: Set[str]) -> tuple[FrameType, list[FrameType]] | None:
    """The nearest frame of the program, and those that it called, outermost first."""
    called = []
    while frame is not None and frame.f_code.co_filename not in paths:
        called.append(frame)
        frame = frame.f_back
    return None if frame is None else (frame, called[::-1])


def _read_torch_frames(call: FailingCall, called: list[FrameType]) -> None:
    """The first function that went through `__torch_function__` is the public one; its frame holds the arguments."""
    for n_between, frame in enumerate(called):
        code, values = frame.f_code, frame.f_locals
        module = values.get("self")
        if code.co_name == "forward" and _is_torchs_own(module) and not call.function:
            call.module = module
        if code.co_name == "__torch_function__" and "func" in values and not call.function:
            call.callee, call.function = values["func"], function_name(values["func"])
            call.between = tuple(one.f_code.co_filename for one in called[:n_between])
            call.args, call.kwargs = tuple(values.get("args") or ()), dict(values.get("kwargs") or {})


def _is_torchs_own(module: Any) -> bool:
    """A leaf module of torch itself: its extra_repr is short, and none of the program's code."""
    return (
        isinstance(module, torch.nn.Module)
        and type(module).__module__.startswith("torch.nn.modules.")
        and not module._modules
    )


def _tensors(values: Any) -> Iterator[torch.Tensor]:
    for value in values:
        if issubclass(type(value), torch.Tensor):
            yield value
        elif issubclass(type(value), list | tuple):
            yield from _tensors(value)


def named_values(text: str, frame: FrameType) -> Iterator[tuple[str, Any]]:
    """The names and dotted names in a piece of the program with what they hold, outer ones first; nothing is run."""
    statement = parsed(text)
    for part in ast.walk(statement) if statement is not None else ():
        if isinstance(part, ast.Name | ast.Attribute):
            value = _look_up(part, frame)
            if value is not lookup.MISSING:
                yield ast.unparse(part), value


def owners_of(attribute: str, text: str, frame: FrameType) -> Iterator[tuple[str, Any]]:
    """The values whose `attribute` a piece of the program reads, with what it calls them; nothing is run."""
    statement = parsed(text)
    for part in ast.walk(statement) if statement is not None else ():
        if isinstance(part, ast.Attribute) and part.attr == attribute:
            value = _look_up(part.value, frame)
            if value is not lookup.MISSING:
                yield ast.unparse(part.value), value


def parsed(text: str) -> ast.stmt | None:
    """A sub-expression or a statement of one line as a tree; None where it is neither."""
    for whole in (f"({text})", text):
        try:
            return tree_of(whole).body[0]
        except (SyntaxError, IndexError, ValueError):
            continue  # it may be one as a statement
    return None


def _operands(text: str, frame: FrameType) -> Iterator[Any]:
    """Operands of a sub-expression that are plain names or attributes; looking those up runs nothing."""
    statement = parsed(text)
    expression = statement.value if isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign) else None
    if isinstance(statement, ast.AugAssign):
        candidates: list[ast.expr] = [statement.target, statement.value]
    elif isinstance(expression, ast.BinOp):
        candidates = [expression.left, expression.right]
    elif isinstance(expression, ast.Call):
        owner = [expression.func.value] if isinstance(expression.func, ast.Attribute) else []
        candidates = owner + expression.args
    else:
        candidates = []
    for candidate in candidates:
        value = _look_up(candidate, frame)
        if issubclass(type(value), torch.Tensor):
            yield value


def _look_up(expression: ast.expr, frame: FrameType) -> Any:
    if isinstance(expression, ast.Name):
        for scope in (frame.f_locals, frame.f_globals):
            if expression.id in scope:
                return scope[expression.id]
    if isinstance(expression, ast.Attribute):
        owner = _look_up(expression.value, frame)
        return lookup.MISSING if owner is lookup.MISSING else lookup.attribute(owner, expression.attr)
    if isinstance(expression, ast.Subscript) and isinstance(expression.slice, ast.Constant):
        return lookup.element(_look_up(expression.value, frame), expression.slice.value)
    return lookup.MISSING
