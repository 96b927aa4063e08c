"""The benchmark's table: what was repeated is a median with its least and greatest."""

from engine.shared.measurement import Measurement, decode, encode
from visualizer.bench.table import rows, table


def _measured(ours: float, other: float | None = None, **more: object) -> list[Measurement]:
    return [Measurement(name="a step", ours=ours, other=other, against="plain" if other else "", **more)]  # type: ignore[arg-type]


def test_repeats_become_a_median_and_its_spread() -> None:
    repeats = [_measured(ours, 2.0, aim="≤ 4") for ours in (3.0, 1234.5, 10.0, 2.0, 400.0)]
    assert rows(repeats) == [("a step", "10.0 (2.00–1,234) ms", "plain 2.00 (2.00–2.00) ms", "5.00 (1.00–617)", "≤ 4")]


def test_a_ratio_of_pairs_counts_more_than_one_of_medians() -> None:
    (row,) = rows([_measured(3.0, 2.0, ratio=1.25)])
    assert row == ("a step", "3.00 ms", "plain 2.00 ms", "1.25", "")


def test_what_has_nothing_to_be_held_against_has_no_ratio() -> None:
    (row,) = rows([decode(encode(_measured(3.0, unit="MB")))])
    assert row == ("a step", "3.00 MB", "", "", "")
    assert table([row]).splitlines()[2] == "| a step | 3.00 MB |         |       |     |"
