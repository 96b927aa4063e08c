"""In how many columns a frame's contents go on, and the whole graph."""

from __future__ import annotations

from functools import lru_cache

from visualizer.backprop.graph.layout_process.geometry import solve
from visualizer.backprop.graph.layout_process.problem import Flat, Problem
from visualizer.backprop.graph.layout_process.wrapping import choose_cuts, wrap
from visualizer.backprop.graph.layout_values import ROOMY

_READABLE, _WORTH_IT = 0.4, 1.1  # a whole that can be read goes on in other columns where it is so much larger then
_MANY = 10_000  # items, of which one column more or less changes nothing that can be seen


def fitting(width: float, height: float, screen: tuple[float, float]) -> float:
    """The zoom at which so much fits on a screen of this width and height."""
    return min(screen[0] / max(width, 1.0), screen[1] / max(height, 1.0))


@lru_cache(maxsize=1024)
def lowered(problem: Problem, highest: float) -> Flat:
    """In columns of at most this height, where the rows allow that."""
    flat = solve(problem)
    return flat if flat.height <= highest else wrap(problem, flat, choose_cuts(flat, highest))


@lru_cache(maxsize=64)
def screenful(problem: Problem, screen: tuple[float, float]) -> Flat:
    """In as many columns as make the whole fit best on a screen."""
    flat = solve(problem)

    def zoom(wrapped: Flat) -> float:
        return fitting(wrapped.width, wrapped.height, screen)

    if zoom(flat) >= ROOMY:
        return flat
    square = flat.height * screen[0] / (screen[1] * max(flat.width, 1.0))
    guess = square**0.5  # columns, if all were equal, which take the screen's shape
    guesses = (guess,) if len(flat.centers) > _MANY else (guess - 1, guess, guess + 1)
    heights = [flat.height / n for n in guesses if n > 1]
    best = max((flat, *(wrap(problem, flat, choose_cuts(flat, height)) for height in heights)), key=zoom)
    is_worth_it = zoom(flat) < _READABLE or zoom(best) > _WORTH_IT * zoom(flat)
    return best if is_worth_it else flat
