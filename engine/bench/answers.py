"""How long the engine takes to answer while a program runs in it, against the same once the program has ended."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import TypeVar

import msgspec

from engine.protocol import messages as m
from engine.protocol.framing import FrameReader, decode_event, encode
from engine.protocol.handshake import PROTOCOL
from engine.protocol.keys import VariableGradKey, VariableKey
from engine.protocol.splitting import Joiner
from engine.shared.measurement import Measurement

_GAP_S = 0.02  # a window asks after a step, a click or a stroke of the wheel, not without a pause
_N_REQUESTS = 300
_PROGRAM = """
import torch
from torch import nn
model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
weight, *others = model.parameters()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
inputs, targets = torch.randn(32, 8), torch.randn(32, 1)
while True:
    optimizer.zero_grad()
    loss = ((model(inputs) - targets) ** 2).mean()
    loss.backward()
    optimizer.step()
"""
E = TypeVar("E", bound=m.Event)


class _Engine:
    """A `serve` engine and the window's end of its pipe."""

    def __init__(self) -> None:
        command, pipe = [sys.executable, "-P", "-m", "engine", "serve"], subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, bufsize=0)
        self._reader, self._joiner = FrameReader(), Joiner()
        self._events: list[m.Event] = []
        self._n_sent = 0
        self.send(m.Hello(protocol=PROTOCOL))
        self.wait(m.Ready)

    def send(self, request: m.Request) -> int:
        assert self._process.stdin is not None
        self._n_sent += 1
        self._process.stdin.write(encode(msgspec.structs.replace(request, id=self._n_sent)))
        return self._n_sent

    def wait(self, kind: type[E], request_id: int = 0) -> E:
        """The next event of a kind, and with an id of that request's."""
        while True:
            event = self._next()
            if isinstance(event, kind) and (not request_id or event.id == request_id):
                return event

    def answer_ms(self, request: m.Request) -> float:
        """How long the answer takes, whatever it is."""
        start_s = time.perf_counter()
        self.wait(m.Event, self.send(request))
        return 1000 * (time.perf_counter() - start_s)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def _next(self) -> m.Event:
        assert self._process.stdout is not None
        while not self._events:
            data = self._process.stdout.read(1 << 16)
            joined = [self._joiner.take(decode_event(body)) for body in self._reader.feed(data)]
            self._events += [event for event in joined if event is not None]
        return self._events.pop(0)


def answer_times() -> list[Measurement]:
    """The 95th percentile of what a window asks, one request after the other."""
    engine = _Engine()
    run = engine.send(m.RunProgram(text=_PROGRAM, path="program.py"))
    graph = engine.wait(m.GraphShown).graph
    nodes = tuple(node.id for node in graph.nodes)
    requests: list[m.Request] = [
        *(m.AskVariables(), m.AskDetails(key=VariableKey("loss")), m.AskDetails(key=VariableGradKey("weight"))),
        *(
            m.AskRectangle(key=VariableKey("weight")),
            m.AskCards(graph=graph.id, nodes=nodes),
        ),
    ]
    running_ms = _percentile_95(engine, requests)
    engine.send(m.Interrupt())
    engine.wait(m.Finished, run)
    idle_ms = _percentile_95(engine, requests)
    engine.close()
    name = "answer to a request while a training loop runs, 95th percentile"
    return [Measurement(name=name, ours=running_ms, other=idle_ms, against="once it has ended", aim="≤ 50 ms")]


def _percentile_95(engine: _Engine, requests: list[m.Request]) -> float:
    times_ms = []
    for index in range(_N_REQUESTS):
        times_ms.append(engine.answer_ms(requests[index % len(requests)]))
        time.sleep(_GAP_S)
    return statistics.quantiles(times_ms, n=20)[-1]
