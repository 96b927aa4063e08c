"""What a recorder knows of a program's tensors, as the sentences about its errors ask for it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from torch import Tensor

from engine.program.sentences.failing_call import FailingCall
from engine.protocol.sentence import Sentence


class Maker(NamedTuple):
    """Which call of the program made a tensor."""

    expression: str  # as the program writes it, where that is short, else its function
    line: int


class Known(Protocol):
    """Asked on the thread that ran the program, after an exception."""

    def why_no_graph(self, tensor: Tensor, name: str) -> Sentence:
        """Why there is no graph behind a tensor, which is called `name`."""

    def why_no_grad(self, tensor: Tensor, name: str) -> Sentence | None:
        """Why `name.grad` is None; None where that is not known."""

    def numbers(self) -> Maker | None:
        """The last call that took plain numbers out of a graph."""

    def maker(self, tensor: Tensor) -> Maker | None:
        """The call that made a tensor, where it was seen."""

    def why_pass_failed(self, error: BaseException, message: str, call: FailingCall) -> Sentence | None:
        """Why the backward pass that `call` started raised this exception; None where that is not known."""

    def failed_operation(self, error: BaseException) -> Maker | None:
        """The call whose backward raised an exception, in a pass of the program; None of any other."""
