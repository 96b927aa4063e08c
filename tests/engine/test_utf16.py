"""Columns in UTF-16 units, against Python's own encoder."""

from hypothesis import given
from hypothesis import strategies as st

from engine.shared import utf16

letters = st.characters(categories=("L", "N", "P", "S"))
texts = st.text(letters, max_size=30)


@given(texts, texts)
def test_a_column_counts_the_units_before_it(before: str, after: str) -> None:
    n_units = sum(2 if ord(letter) > 0xFFFF else 1 for letter in before)
    assert utf16.length(before) == n_units
    assert utf16.first(before + after, n_units) == before
    assert utf16.of_utf8(before + after, len(before.encode())) == n_units


@given(texts, letters)
def test_half_a_character_is_left_out(before: str, letter: str) -> None:
    n_units = utf16.length(before + letter) - 1
    assert utf16.first(before + letter, n_units) == before


def test_a_lone_surrogate_is_one_unit() -> None:
    assert utf16.length("a\ud83db") == 3
