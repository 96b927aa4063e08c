"""The module tree of a graph: who contains whom, which node belongs where, and which siblings repeat."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from engine.protocol.values import Graph, Node

ROOT = ""


@dataclass
class ModuleEntry:
    """One module: its children by path, and the indices (in graph.nodes) of the nodes it owns itself."""

    path: str
    type_name: str
    parent: str
    depth: int  # 1 for a module directly under the root
    children: list[str] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    n_inside: int = 0  # nodes here and below
    group: str = ""  # key of the group of repeated siblings it is in


@dataclass(frozen=True)
class Group:
    """Consecutive siblings of one type and one structure, "transformer.h.0 … 11"."""

    key: str
    type_name: str
    members: tuple[str, ...]

    @property
    def label(self) -> str:
        """The dotted paths of all members in one line."""
        return f"{self.members[0]} … {self.members[-1].rpartition('.')[2]}"


class ModuleTree:
    """Built once per graph. `owner[i]` is the path of the module that node i belongs to."""

    def __init__(self, graph: Graph) -> None:
        types = {module.path: module.type_name for module in graph.modules}
        for node in graph.nodes:
            types.setdefault(node.module, "")
        types.pop(ROOT, None)
        self.modules: dict[str, ModuleEntry] = {ROOT: ModuleEntry(ROOT, "", ROOT, 0)}
        for path in sorted(types, key=lambda path: (path.count("."), path)):
            parent = self._nearest(path.rpartition(".")[0])
            self.modules[path] = ModuleEntry(path, types[path], parent, self.modules[parent].depth + 1)
            self.modules[parent].children.append(path)
        self.owner = self._owners(graph)
        for index, path in enumerate(self.owner):
            self.modules[path].nodes.append(index)
        self._count(ROOT)
        self.groups: dict[str, Group] = {}
        self._find_groups(graph)

    def chain(self, path: str) -> list[str]:
        """The path's modules from the outermost to itself, without the root."""
        found = []
        while path != ROOT:
            found.append(path)
            path = self.modules[path].parent
        return found[::-1]

    def foldable(self) -> list[str]:
        """Keys of everything that can be folded: modules with at least two nodes, and groups."""
        return [path for path, entry in self.modules.items() if path != ROOT and entry.n_inside > 1] + list(self.groups)

    def indices(self, path: str) -> list[int]:
        """The nodes in a module and below."""
        entry = self.modules[path]
        found = list(entry.nodes)
        for child in entry.children:
            found.extend(self.indices(child))
        return found

    def _nearest(self, path: str) -> str:
        while path and path not in self.modules:
            path = path.rpartition(".")[0]
        return path

    def _owners(self, graph: Graph) -> list[str]:
        """A node's own module; a leaf without one belongs where all of its users are."""
        owner = [self._nearest(node.module) for node in graph.nodes]
        index = {node.id: i for i, node in enumerate(graph.nodes)}
        users: dict[int, set[str]] = defaultdict(set)
        for edge in graph.edges:
            target = index.get(edge.target)
            if target is not None and edge.source in index and _adoptable(graph.nodes[target]):
                users[target].add(owner[index[edge.source]])
        for target, paths in users.items():
            owner[target] = self._common(paths)
        return owner

    def _common(self, paths: set[str]) -> str:
        chains = [self.chain(path) for path in paths]
        common = ROOT
        for level in zip(*chains, strict=False):
            if len(set(level)) > 1:
                break
            common = level[0]
        return common

    def _count(self, path: str) -> int:
        entry = self.modules[path]
        entry.n_inside = len(entry.nodes) + sum(self._count(child) for child in entry.children)
        return entry.n_inside

    def _signature(self, path: str) -> tuple:
        entry = self.modules[path]
        below = sorted((child[len(path) :], self._signature(child)) for child in entry.children)
        return entry.type_name, tuple(below)

    def _find_groups(self, graph: Graph) -> None:
        following = _successors(graph)
        for entry in list(self.modules.values()):
            for run in self._runs(entry.children):
                if len(run) > 1 and self._is_convex(run, following):
                    group = Group(f"{run[0]}…{run[-1]}", self.modules[run[0]].type_name, tuple(run))
                    self.groups[group.key] = group
                    for path in run:
                        self.modules[path].group = group.key

    def _runs(self, children: list[str]) -> list[list[str]]:
        numbered = []
        for path in children:
            prefix, _dot, last = path.rpartition(".")
            if last.isdigit() and self.modules[path].type_name:
                numbered.append((prefix, int(last), path))
        runs: list[list[str]] = []
        before: tuple | None = None
        for prefix, number, path in sorted(numbered):
            signature = self._signature(path)
            if before == (prefix, number - 1, signature):
                runs[-1].append(path)
            else:
                runs.append([path])
            before = (prefix, number, signature)
        return runs

    def _is_convex(self, run: list[str], following: list[list[int]]) -> bool:
        """Whether no path leaves the members and comes back, so that one card for all of them makes no cycle."""
        inside = {index for path in run for index in self.indices(path)}
        if len(inside) < 2:
            return False
        frontier = [after for index in inside for after in following[index] if after not in inside]
        seen = set(frontier)
        while frontier:
            for after in following[frontier.pop()]:
                if after in inside:
                    return False
                if after not in seen:
                    seen.add(after)
                    frontier.append(after)
        return True


def _adoptable(node: Node) -> bool:
    """Parameters, and inputs that no variable of the program names (a causal mask kept in a module)."""
    if node.module or node.kind == "backward":
        return False
    return node.kind == "accumulate" or not node.variable or "." in node.variable


def _successors(graph: Graph) -> list[list[int]]:
    index = {node.id: i for i, node in enumerate(graph.nodes)}
    following: list[list[int]] = [[] for _ in graph.nodes]
    for edge in graph.edges:
        if edge.source in index and edge.target in index:
            following[index[edge.source]].append(index[edge.target])
    return following
