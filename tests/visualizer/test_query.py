"""The language of Find: what is understood, what is refused, and which nodes are found, also before all is known."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from engine.protocol.facts import NodeFacts, SavedStorage
from engine.protocol.graph_values import Graph, Module, Node, NodeOutput
from engine.protocol.source import Source
from tests.visualizer.graph_demo import gpt2_graph, lesson_graph
from visualizer.look.spoken import use_language
from visualizer.model.fact_columns import FactColumns
from visualizer.model.node_index import NodeIndex
from visualizer.model.query import FACTS, HELP, Bad, Comparison, Field, Lines, QueryError, Shape, Term, Words, parse
from visualizer.model.search import search


class Known:
    """Facts that the engine would tell, by node."""

    def __init__(self, facts=(), norms=None, times=None) -> None:
        self.facts = {fact.node: fact for fact in facts}
        self.norms, self.times = norms or {}, times or {}

    def of(self, node):
        return self.facts.get(node)

    def gradient_norm(self, node):
        return self.norms.get(node)

    def time_ms(self, node):
        return self.times.get(node)


def found(graph: Graph, text: str, known: Known | None = None) -> list[int]:
    """The ids of the nodes found."""
    result = search(parse(text), NodeIndex(graph), FactColumns(graph, known or Known()))
    return [graph.nodes[index].id for index in result.matches]


def undecided(graph: Graph, text: str, known: Known) -> list[int]:
    result = search(parse(text), NodeIndex(graph), FactColumns(graph, known))
    return [graph.nodes[index].id for index in result.undecided]


# -- what is understood


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("tanh", Words("tanh")),
        ('"x @ W1"', Words("x @ w1")),
        ('"not closed yet', Words("not closed yet")),
        ("nan", Bad("nan")),
        ("INF", Bad("inf")),
        ('"nan"', Words("nan")),
        ("norm>1e3", Comparison("norm", ">", 1000.0)),
        ("norm > 1e3", Comparison("norm", ">", 1000.0)),
        ("norm<1e-7", Comparison("norm", "<", 1e-7)),
        ("min>=-0.5", Comparison("min", ">=", -0.5)),
        ("max ≤ .5", Comparison("max", "<=", 0.5)),
        ("zeros>90%", Comparison("zeros", ">", 0.9)),
        ("zeros==1", Comparison("zeros", "=", 1.0)),
        ("bytes>1M", Comparison("bytes", ">", 1e6)),
        ("bytes>2kB", Comparison("bytes", ">", 2e3)),
        ("bytes>1KiB", Comparison("bytes", ">", 1024.0)),
        ("bytes>1.5Gi", Comparison("bytes", ">", 1.5 * 2**30)),
        ("time>20us", Comparison("time", ">", 0.02)),
        ("time>20µs", Comparison("time", ">", 0.02)),
        ("time<1s", Comparison("time", "<", 1000.0)),
        ("norm", Words("norm")),
        ("norm1", Words("norm1")),
        ("dtype:bf16", Field("dtype", "bf16")),
        ("module:h.3.attn", Field("module", "h.3.attn")),
        ('source:"x @ W"', Field("source", "x @ w")),
        ("line:31", Lines(31, 31)),
        ("line:14-17", Lines(14, 17)),
        ("line:17–14", Lines(14, 17)),
        ("shape:(…,768)", Shape(("…", "768"))),
        ("shape:(..., 768)", Shape(("…", "768"))),
        ("shape:[8, *, 768]", Shape(("8", "*", "768"))),
        ("shape:4,5", Shape(("4", "5"))),
        ("(5,)", Shape(("5",))),
        ("shape:()", Shape(())),
        ("x[1:2]", Words("x[1:2]")),
        ("a->b", Words("a->b")),
    ],
)
def test_a_term_means(text: str, condition: object) -> None:
    assert parse(text).terms == (Term(condition),)


def test_terms_are_separated_by_blanks_and_a_minus_excludes() -> None:
    query = parse('  op:mm -module:h.3   norm > 1  -"a b" x - y')
    assert query.terms == (
        Term(Field("op", "mm")),
        Term(Field("module", "h.3"), True),
        Term(Comparison("norm", ">", 1.0)),
        Term(Words("a b"), True),
        Term(Words("x")),
        Term(Words("-")),
        Term(Words("y")),
    )
    assert query.facts == ("norm",)


def test_a_field_that_stands_twice_is_named_because_a_node_has_to_be_both() -> None:
    assert parse("op:mm op:add").repeated == "op:"
    assert parse("line:3 shape:(4,) line:5").repeated == "line:"
    assert parse("op:mm -op:add name:x tanh relu").repeated == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("norm>", "“norm” waits for a number, as in norm>1e3."),
        ("norm>big", "“big” is no number that “norm” can be compared with: write norm>1e3."),
        ("zeros>1M%", "“1M%” is no number that “zeros” can be compared with: write zeros>0.9."),
        ("bytes>1min", "“1min” is no number that “bytes” can be compared with: write bytes>1M."),
        ("nrm>3", "“nrm” is nothing to compare: there are norm, ratio, min, max, zeros, bytes, time; to find it as "
                  'text, write "nrm>3".'),
        ("norm:3", '“norm” is compared, as in norm>1e3; to find it as text, write "norm:3".'),
        ("modul:h", "“modul:” is no field: there are op, name, module, source, dtype, file, shape, line; to find it as "
                    'text, write "modul:h".'),
        ("op:", "“op:” waits for what to find."),
        ("line:x", "“x” is no line: write line:31 or line:14-17."),
        ("-", '“-” waits for what is to be left out, as in -op:add; to find it as text, write "-".'),
        ("--op:mm", '“--op:mm” has two signs, and one leaves out already; to find it as text, write "--op:mm".'),
        (">5", '“>5” lacks what is compared, as in norm>1e3; to find it as text, write ">5".'),
        ('"', 'Quotation marks wait for the text between them, as in "x @ W".'),
        ('-""', 'Quotation marks wait for the text between them, as in "x @ W".'),
        ('op:"', "“op:” waits for what to find."),
        ("op:op:", '“op:op:” has a field in a field: write op:mm; to find it as text, write "op:op:".'),
        ("name:op:mul", '“name:op:mul” has a field in a field: write name:mul; to find it as text, write '
                        '"name:op:mul".'),
        ("zeros>1e999", "“1e999” is out of the range of numbers: write zeros>0.9."),
        ("norm<1e-999", "“1e-999” is out of the range of numbers: write norm>1e3."),
        ("bytes>1e308M", "“1e308M” is out of the range of numbers: write bytes>1M."),
        ("line:0", "“0” is no line: they count from 1."),
        ("shape:(a, 3)", "“(a, 3)” is no shape: write (4, 5), (…,768) or (*, 768)."),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_says_so_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(f"tanh {text}")
    assert str(caught.value) == sentence


@given(st.text(st.sampled_from('abnormop:<>=-"()[]*…., 0123456789eMk\t%') | st.characters(), max_size=40))
def test_every_text_is_understood_or_refused_with_a_sentence(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert str(error).endswith(".") and "\n" not in str(error).removesuffix(text)
    else:
        assert len(query.terms) <= len(text) and bool(query.terms) == bool(text.strip())


@given(st.text(st.characters(exclude_characters='"', categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20))
def test_quoted_text_stands_for_itself(text: str) -> None:
    assert parse(f'"{text}"').terms == (Term(Words(text.casefold())),)


@given(st.sampled_from(sorted(FACTS)), st.sampled_from(("<", ">", "<=", ">=", "=")), st.floats(0, 1e300))
def test_every_number_can_be_compared_with(fact: str, relation: str, value: float) -> None:
    assert parse(f"{fact}{relation}{value!r}").terms == (Term(Comparison(fact, relation, value)),)


@pytest.mark.parametrize("form", [form for form, _meaning in HELP])
def test_every_form_of_the_help_is_one_term(form: str) -> None:
    assert len(parse(form).terms) == 1


# -- which nodes are found by words


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("(4, 5)", [4, 5, 6]),
        ("X @ w1", [4, 5, 6]),
        ("torch.tanh", [4]),
        ("zebra", []),
        ("op:mm", [3, 6]),
        ("op:matmul", [3, 6]),
        ("op:log_softmax", [2]),
        ("op:logsoftmax", [2]),
        ("op:cross_entropy", [1, 2]),
        ("op:*softmax", [2]),
        ("op:m", []),
        ("name:w1", [7]),
        ("accumulate", [7, 8, 9]),
        ("accumulate -name:b1", [7, 9]),
        ("line:8", [4, 5, 6]),
        ("line:8-9 -op:mm", [4, 5]),
        ("source:cross", [1, 2]),
        ("file:two_layers op:tanh", [4]),
        ("dtype:i64", [11]),
        ("dtype:int", [11]),
        ("shape:(*, 3)", [2, 3, 9, 10]),
        ("shape:(…, 5)", [4, 5, 6, 7, 8]),
        ("shape:()", [1]),
    ],
)
def test_the_lesson_is_searched_by_words(text: str, ids: list[int]) -> None:
    assert found(lesson_graph(), text) == ids


def test_a_module_is_found_with_what_is_in_it_and_not_with_its_namesake() -> None:
    graph = gpt2_graph()
    modules = {node.id: node.module for node in graph.nodes}
    of_one = {modules[node] for node in found(graph, "module:h.1")}
    assert "transformer.h.1.attn" in of_one and "transformer.h.1" in of_one
    assert not any(".h.10" in path or ".h.11" in path for path in of_one)
    in_attention = {path for path in modules.values() if ".attn" in path}
    assert {modules[node] for node in found(graph, "module:h.*.attn")} == in_attention and len(in_attention) >= 12


def test_a_module_is_found_by_its_type_and_by_that_of_one_around_it() -> None:
    inner = Node(1, "MmBackward0", "backward", "matmul", 2, module="net.block.attn")
    outer = Node(2, "AddBackward0", "backward", "elementwise", 1, module="net")
    modules = (Module("net", "Net"), Module("net.block", "Block"), Module("net.block.attn", "Attention"))
    graph = Graph(1, "loss", (inner, outer), modules=modules)
    assert found(graph, "module:Block") == [1]
    assert found(graph, "module:net") == [1, 2]
    assert found(graph, "module:Lock") == []


# -- by facts


def graph_of(n_nodes: int) -> Graph:
    source = Source("p.py", 3, 0, 5, 1, "f(x)")
    nodes = tuple(
        Node(10 + n, "MmBackward0", "backward", "matmul", n, source=source, outputs=(NodeOutput((n, 4), "bfloat16"),))
        for n in range(n_nodes)
    )
    return Graph(1, "loss", nodes)


def test_facts_are_those_of_values_gradient_memory_and_time() -> None:
    graph = graph_of(4)
    facts = [
        NodeFacts(10, 8, -1.0, 3.0, 2.0, 8, saved=(SavedStorage(1, 600), SavedStorage(2, 500))),
        NodeFacts(11, 8, 0.0, 1e5, 1e5, 0, n_nan=1),
        NodeFacts(12, 8, 0.0, 1.0, 1.0, 0, n_inf=2),
        NodeFacts(13),
    ]
    known = Known(facts, {10: 4.0, 11: 1e-9, 12: math.nan, 13: math.inf}, {10: 2.5})
    for text, ids in (
        ("nan", [11, 12]), ("inf", [12, 13]), ("-nan -inf", [10]), ("norm>3", [10, 13]), ("norm<1e-7", [11]),
        ("ratio=2", [10]), ("min<0", [10]), ("max>1e4", [11]), ("zeros=100%", [10]), ("bytes>1k", [10]),
        ("bytes>1.08KiB", []), ("bytes=0", [11, 12, 13]), ("time>2ms", [10]), ("-norm>3 -nan", []),
        ("dtype:bf16 line:4 max>=1", [10, 11, 12]),
    ):  # fmt: skip
        assert found(graph, text, known) == ids, text


def test_a_node_without_a_value_is_neither_above_nor_below() -> None:
    known = Known([NodeFacts(10), NodeFacts(11, 1, 5.0, 5.0, 5.0)])
    graph = graph_of(2)
    assert found(graph, "max>1", known) == [11] and found(graph, "max<=1", known) == []
    assert found(graph, "-max>1", known) == [10]


def test_what_words_rule_out_is_not_waited_for() -> None:
    graph, known = graph_of(3), Known([NodeFacts(11, 1, 1.0, 1.0, 1.0, n_nan=1)])
    assert found(graph, "nan", known) == [11] and undecided(graph, "nan", known) == [10, 12]
    assert undecided(graph, "nan shape:(2, 4)", known) == [12]
    assert undecided(graph, "-nan zebra", known) == []
    assert found(graph, "-nan", known) == [] and undecided(graph, "-nan", known) == [10, 12]


def test_columns_follow_what_is_said_to_have_changed() -> None:
    graph, known = graph_of(3), Known()
    index, columns = NodeIndex(graph), FactColumns(graph, known)
    assert not search(parse("norm>1"), index, columns).matches
    known.norms[11] = 2.0
    known.facts[12] = NodeFacts(12, 1, n_nan=1)
    assert not search(parse("norm>1"), index, columns).matches
    columns.touch([11, 12, 999])
    assert search(parse("norm>1"), index, columns).matches == (1,)
    assert search(parse("nan"), index, columns).matches == (2,)


_NUMBERS = st.sampled_from((0.0, -2.0, 0.5, 1.0, 3.0, 1e4))
_TERMS = st.lists(
    st.sampled_from(("nan", "inf", "max>0.7", "min<0", "zeros>0.2", "norm>1", "norm<=1", "ratio>0.5", "bytes>100",
                     "time>1", "shape:(…,4)", "shape:(1, *)", "op:mm", "op:add", "line:4")).flatmap(
        lambda term: st.sampled_from((term, f"-{term}"))), min_size=1, max_size=4)  # fmt: skip


@st.composite
def facts(draw: st.DrawFn, node: int) -> NodeFacts:
    low, high = sorted((draw(_NUMBERS), draw(_NUMBERS)))
    counts = [draw(st.integers(0, 4)) for _ in range(3)]
    saved = (SavedStorage(node, draw(st.sampled_from((0, 99, 101)))),)
    return NodeFacts(node, 12, low, high, abs(high), *counts, saved=saved)


@settings(max_examples=150)
@given(st.data(), _TERMS)
def test_what_is_found_so_far_stays_found_and_the_rest_comes_from_what_was_undecided(data, terms: list[str]) -> None:
    graph, text = graph_of(4), " ".join(terms)
    all_facts = [data.draw(facts(node.id)) for node in graph.nodes]
    norms = {node.id: data.draw(_NUMBERS) for node in graph.nodes if data.draw(st.booleans())}
    whole = set(found(graph, text, Known(all_facts, norms)))
    assert not undecided(graph, text, Known(all_facts, norms))
    part = Known([fact for fact in all_facts if data.draw(st.booleans())], norms)
    so_far = set(found(graph, text, part))
    assert so_far <= whole <= so_far | set(undecided(graph, text, part))


@given(_TERMS)
def test_several_terms_find_what_each_of_them_finds(terms: list[str]) -> None:
    graph = graph_of(3)
    known = Known([NodeFacts(10 + n, 4, -float(n), float(n), 1.0, n, n_nan=n % 2) for n in range(3)], {10: 2.0})
    each = [set(found(graph, term, known)) for term in terms]
    assert set(found(graph, " ".join(terms), known)) == set.intersection(*each)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("norm>0,5", 0.5),
        ("norm>0.5", 0.5),
        ("norm>1.000", 1000.0),
        ("bytes>1,5MiB", 1.5 * 1024**2),
        ("norm>1e-3", 1e-3),
    ],
)
def test_a_number_is_read_as_the_language_in_use_writes_it(qapp: QApplication, typed: str, value: float) -> None:
    use_language("pt_BR")
    (term,) = parse(typed).terms
    assert isinstance(term.condition, Comparison) and term.condition.value == value


def test_english_takes_a_point_alone() -> None:
    with pytest.raises(QueryError, match="0,5"):
        parse("norm>0,5")
