"""Divergences of distributions that a loss makes larger: a sign is wrong, what is to come together is driven apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.cuts import bare_name
from engine.autograd.optimizer_groups import held_by, settings_of
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.divergences import is_distribution, is_logarithm, values_of
from engine.autograd.unsaid.graph_walks import kind_of, leaves_below, users
from engine.autograd.unsaid.run import Run
from engine.program.sentences.failing_call import parsed
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_SUMS = re.compile(r"(Add|Sub|Rsub)Backward\d")
_SQUARES = re.compile(r"(Pow|Square|Mul)Backward\d")
_NEAR = 1e-3
_MOST_TERMS = 6
_MOST = 1 << 22  # elements that are looked at
Edge = tuple[int, int]  # a node and its slot


def driven_apart(run: Run) -> Iterator[Notice]:
    """One for each in the newest pass, by whose gradients an optimizer steps that does not maximise. What a gradient
    that arrives says of a sign is PyTorch's own."""
    trained = {
        id(one) for _, optimizer in run.optimizers() if optimizer in run.recorder.seen.events.steps
        for settings in settings_of(optimizer) if settings.get("maximize") is not True for one in held_by(optimizer)
    }  # fmt: skip
    told: set[object] = set()
    for index, _, record in run.nodes() if trained else ():
        call = record.call
        if call is None or line_of(call) is None or call.place in told:
            continue
        rises = _rises(run, index, record)
        if rises and _goes_down(run, index, rises) and any(id(leaf) in trained for leaf in leaves_below(run, index)):
            told.add(call.place)
            called = _divergence_called(call)
            said = expression_of(call) if called is None else f"{ast.unparse(called.func)}(…)"
            yield Notice(_said(said), source_of(call.place))


def _said(expression: object) -> Sentence:
    return Sentence.of(
        "notice.driven_apart",
        "{expression} comes into the loss with the sign that makes a divergence larger: by its gradient each step "
        "drives the two distributions apart. Turn its sign where they are to come together.",
        expression=expression,
    )


def _rises(run: Run, index: int, record: NodeRecord) -> int:
    """1 where what a node made grows with a divergence, −1 where it falls, 0 where it is none that is known."""
    if record.call is not None and bare_name(record.call.function) == "kl_div":
        return 1 if record.given is not None else 0
    if _is_of_distributions(run, index, record.call):
        return 1
    kind = kind_of(run, index)
    if kind == "MulBackward0":
        return _of_product(run, index, record)
    return _of_normal(run, index) if _SUMS.fullmatch(kind) else 0


def _goes_down(run: Run, index: int, rises: int) -> bool:
    """Whether the loss falls where the divergence grows, in every cell that it depends on."""
    arrived, _ = run.current.gradients.read(index, 0)
    bare = None if arrived is None else native.bare(arrived)
    if bare is None or not native.has_own_data(bare) or not 0 < native.numel(bare) <= _MOST:
        return False
    signed = bare * rises
    return bool((signed <= 0).all()) and bool((signed < 0).any())


def _divergence_called(call: Call) -> ast.Call | None:
    """The program's own call of torch's kl_divergence, in which one was made. A function of the program with this name
    has the lines in it for places."""
    source = None if call.direct else source_of(call.place)
    tree = None if source is None else parsed(source.text)
    called = tree.value if isinstance(tree, ast.Expr) else None
    is_one = isinstance(called, ast.Call) and ast.unparse(called.func).endswith("kl_divergence")
    return called if isinstance(called, ast.Call) and is_one else None


def _is_of_distributions(run: Run, index: int, call: Call | None) -> bool:
    """Whether a node is the last one that such a call made."""
    if call is None or _divergence_called(call) is None:
        return False
    above = [run.recorder.seen.record_of(run.current.call.nodes[one]) for one in users(run, index)]
    return not any(one is not None and one.call is not None and one.call.place == call.place for one in above)


def _of_product(run: Run, index: int, record: NodeRecord) -> int:
    """p · (log p − log q), in either order."""
    values = values_of(record)
    if len(values) != 2:
        return 0
    for shares, other in (0, 1), (1, 0):
        share, edge = values[shares], _edge(run, index, other)
        below = None if edge is None else run.recorder.seen.record_of(run.current.call.nodes[edge[0]])
        if share is None or edge is None or below is None or kind_of(run, edge[0]) != "SubBackward0":
            continue
        logarithms = values_of(below)
        if len(logarithms) == 2 and is_distribution(share) and all(map(_is_known_logarithm, logarithms)):
            return next((sign for one, sign in zip(logarithms, (1, -1), strict=True) if _is_of(one, share)), 0)
    return 0


def _edge(run: Run, index: int, place: int) -> Edge | None:
    edges = run.current.call.edges[index]
    return edges[place] if place < len(edges) else None


def _is_known_logarithm(value: Tensor | None) -> bool:
    return value is not None and is_logarithm(value)


def _is_of(logarithm: Tensor | None, share: Tensor) -> bool:
    """Whether it is the logarithm of these probabilities."""
    if logarithm is None or native.shape(logarithm) != native.shape(share):
        return False
    return bool(((logarithm.exp() - share).abs() < _NEAR).all())


def _of_normal(run: Run, top: int) -> int:
    """1 + log σ² − μ² − σ², of which the divergence of a normal distribution from the standard one is −½."""
    terms = _terms(run, top)
    signs = dict(terms)
    for edge, sign in terms:
        variance = _edge(run, edge[0], 0) if kind_of(run, edge[0]) == "ExpBackward0" else None
        if variance is not None and signs.get(variance) == -sign:
            squares = [one for one, known in terms if known == sign and _SQUARES.fullmatch(kind_of(run, one[0]))]
            return sign if squares else 0
    return 0


def _terms(run: Run, top: int) -> list[tuple[Edge, int]]:
    """What is added up, with its sign; nothing of long sums, as those of a loop are."""
    found: list[tuple[Edge, int]] = []
    ahead = [((top, 0), 1)]
    while ahead and len(found) + len(ahead) <= _MOST_TERMS:
        edge, sign = ahead.pop()
        kind = kind_of(run, edge[0])
        if not _SUMS.fullmatch(kind):
            found.append((edge, sign))
            continue
        for place, below in enumerate(run.current.call.edges[edge[0]]):
            is_turned = kind.startswith("Rsub") or (kind.startswith("Sub") and place == 1)
            ahead += [] if below is None else [(below, -sign if is_turned else sign)]
    return [] if ahead else found
