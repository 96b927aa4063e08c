"""What torch's engine will run next: a model of its ready queue, fed by what a pass did so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

ACCUMULATE_SEQUENCE = 2**64 - 1  # the largest there is: AccumulateGrad's, and of what has no derivative


class ReadyQueue:
    """torch's ReadyQueue (torch/csrc/autograd/engine.cpp): a priority queue by sequence number, largest first.

    AccumulateGrad has the largest there is. Nodes of one number leave in the order of libstdc++'s
    std::priority_queue, whose push_heap and pop_heap this repeats step by step: a stable sort would be wrong.
    """

    def __init__(self, items: list[tuple[int, int]] | None = None) -> None:
        self._heap: list[tuple[int, int]] = [] if items is None else items  # (sequence number, node)

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def head(self) -> int:
        """The node that leaves next, -1 when the queue is empty."""
        return self._heap[0][1] if self._heap else -1

    def push(self, node: int, sequence: int) -> None:
        """Put a node in, which leaves before those of smaller sequence numbers."""
        self._heap.append((sequence, node))
        self._sift_up(len(self._heap) - 1, (sequence, node))

    def pop(self) -> int:
        """Take the head out."""
        node = self._heap[0][1]
        last = self._heap.pop()
        if self._heap:
            self._sift_down(last)
        return node

    def remove(self, node: int) -> None:
        """Take out a node that left before its turn: several devices have a queue each."""
        items = [item for item in self._heap if item[1] != node]
        self._heap = []
        for sequence, other in items:
            self.push(other, sequence)

    def first(self, count: int) -> list[int]:
        """At most `count` nodes in the order in which they will leave."""
        if len(self._heap) <= 1:
            return [node for _, node in self._heap[:count]]
        copy = ReadyQueue(self._heap.copy())
        return [copy.pop() for _ in range(min(count, len(copy)))]

    def _sift_up(self, hole: int, item: tuple[int, int]) -> None:
        heap = self._heap
        while hole and heap[(hole - 1) // 2][0] < item[0]:
            heap[hole] = heap[(hole - 1) // 2]
            hole = (hole - 1) // 2
        heap[hole] = item

    def _sift_down(self, item: tuple[int, int]) -> None:
        """std::__adjust_heap: the hole goes down to a leaf along the larger children, then `item` comes up from it."""
        heap, hole, child = self._heap, 0, 0
        size = len(heap)
        while child < (size - 1) // 2:
            child = 2 * (child + 1)
            if heap[child][0] < heap[child - 1][0]:
                child -= 1
            heap[hole] = heap[child]
            hole = child
        if size % 2 == 0 and child == (size - 2) // 2:
            child = 2 * child + 1
            heap[hole] = heap[child]
            hole = child
        self._sift_up(hole, item)


class PassPlan:
    """What one call of torch's engine runs, in plain numbers. Nodes are indices.

    `targets`: per node those that it hands gradients to, once for each edge, in the order of its edges; `roots` with
    repeats; `captured`: the nodes of autograd.grad's inputs, which are taken from the queue without running.
    """

    def __init__(
        self,
        targets: Sequence[Sequence[int]],
        sequences: Sequence[int],
        roots: Sequence[int],
        runs: Sequence[bool],
        captured: Sequence[bool],
    ) -> None:
        takes_part = [node_runs or is_captured for node_runs, is_captured in zip(runs, captured, strict=True)]
        if not all(takes_part):
            targets = [[target for target in some if takes_part[target]] for some in targets]
        self.targets = targets
        self.sequences = sequences
        self.roots = [root for root in roots if takes_part[root]]
        self.n_runs = sum(runs)
        self.captured = captured
        self.n_captured = sum(captured)
        self.expected = [0] * len(targets)  # gradients that each node waits for
        for root in roots:
            self.expected[root] += 1
        for source, some in enumerate(targets):
            if runs[source]:
                for target in some:
                    self.expected[target] += 1


class Arrivals:
    """How many of its gradients each node of a plan has, and which nodes are ready.

    The engine takes an undefined gradient for an arrival, too.
    """

    def __init__(self, plan: PassPlan) -> None:
        self._plan = plan
        self._queue = ReadyQueue()
        self._arrived = [0] * len(plan.targets)
        self.waiting: dict[int, int] = {}  # nodes with some, but not all: how many arrived
        for node in plan.roots:
            self._arrive(node)

    def arrived(self, node: int) -> int:
        """How many gradients a node has by now."""
        return self._arrived[node]

    @property
    def head(self) -> int:
        """The node that the engine runs next, -1 when none is ready."""
        self._skip_captured()
        return self._queue.head

    def ready(self, count: int) -> list[int]:
        """At most `count` ready nodes, the next one first."""
        captured = self._plan.captured
        return [node for node in self._queue.first(count + self._plan.n_captured) if not captured[node]][:count]

    def fires(self, node: int) -> None:
        """The engine took `node` from its queue."""
        if self.head == node:
            self._queue.pop()
        else:
            self._queue.remove(node)

    def finished(self, node: int) -> None:
        """`node` handed on its gradients."""
        for target in self._plan.targets[node]:
            self._arrive(target)

    def _arrive(self, node: int) -> None:
        arrived = self._arrived[node] = self._arrived[node] + 1
        if arrived < self._plan.expected[node]:
            self.waiting[node] = arrived
        else:
            self.waiting.pop(node, None)
            self._queue.push(node, self._plan.sequences[node])

    def _skip_captured(self) -> None:
        """The engine takes the nodes of autograd.grad's inputs from the queue without running them."""
        while self._queue.head >= 0 and self._plan.captured[self._queue.head]:
            self._queue.pop()


def running_order(plan: PassPlan) -> Iterator[int]:
    """The nodes of a pass in the order in which one queue runs them: on one device that is torch's own."""
    arrivals = Arrivals(plan)
    while (node := arrivals.head) >= 0:
        yield node
        arrivals.fires(node)
        arrivals.finished(node)
