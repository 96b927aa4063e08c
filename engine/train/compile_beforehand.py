"""A process that makes one step of a model as the trainer will, so that Inductor's cache holds it compiled."""

from __future__ import annotations

import os
import signal
import sys
import threading

import msgspec
import torch

from engine.train import device
from engine.train.compiling import Order, Outcome, reason_of
from engine.train.model import GPT2


def main() -> None:
    """Read an Order and print an Outcome."""
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    threading.Thread(target=_end_with_the_trainer, daemon=True).start()
    try:
        _step(order)
    except Exception as error:
        outcome = Outcome(reason_of(error))
    else:
        outcome = Outcome()
    print(msgspec.json.encode(outcome).decode(), flush=True)


def _step(order: Order) -> None:
    on = torch.device(order.device)
    model = GPT2(order.model, pads_vocabulary=order.is_padded).to(on).train()
    forward = torch.compile(model, **order.options)  # type: ignore[call-overload]
    window = torch.zeros(order.n_sequences, order.model.context_length + 1, dtype=torch.long, device=on)
    with device.autocast(on):
        loss = forward(window[:, :-1], window[:, 1:])
    loss.backward()
    device.synchronize(on)


def _end_with_the_trainer() -> None:
    while os.read(0, 1):  # not through `sys.stdin`, whose lock the end of this process would wait for
        pass
    # The trainer has ended, however it did.
    os.killpg(0, signal.SIGKILL)  # this one's group has the compilers that it started


if __name__ == "__main__":
    main()
