"""A forward pass that runs again in a copy of the process: what it reaches, what it refuses, what it leaves alone."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
import torch

from engine.autograd.again.changed import Again, NewValue, run_changed
from engine.autograd.again.rerun import Arrived, run_again
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.platform.copies import Copy, Tell
from engine.program.interrupts import Interrupts
from engine.program.runner import Runner
from engine.protocol.messages import GraphShown
from tests.patience import PATIENCE_S

PATH = "again.py"
LOOP = """import torch
net = torch.nn.Linear(3, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
x = torch.randn(8, 3)
for step in range(5):
    optimizer.zero_grad()
    loss = (net(x) ** 2).mean()
    loss.backward()
    optimizer.step()
"""
PRODUCT = """import torch
w = torch.tensor([2.0, 3.0], requires_grad=True)
a = w * w
y = a * 3 if w[0] > 0 else w.exp()
loss = y.sum()
loss.backward()
"""


class Ran:
    """A program that has run in this process, as the engine runs one."""

    def __init__(self, text: str) -> None:
        self.recorder = Recorder()
        self.recorder.program_paths.add(PATH)
        self.shown: list[Any] = []
        self.controller = BackwardController(self.recorder, self.shown.append)
        self.runner = Runner(Interrupts(lambda event: None), lambda event: None, open(os.devnull, "w"))  # noqa: SIM115
        outcome = self.runner.run(text, PATH, self._watched)
        assert outcome.error is None, outcome.error

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        with self.recorder.watching(), self.controller.installed(stepping=False):
            yield

    def node(self, **fields: Any) -> int:
        """The id of the one node with these fields."""
        graph = [event.graph for event in self.shown if isinstance(event, GraphShown)][-1]
        (found,) = [one.id for one in graph.nodes if all(getattr(one, key) == value for key, value in fields.items())]
        return found

    def again(self, node: int, look: Callable[[Arrived], Any], leaves: dict[int, NewValue] | None = None) -> Any:
        """What `look` makes of where the copy arrives, or the reason why it does not."""
        forward = self.controller.forwards.of(node)
        assert forward is not None
        paths = self.recorder.program_paths

        def work(answer: Callable[[Any], None]) -> None:
            arrived, refused = lambda where: answer(look(where)), lambda reason: answer(reason.text)
            run_again(self.runner, forward, paths, arrived, refused)

        def changed(tell: Tell) -> None:
            def answer(tell: Tell, found: Any) -> None:
                tell(msgspec.msgpack.encode(look(found) if isinstance(found, Arrived) else found.text))

            assert leaves is not None
            run_changed(tell, Again(self.runner, forward, paths, answer, b"begun"), leaves)

        if leaves is None:
            return in_copy(work)
        begun, message = Copy(changed).messages()
        assert begun == b"begun"
        return msgspec.msgpack.decode(message)


def in_copy(work: Callable[[Callable[[Any], None]], None]) -> Any:
    """What `work` answers there."""

    def working(tell: Tell) -> None:
        def answer(value: Any) -> None:
            tell(msgspec.msgpack.encode(value))
            os._exit(0)

        try:
            work(answer)
        except BaseException:
            answer(traceback.format_exc())

    (message,) = Copy(working).messages()
    return msgspec.msgpack.decode(message)


def ran(text: str, look: Callable[[Ran], Any]) -> Any:
    """What `look` makes of a program that has run; all of it in a copy, so that these tests are left as they were."""
    return in_copy(lambda answer: answer(look(Ran(text))))


def test_a_pass_in_the_middle_of_a_training_loop_arrives_with_the_bits_that_it_had():
    def look(program: Ran) -> Any:
        weight = program.node(variable="net.weight")
        had = program.recorder.value(weight, 0)[0]
        assert had is not None
        return had.tolist(), program.again(weight, lambda where: where.value(weight, 0).tolist())

    had, again = ran(LOOP, look)
    assert again == had


def test_the_program_that_ran_keeps_its_variables_its_grads_and_its_random_state():
    def look(program: Ran) -> Any:
        before = [program.runner.namespace["net"].weight.tolist(), torch.get_rng_state().tolist()]
        program.again(program.node(variable="net.weight"), lambda where: where.roots[0].backward())
        return before, [program.runner.namespace["net"].weight.tolist(), torch.get_rng_state().tolist()]

    before, after = ran(LOOP, look)
    assert after == before


WRITTEN_AFTER_IT_WAS_READ = PRODUCT.replace(
    "a = w * w", "with torch.no_grad(): w.sum()\nw.data.copy_(torch.tensor([2.0, 3.0]))\na = w * w"
)


@pytest.mark.parametrize(
    ("text", "name"),
    [(PRODUCT, "w"), (PRODUCT, "w.missing"), (PRODUCT, "a"), (WRITTEN_AFTER_IT_WAS_READ, "w")],
    ids=["by its name", "without a name", "by another's name", "read before it is written"],
)
def test_with_another_value_of_a_leaf_all_values_and_gradients_are_those_of_plain_pytorch(text, name):
    def look(program: Ran) -> Any:
        leaf, square = program.node(variable="w", kind="accumulate"), program.node(variable="a")

        def at(where: Arrived) -> Any:
            (root,) = where.roots
            node = where.graph.nodes[where.forward.ids.index(leaf)]
            (grad,) = torch.autograd.grad(root, node.variable)
            return where.value(square, 0).tolist(), root.item(), grad.tolist()

        new = NewValue(torch.tensor([5.0, -1.0]), torch.tensor([2.0, 3.0]), name)
        return program.again(leaf, at, {leaf: new})

    assert ran(text, look) == [[25.0, 1.0], 78.0, [30.0, -6.0]]


def test_a_value_that_leads_to_another_branch_is_said():
    def look(program: Ran) -> Any:
        leaf, held = program.node(variable="w", kind="accumulate"), torch.tensor([2.0, 3.0])
        return program.again(leaf, lambda where: "arrived", {leaf: NewValue(torch.tensor([-1.0, 3.0]), held, "w")})

    assert ran(PRODUCT, look) == "With the new value the program goes another way, to another graph."


REFUSED = {
    "writes notes.txt (line 2)": "open('notes.txt', 'w')",
    "changes files (line 2)": "import os; os.mkdir('folder')",
    "starts another process (line 2)": "import subprocess; subprocess.Popen(['true']).wait()",
    "uses the network (line 2)": "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
    "asks for a line of input (line 2)": "try: input()\nexcept Exception: pass",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_a_program_does_outside_of_its_process_is_not_done_again(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = f"import torch\n{REFUSED[words]}\nw = torch.ones(2, requires_grad=True)\nloss = w.sum()\nloss.backward()\n"

    def look(program: Ran) -> Any:
        for name in ("notes.txt", "folder"):
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(name) if name == "folder" else os.remove(name)
        leaf = program.node(variable="w", kind="accumulate")
        return program.again(leaf, lambda where: "arrived"), os.listdir()

    said, left = ran(text, look)
    assert said == f"The program {words}, and running it again would do that a second time."
    assert not left


def test_a_program_that_needs_what_an_earlier_run_left_is_said_to_fail_alone():
    def look(program: Ran) -> Any:
        program.runner.run("v = (w * 2).sum()\nv.backward()\n", PATH, program._watched)
        return program.again(program.node(variable="w", kind="accumulate"), lambda where: "arrived")

    said = ran("import torch\nw = torch.ones(2, requires_grad=True)\nloss = w.sum()\nloss.backward()\n", look)
    assert said.startswith("The program failed when it ran again, alone, at line 1: ")


def test_a_copy_that_is_ended_says_nothing_more():
    def work(tell: Tell) -> None:
        tell(b"begun")
        threading.Event().wait()

    copy = Copy(work)
    messages = copy.messages()
    assert next(messages) == b"begun"
    copy.end()
    assert not list(messages)
    copy.end()


def test_a_copy_ends_with_the_process_that_made_it_whatever_ends_that():
    """The middle one makes a copy that waits for ever, and is killed while it listens to it."""

    def wait_forever(tell: Tell) -> None:
        tell(str(os.getpid()).encode())
        threading.Event().wait()

    def middle(tell: Tell) -> None:
        for message in Copy(wait_forever).messages():
            tell(message)

    copy = Copy(middle)
    messages = copy.messages()
    inner = os.pidfd_open(int(next(messages)))
    try:
        copy.end()
        assert not list(messages)
        assert select.select([inner], [], [], PATIENCE_S)[0], "it lives on"
    finally:
        os.close(inner)
