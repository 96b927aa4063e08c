"""Exercises of lessons take each right way to do them and no wrong one, whatever hand wrote it."""

from __future__ import annotations

import pytest

from engine.program.exercises import check
from tests.engine.beginners_variants import BEGINNERS
from tests.engine.exercise_variants import VARIANTS
from tests.engine.students_variants import STUDENTS
from tests.engine.test_lessons import _lessons, _run
from visualizer.lessons.book import LANGUAGES
from visualizer.lessons.parts import Exercise, Page

_OF_VALUES = ("lesson.unfit", "lesson.quoted", "lesson.none", "lesson.no_tensor", "lesson.many", "lesson.numpy")
_OF_PARTS = ("lesson.part_none", "lesson.a_class")
_TOLD = ("lesson.not_yet", "lesson.no_name", *_OF_VALUES, *_OF_PARTS)  # and not that it could not be checked

# The result without what was asked: a number written down, in quotation marks, or none at all.
SHORTCUTS = {
    ("3-autograd", 0): ("x.grad = torch.tensor(120.0)\nz = x * 10",),
    ("4-neuron", 2): ("by_hand = str(float((a.detach() - y) * x))",),
    ("4-neuron", 4): ("loss = torch.tensor(0.01)",),
    ("5-network", 1): ("loss = 0.01",),
    ("5-network", 2): ("losses = [float('nan')] * 30\nmodel.zero_grad()",),
    ("6-gpt2", 4): ("bad_loss = 6.0",),
}


def exercises(language: str) -> dict[tuple[str, int], tuple[Page, Exercise]]:
    return {
        (lesson.key, number): pair
        for lesson in _lessons(language)
        for number, pair in enumerate((p, one) for p in lesson.pages for one in p.blocks if isinstance(one, Exercise))
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", VARIANTS, ids=str)
def test_right_ways_are_taken_and_wrong_ones_told_what_is_wrong(language: str, key: tuple[str, int]) -> None:
    assert_judged(language, key, *VARIANTS[key])


@pytest.mark.parametrize(("place", "key"), list(enumerate(BEGINNERS)), ids=str)
def test_what_beginners_write_is_judged_as_well(place: int, key: tuple[str, int]) -> None:
    assert_judged(LANGUAGES[place % len(LANGUAGES)], key, *BEGINNERS[key])  # checks are the same in each


@pytest.mark.parametrize("key", SHORTCUTS, ids=str)
def test_a_result_alone_is_not_taken(key: tuple[str, int]) -> None:
    assert_judged(LANGUAGES[0], key, (), SHORTCUTS[key])


@pytest.mark.parametrize("key", STUDENTS, ids=str)
def test_who_is_near_is_told_what_is_missing(key: tuple[str, int]) -> None:
    page, exercise = exercises("en")[key]
    assert page.program is not None
    for way, words in STUDENTS[key]:
        below = way if isinstance(way, str) else "".join(way[2:])
        code = page.program.code
        if not isinstance(way, str):
            assert way[0] in code
            code = code.replace(*way[:2])
        said = check(exercise.check, _run(f"{code}\n{below}"))
        assert said is None if words is None else said and words in said.text, (way, said)


def assert_judged(language: str, key: tuple[str, int], right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    page, exercise = exercises(language)[key]
    code = page.program.code if page.program is not None else ""
    refused = {way: said.text for way in right if (said := check(exercise.check, _run(f"{code}\n{way}")))}
    assert not refused
    told = {way: check(exercise.check, _run(f"{code}\n{way}")) for way in wrong}
    assert [way for way, said in told.items() if said is None] == []
    odd = {way: said.text for way, said in told.items() if said and said.code not in _TOLD}
    assert not odd


def test_every_exercise_has_three_ways_of_each_and_two_of_beginners() -> None:
    assert {key: tuple(map(len, ways)) for key, ways in VARIANTS.items()} == dict.fromkeys(exercises("en"), (3, 3))
    assert {key: tuple(map(len, ways)) for key, ways in BEGINNERS.items()} == dict.fromkeys(exercises("en"), (2, 2))
