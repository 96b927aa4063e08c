"""What the outline's tree is made of: modules in each other, and lines of the program where no module is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from engine.protocol.values import Graph, Node, Source
from visualizer.model.modules import ROOT, ModuleEntry, ModuleTree

_LATE = float("inf")
_MANY, _PART = 1_000, 500  # rows in one place, above which they stand in parts, and how many in a part


@dataclass(eq=False, slots=True)
class Branch:
    """A row that others are under: a module, repeated modules together, or a line of the program.

    `title` leaves out what the rows around it say. `keys` are what the selection may call it, the first what it is
    selected by. `children` are branches and indices in graph.nodes, in the order of the forward pass.
    """

    keys: tuple[str, ...]
    title: str
    subtitle: str = ""
    children: list[Branch | int] = field(default_factory=list)
    path: str = ""  # dotted, of a module, or of the one that repeated ones are in
    source: Source | None = None  # of a line
    is_part: bool = False  # of the rows of another branch, which are too many


def branches_of(graph: Graph) -> list[Branch | int]:
    """The top of the tree: branches, and the nodes that are in none."""
    return _in_parts(_Builder(graph).top(), "")


class _Builder:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._tree = ModuleTree(graph)
        self._users = _users(graph)
        self._ranks = self._node_ranks()
        self._branch_ranks: dict[int, float] = {}  # by id of a branch

    def top(self) -> list[Branch | int]:
        root = self._tree.modules[ROOT]
        return self._in_order([*self._below(root), *self._lines(root.nodes)])

    def _below(self, entry: ModuleEntry) -> list[Branch | int]:
        """Branches of the modules directly in one, repeated ones together."""
        found: list[Branch | int] = []
        groups: dict[str, Branch] = {}
        for path in entry.children:
            branch, key = self._module(path, entry.path), self._tree.modules[path].group
            if not key:
                found.append(branch)
                continue
            if key not in groups:
                group = self._tree.groups[key]
                title = _within(group.label, entry.path)
                groups[key] = Branch((key,), title, f"{group.type_name} × {len(group.members)}", path=entry.path)
                found.append(groups[key])
            groups[key].children.append(branch)
        for group_branch in groups.values():
            group_branch.children = self._in_order(group_branch.children)
        return found

    def _module(self, path: str, parent: str) -> Branch:
        entry = self._tree.modules[path]
        below = self._below(entry)
        only = below[0] if len(below) == 1 and not entry.nodes else None
        if isinstance(only, Branch) and only.keys[0] in self._tree.groups:  # a list of blocks is its blocks
            title = _within(self._tree.groups[only.keys[0]].label, parent)
            return Branch((*only.keys, path), title, only.subtitle, only.children, path)
        children = _in_parts(self._in_order([*below, *entry.nodes]), path)
        return Branch((path,), _within(path, parent), entry.type_name, children, path)

    def _lines(self, nodes: list[int]) -> list[Branch | int]:
        """Nodes that no module made, by the line that did; one that is alone on its line stays without a branch."""
        by_line: dict[tuple[str, int], list[int]] = defaultdict(list)
        loose: list[Branch | int] = []
        for index in nodes:
            place = self._line_of(index)
            if place is None:
                loose.append(index)
            else:
                by_line[place].append(index)
        has_files = len({path for path, _ in by_line}) > 1
        for (path, line), members in by_line.items():
            if len(members) < 2:
                loose += members
            else:
                loose.append(self._line(path, line, members, has_files=has_files))
        return loose

    def _line(self, path: str, line: int, members: list[int], *, has_files: bool) -> Branch:
        sources = [source for index in members if (source := self._graph.nodes[index].source) is not None]
        widest = max(sources, key=lambda source: (source.end_line - source.line, len(source.text)))
        file = f"{path.rpartition('/')[2]} " if has_files else ""
        text = widest.text.splitlines()[0] if widest.text else ""
        key = f"{path}:{line}"
        return Branch((key,), f"{file}line {line}", text, _in_parts(self._in_order(members), key), source=widest)

    def _line_of(self, index: int) -> tuple[str, int] | None:
        """Of a leaf without one, that of all of its users."""
        node = self._graph.nodes[index]
        if node.source is not None:
            return node.source.path, node.source.line
        if node.kind == "backward":
            return None
        places = {_place(self._graph.nodes[user]) for user in self._users[index]}
        return places.pop() if len(places) == 1 else None

    # -- the order of the forward pass

    def _in_order(self, children: list) -> list[Branch | int]:
        return sorted(children, key=self._rank)

    def _rank(self, child: Branch | int) -> float:
        if isinstance(child, int):
            return self._ranks[child]
        found = self._branch_ranks.get(id(child))
        if found is None:
            found = self._branch_ranks[id(child)] = min(map(self._rank, child.children), default=_LATE)
        return found

    def _node_ranks(self) -> list[float]:
        """Autograd numbers nodes in the order of the forward pass; a leaf comes just before its first user."""
        nodes = self._graph.nodes
        return [
            float(node.sequence)
            if node.kind == "backward"
            else min((nodes[user].sequence for user in self._users[index]), default=_LATE) - 0.5
            for index, node in enumerate(nodes)
        ]


def _in_parts(children: list[Branch | int], key: str) -> list[Branch | int]:
    """As they are, or in branches of some hundred each where nobody would scroll through them."""
    if len(children) <= _MANY:
        return children
    starts = range(0, len(children), _PART)
    parts = [children[start : start + _PART] for start in starts]
    titles = [f"{start + 1:,} … {start + len(part):,}" for start, part in zip(starts, parts, strict=True)]
    return [
        Branch((f"{key} {title}",), title, f"of {len(children):,}", part, is_part=True)
        for title, part in zip(titles, parts, strict=True)
    ]


def _within(path: str, around: str) -> str:
    """ "attn.c_proj" of "h.0.attn.c_proj" in "h.0"; "h.0" of "transformer.h.0" in "transformer.h"."""
    short = path.removeprefix(f"{around}.") if around else path
    return f"{around.rpartition('.')[2]}.{short}" if around and short[:1].isdigit() else short


def _users(graph: Graph) -> list[list[int]]:
    """By node, the nodes that took its output."""
    places = {node.id: index for index, node in enumerate(graph.nodes)}
    users: list[list[int]] = [[] for _ in graph.nodes]
    for edge in graph.edges:
        if edge.source in places and edge.target in places:
            users[places[edge.target]].append(places[edge.source])
    return users


def _place(node: Node) -> tuple[str, int] | None:
    return None if node.source is None or node.module else (node.source.path, node.source.line)
