"""Everything that a window could ask for while a program is held or has ended; no answer may be a defect."""

from __future__ import annotations

from typing import Any

from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.jacobians import AskJacobian
from engine.protocol.keys import NodeGradKey, NodeValueKey, TensorKey, VariableGradKey, VariableKey
from engine.protocol.predictions import AskQuestion, AskVerdicts, EnterPrediction
from engine.protocol.program_values import Variable
from engine.protocol.until import UntilNext
from tests.engine.client import Client, of_kind, printed

DEFECT = "engine.defect"
_NEWS = (m.Finished, m.GraphShown, m.BackwardProgress, m.Failed)


class Asked:
    """A program run in an engine of its own, recorded or held at each node, with everything asked meanwhile: at each
    hold the table, all cards and facts, and all that is known of the held node and of those that it hands gradients to;
    of a variable once, and again when a part has ended, when every node is asked of; its attributes again where
    something of it has changed.

    `parts` are run one after another in the same namespace.
    """

    def __init__(self, parts: list[str], *, step: bool) -> None:
        self.errors: list[str] = []  # of each part: the traceback, "" where it ran to its end
        self.defects: list[str] = []
        self.rows: dict[str, str] = {}  # the table at the end
        self.graph: Graph | None = None
        self._asked: set[str] = set()
        self._completed: dict[str, str] = {}  # as the table had them when their attributes were asked for
        with Client() as engine:
            self._engine = engine
            for part in parts:
                self._run(part, step)
            self.output = printed(engine.events)
            self.events = engine.events

    def _run(self, text: str, step: bool) -> None:
        engine = self._engine
        start, request_id = len(engine.events), engine.start(text, step=step)
        while True:
            news = engine.wait(m.Event, where=lambda event: isinstance(event, _NEWS))
            if isinstance(news, m.GraphShown):
                self.graph = news.graph
            elif isinstance(news, m.BackwardProgress) and news.state.status == "paused":
                self._ask_everything(news.state.current)
                engine.send(m.Step(until=UntilNext()))
            elif isinstance(news, m.Finished | m.Failed) and news.id == request_id:
                break
        self._asked.clear()
        self._ask_everything()
        self._asked.clear()
        events = engine.events[start:]
        ended = of_kind(events, m.Finished)
        self.errors.append(ended[0].error.traceback.strip() if ended and ended[0].error else "")
        self.defects += [event.sentence for event in of_kind(events, m.Failed) if event.code == DEFECT]
        self.defects += [event.error.sentence for event in ended if event.error and event.error.code == DEFECT]

    def _ask_everything(self, held: int | None = None) -> None:
        rows = self._engine.ask(m.AskVariables()).rows
        self.rows = {row.name: line_of(row) for row in rows}
        for row in rows:
            if row.name not in self._asked:
                self._asked.add(row.name)
                self._ask_variable(row)
        if self.graph is not None and self.graph.nodes:
            self._ask_graph(self.graph, held)

    def _ask_variable(self, row: Variable) -> None:
        if self._completed.get(row.name) != line_of(row):  # else they are the same two hundred names and lines
            self._completed[row.name] = line_of(row)
            self._engine.ask(m.AskCompletions(text=f"{row.name}.", line=1, column=len(row.name) + 1))
        if row.summary is not None:
            self._ask_tensor(VariableKey(row.name))
        if row.grad is not None:
            self._ask_tensor(VariableGradKey(row.name))

    def _ask_graph(self, graph: Graph, held: int | None) -> None:
        slots = [(node.id, slot) for node in graph.nodes for slot in range(max(1, len(node.outputs)))]
        nodes = tuple(node for node, _ in slots)
        self._engine.ask(m.AskCards(graph=graph.id, nodes=nodes, slots=tuple(slot for _, slot in slots)))
        self._engine.ask(m.AskFacts(graph=graph.id, nodes=nodes))
        near = {held, *(edge.target for edge in graph.edges if edge.source == held)} if held is not None else set(nodes)
        for node in near & set(nodes):
            self._engine.ask(m.AskRule(graph=graph.id, node=node))
            self._predict(graph.id, node)
        for node, slot in slots:
            if node in near:
                self._engine.ask(m.AskCell(graph=graph.id, node=node, slot=slot))
                self._engine.ask(AskJacobian(graph=graph.id, node=node, slot=slot))
                self._ask_tensor(NodeValueKey(node, slot))
                self._ask_tensor(NodeGradKey(node, slot))

    def _predict(self, graph: int, node: int) -> None:
        for wanted in self._engine.ask(AskQuestion(graph=graph, node=node)).question.wanted:
            self._engine.ask(EnterPrediction(graph=graph, node=node, place=wanted.place, text="-grad"))
        self._engine.ask(AskVerdicts(graph=graph, node=node))

    def _ask_tensor(self, key: TensorKey) -> None:
        questions: list[Any] = [m.AskDetails(key=key), m.AskRectangle(key=key), m.AskText(key=key)]
        for question in questions:
            answer = self._engine.ask(question)
            if isinstance(answer, m.Failed):
                assert answer.sentence.endswith("."), answer


def line_of(row: Variable) -> str:
    """What the table says of it."""
    if row.n_parameters >= 0:
        return f"{row.n_parameters} parameters"
    return row.text or ("" if row.summary is None else row.summary.line)
