"""Who waits for whom at the gate between a running program and those who read what it writes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.tensors.gate import GATE, PAINTING_S, Gate, GivesWay
from tests.patience import PATIENCE_S


@pytest.fixture
def elsewhere():
    """Calls on a thread of their own, always the same."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda call, *arguments: pool.submit(call, *arguments).result(PATIENCE_S)


def can_read(gate: Gate, timeout_s: float = 0.02) -> bool:
    with gate.reading(timeout_s) as is_reading:
        return is_reading


def test_a_reader_waits_until_nobody_is_inside(elsewhere: Callable) -> None:
    gate = Gate()
    thread = elsewhere(gate.enter)
    assert not can_read(gate)
    gate.leave(thread, None)
    assert can_read(gate, 0.0)


def test_a_thread_that_is_inside_already_stays_until_it_leaves_as_a_whole() -> None:
    gate = Gate()
    thread = gate.enter()
    nested = gate.enter()
    gate.leave(nested, None)
    with ThreadPoolExecutor(1) as pool:
        assert not pool.submit(can_read, gate).result(PATIENCE_S)
        gate.leave(thread, None)
        assert pool.submit(can_read, gate).result(PATIENCE_S)


def test_who_arrives_while_somebody_reads_waits(elsewhere: Callable) -> None:
    gate = Gate()
    entered = threading.Event()
    writer = threading.Thread(target=lambda: (gate.enter(), entered.set()))
    with gate.reading(0.0) as is_reading:
        assert is_reading
        writer.start()
        assert not entered.wait(0.1)
    assert entered.wait(PATIENCE_S)
    writer.join()


def test_a_reader_gives_way_to_a_held_thread_that_is_told_to_go_on_until_that_is_inside_again(
    elsewhere: Callable,
) -> None:
    gate = Gate()
    thread = elsewhere(gate.enter)
    held = gate.outside(thread)
    elsewhere(held.__enter__)
    with gate.reading(0.0) as is_reading:
        assert is_reading
        gate.give_way()
        gate.hurry()
        elsewhere(gate.give_way)  # who does not read is not asked to stop
        with pytest.raises(GivesWay):
            gate.give_way()
    assert not can_read(gate)  # nor is anything begun
    elsewhere(held.__exit__, None, None, None)
    elsewhere(gate.leave, thread, None)
    with gate.reading(0.0) as is_reading:
        assert is_reading
        gate.give_way()


def test_threads_of_the_program_do_not_wait_for_each_other_nor_for_a_reader_that_only_waits(
    elsewhere: Callable,
) -> None:
    gate = Gate()
    thread = elsewhere(gate.enter)  # and stays
    reader = threading.Thread(target=can_read, args=(gate, PATIENCE_S))
    reader.start()
    n_entered = 0
    while reader.is_alive() and n_entered < 200:
        gate.leave(gate.enter(), None)
        n_entered += 1
    gate.leave(thread, None)
    reader.join()
    assert n_entered == 200


def test_many_readers_in_a_row_leave_the_program_its_turns() -> None:
    gate = Gate()
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            with gate.reading(0.1):
                pass

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(100):
        gate.leave(gate.enter(), None)
    is_over.set()
    for reader in readers:
        reader.join(PATIENCE_S)
        assert not reader.is_alive()


def test_a_reader_may_work_and_read_inside_its_own_reading() -> None:
    gate = Gate()
    with gate.reading(0.0), gate.reading(0.0) as is_reading:
        gate.leave(gate.enter(), None)
        assert is_reading


def test_an_operation_that_kept_one_reader_waiting_keeps_no_other(elsewhere: Callable) -> None:
    gate = Gate()
    thread = elsewhere(gate.enter)
    assert not can_read(gate)
    start_s = time.monotonic()
    assert not can_read(gate, PATIENCE_S)
    assert time.monotonic() - start_s < PATIENCE_S
    gate.leave(thread, None)
    assert can_read(gate, 0.0)


def test_a_thread_that_waits_can_be_interrupted_and_is_outside_then() -> None:
    gate = Gate()
    is_reading, is_over = threading.Event(), threading.Event()

    def read() -> None:
        with gate.reading(0.0):
            is_reading.set()
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            is_over.wait(PATIENCE_S)

    reader = threading.Thread(target=read)
    with pytest.raises(KeyboardInterrupt):
        reader.start()
        is_reading.wait(PATIENCE_S)
        gate.enter()
    is_over.set()
    reader.join()
    assert can_read(gate, 0.0)


def test_a_forked_child_finds_the_gate_open() -> None:
    with ThreadPoolExecutor(1) as pool:
        thread = pool.submit(GATE.enter).result(PATIENCE_S)  # and stays, in the parent
        pid = os.fork()
        if not pid:
            os._exit(0 if can_read(GATE, 0.0) else 1)
        assert os.waitpid(pid, 0)[1] == 0
        assert not can_read(GATE)
        GATE.leave(thread, None)


def test_what_a_held_thread_came_to_is_seen_before_anything_is_read_unless_somebody_asks(elsewhere: Callable) -> None:
    gate = Gate()
    thread = elsewhere(gate.enter)
    held = gate.outside(thread)
    elsewhere(held.__enter__)
    gate.hurry()
    elsewhere(held.__exit__, None, None, None)
    start_s = time.monotonic()
    held = gate.outside(thread)  # at the next node
    elsewhere(held.__enter__)
    assert can_read(gate)
    assert time.monotonic() - start_s >= PAINTING_S
    gate.hurry()
    elsewhere(held.__exit__, None, None, None)
    elsewhere(gate.outside(thread).__enter__)
    gate.end_rest()
    with gate.reading(0.0) as is_reading:
        assert is_reading
