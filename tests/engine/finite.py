"""Runs a program with the pause on NaN, which goes on by itself."""

from engine.protocol.until import UntilEnd
from tests.engine.programs import Stepper


def run(text, *, stepping=False):
    """(what was found, in its order; the namespace that the program leaves behind)."""
    found = []
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilEnd()))
    finite = stepper.recorder.finite

    def take(finding):
        if finding is not None:
            found.append(finding.found)
            finite.hold.go_on()

    finite.hold.tell = take
    finite.watch.begin_run(is_on=True)
    namespace = stepper.run(text, stepping=stepping)
    return found, namespace


def found_in(text):
    return run(text)[0]
