"""What of a code object's control flow tells one pass of a loop from the next: its loops, and what follows on what."""

from __future__ import annotations

import dis
from bisect import bisect_right
from heapq import heappop, heappush
from types import CodeType
from typing import NamedTuple

_MOST_KNOWN = 4096
_ENDS = frozenset({"RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE", "JUMP_FORWARD"})


class Loop(NamedTuple):
    """A loop of one code object, from its first instruction to its last, and the lines of its body."""

    start: int  # numbers of instructions
    end: int
    line: int
    end_line: int

    def holds(self, instruction: int) -> bool:
        """Whether an instruction is inside."""
        return self.start <= instruction <= self.end


class ControlFlow:
    """The instructions of one code object by number; a frame's `f_lasti` is turned into one with `instruction`."""

    def __init__(self, code: CodeType) -> None:
        self.code = code
        instructions = list(dis.get_instructions(code))
        self._instructions: dict[int, int] = {}
        self._around: dict[int, tuple[Loop, ...]] = {}
        self._offsets = [instruction.offset for instruction in instructions]
        self._spans = [_span(instruction) for instruction in instructions]
        self._lines = [line for line, _ in self._spans]
        self._after: list[list[int]] = [[] for _ in instructions]
        spans: dict[int, int] = {}
        for number, instruction in enumerate(instructions):
            name = instruction.opname
            is_jump = instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs
            target = self.instruction(instruction.argval) if is_jump else -1
            is_back = is_jump and target <= number
            if is_back and not name.endswith("NO_INTERRUPT"):  # that one waits for another generator
                spans[target] = max(spans.get(target, 0), number)
            elif is_jump:
                self._after[number].append(target)
            if name not in _ENDS and not (is_back and name.startswith("JUMP")) and number + 1 < len(instructions):
                self._after[number].append(number + 1)
        self._add_handlers()
        self.loops = tuple(self._loop(start, end) for start, end in _nested(sorted(spans.items())))
        self._starts = [loop.start for loop in self.loops]
        self._chains = _chains(self.loops)
        for loop in self.loops:  # its end leads to what comes after it, by way of its head
            inside = range(loop.start, loop.end + 1)
            self._after[loop.end] += [after for number in inside for after in self._after[number] if after > loop.end]
        lines = sorted({line for line in self._lines if line}) or [code.co_firstlineno]
        self.lines = (lines[1] if len(lines) > 1 else lines[0]), lines[-1]  # the first one is that of `def`
        self._follows: dict[tuple[int, int], bool] = {}
        backward = (number for number, after in enumerate(self._after) if any(other <= number for other in after))
        self._last_back = max(backward, default=0)  # as from a handler that Python puts at the end

    def instruction(self, offset: int) -> int:
        """The number of the instruction that a byte offset is in, 0 for an offset before the first."""
        found = self._instructions.get(offset)
        if found is None:
            found = self._instructions[offset] = max(bisect_right(self._offsets, offset) - 1, 0)
        return found

    def lines_at(self, instruction: int) -> tuple[int, int]:
        """The first and the last line of what an instruction computes."""
        return self._spans[instruction]

    def around(self, instruction: int) -> tuple[Loop, ...]:
        """The loops that an instruction is in, outermost first."""
        found = self._around.get(instruction)
        if found is None:
            number = bisect_right(self._starts, instruction) - 1
            loops = self._chains[number] if number >= 0 else ()
            found = self._around[instruction] = tuple(loop for loop in loops if loop.holds(instruction))
        return found

    def follows(self, before: int, after: int) -> bool:
        """Whether `after` can come after `before` in the same pass of all loops."""
        if after <= before:
            return False
        known = self._follows.get((before, after))
        if known is None:
            known = self._follows[before, after] = self._leads(before, after)
        return known

    def _leads(self, before: int, after: int) -> bool:
        """Whether a way leads to `after` that stays behind `before`: the nearest first, and nothing so far on that none
        leads back, so that a pass of n instructions looks at about n in all."""
        found, ahead, end = {before}, [before], max(after, self._last_back)
        while ahead:
            for number in self._after[heappop(ahead)]:
                if number == after:
                    return True
                if before < number <= end and number not in found:
                    found.add(number)
                    heappush(ahead, number)
        return False

    def _add_handlers(self) -> None:
        for entry in getattr(dis.Bytecode(self.code), "exception_entries", ()):
            target = self.instruction(entry.target)
            for number in range(self.instruction(entry.start), self.instruction(entry.end - 1) + 1):
                self._after[number].append(target)

    def _loop(self, start: int, end: int) -> Loop:
        """The head of a loop, which says what it runs over, is no line of its body where that has others."""
        lines = sorted({line for line in self._lines[start : end + 1] if line})
        body = lines[1:] or lines or [self.code.co_firstlineno]
        return Loop(start, end, body[0], body[-1])


_known: dict[int, ControlFlow] = {}  # by id of the code, which its control flow keeps alive


def control_flow(code: CodeType) -> ControlFlow:
    """The control flow of a code object, read once."""
    flow = _known.get(id(code))
    if flow is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        flow = _known[id(code)] = ControlFlow(code)
    return flow


def _span(instruction: dis.Instruction) -> tuple[int, int]:
    """First and last line, 0 where there is none."""
    positions = instruction.positions
    line = 0 if positions is None or positions.lineno is None else positions.lineno
    return line, line if positions is None else positions.end_lineno or line


def _nested(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap without one being inside the other are of one loop with several ways back."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        while found and found[-1][0] < start <= found[-1][1] < end:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _chains(loops: tuple[Loop, ...]) -> list[tuple[Loop, ...]]:
    """Each of the loops, by where they begin, behind those that it may be inside of, outermost first."""
    found: list[tuple[Loop, ...]] = []
    around: tuple[Loop, ...] = ()
    for loop in loops:
        around = (*(other for other in around if other.end >= loop.start), loop)
        found.append(around)
    return found
