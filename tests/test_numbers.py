"""Numbers as text: nothing but 0 reads as 0, digits are rounded and never cut, and one module writes them all."""

import ast
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF

from engine.shared import language, local_numbers, numbers
from engine.shared.language import grouped, pythonic
from engine.shared.local_numbers import fitted, is_number, shorter
from engine.shared.numbers import (
    brief,
    compact,
    fixed,
    interval,
    number,
    percent,
    plain,
    power_of_ten,
    scaled,
    setting,
    short_count,
    shortened,
)
from visualizer.look import theme
from visualizer.look.elision import elided, elided_code

ROOT = Path(__file__).resolve().parents[1]
FLOATS = st.floats(allow_subnormal=True) | st.floats(-1e6, 1e6) | st.floats(-1e-2, 1e-2)
WRITERS = (number, brief, compact, plain, lambda value: fixed(value, 2), lambda value: fixed(value, 4))
WHOLE = st.integers(-(2**63), 2**64 - 1)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    language.use(code)
    try:
        yield
    finally:
        language.use(language.ENGLISH)


def _digits(text: str) -> int:
    return len(text.partition("e")[0].lstrip("+-0.").replace(".", ""))


@given(FLOATS, st.sampled_from(WRITERS))
@example(-0.0, number)
@example(5e-324, compact)
@example(1.7976931348623157e308, brief)
@example(0.0009999999, number)
def test_a_number_reads_back_as_itself_to_the_digits_shown(value: float, write) -> None:
    text = write(value)
    read = float(text)
    if not math.isfinite(value) or value == 0:
        assert text.startswith("-") == (math.copysign(1, value) < 0) or math.isnan(value)
        assert read == value or math.isnan(read)
        return
    assert read != 0 and math.copysign(1, read) == math.copysign(1, value)
    rounding = 1.01 if abs(value) > 1e308 else 0.51  # the largest are rounded down
    assert math.isclose(read, value, rel_tol=rounding * 10 ** (1 - max(_digits(text), 1)))


@given(FLOATS)
def test_below_a_thousandth_a_number_has_an_exponent(value: float) -> None:
    if 0 < abs(value) < 0.001:
        assert all("e" in write(value) for write in WRITERS)


@given(FLOATS, st.integers(7, 24))
@example(-5e-324, 7)
@example(-0.0898, 7)
def test_a_number_fits_the_room_that_it_is_given(value: float, n_characters: int) -> None:
    text = fitted(number(value), n_characters)
    assert len(text) <= n_characters
    if math.isfinite(value) and value:
        assert float(text) != 0 and math.copysign(1, float(text)) == math.copysign(1, value)
        assert math.isclose(float(text), value, rel_tol=0.51 * 10 ** (1 - max(_digits(text), 1)) + 1e-4)


@given(WHOLE, st.integers(5, 20))
def test_a_whole_number_is_all_there_or_rounded(value: int, n_characters: int) -> None:
    text = fitted(number(value), n_characters)
    if len(str(value)) <= n_characters:
        assert int(text) == value
    elif text != "…":
        assert len(text) <= n_characters and math.isclose(float(text), value, rel_tol=0.51 * 10 ** (1 - _digits(text)))


@given(st.complex_numbers(), st.integers(15, 30))
def test_a_complex_number_keeps_both_signs(value: complex, n_characters: int) -> None:
    text = fitted(number(value), n_characters)
    assert len(text) <= n_characters and is_number(number(value))
    read = complex(text)
    for shown, true in ((read.real, value.real), (read.imag, value.imag)):
        assert math.isnan(true) or math.copysign(1, shown) == math.copysign(1, true)


@given(st.floats(1e-320, 1) | st.just(0.0))
@example(0.005)
def test_a_share_of_something_is_never_none(share: float) -> None:
    assert (percent(share) == "0 %") == (share == 0)


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [("197531", 6, "197531"), ("197531", 5, "2.0e5"), ("197531", 4, "2e5"), ("-0.0898", 6, "-0.090"),
     ("-0.0898", 5, "-0.09"), ("1.235e-07", 8, "1.235e-7"), ("True", 2, "True"), ("nan", 1, "…"),
     ("1,557,611,200", 8, "1.5576e9"), ("0.5000-1.2000j", 9, "0.50-1.2j")],
)  # fmt: skip
def test_less_room_means_fewer_digits(text: str, room: int, shown: str) -> None:
    assert fitted(text, room) == shown


@pytest.mark.parametrize("text", ["[0.125, 12345, -3.5e-07, 7]", "Config(rate=0.0003, n=12)", "words alone"])
def test_a_text_that_is_cut_cuts_no_number(text: str) -> None:
    whole = set(re.findall(r"[-\d.e]*\d[-\d.e]*", text))
    for n_characters in range(1, len(text) + 3):
        kept = shortened(text, n_characters)
        assert len(kept) <= n_characters and text.startswith(kept.removesuffix("…"))
        assert set(re.findall(r"[-\d.e]*\d[-\d.e]*", kept)) <= whole
    assert shortened(text, len(text)) == text


def test_what_numbers_look_like() -> None:
    assert [compact(value) for value in (1e-6, 0.0012345, -0.99812, 3.0, 12345.678)] == [
        "1.00e-06", "0.00123", "-0.998", "3", "12345.7",
    ]  # fmt: skip
    assert [plain(value) for value in (3e-4, 3 * 1e-4, 0.1, 12.0, 2.5e-5)] == ["3e-4", "3e-4", "0.1", "12", "2.5e-5"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3e-4, "3e-4"),
        (6e-4 * 0.1, "6e-5"),  # 5.9999999999999995e-05
        (0.1 + 0.2, "0.3"),
        (1.2345678e-4, "0.00012345678"),
        (0.9999999, "0.9999999"),
        (1000.00001, "1000.00001"),
        (1.23456789e-9, "1.23456789e-9"),
        (123456789.5, "123456789.5"),
        (math.nan, "nan"),
    ],
)
def test_a_setting_is_written_with_every_digit_that_was_typed_and_none_of_arithmetic(value: float, text: str) -> None:
    assert setting(value) == text
    assert [short_count(value) for value in (999_999, 999_499, 999.4, 9.996e8, -1e6 + 1)] == [
        "1M", "999k", "999.4", "1G", "-1M"
    ]  # fmt: skip
    assert [power_of_ten(value) for value in (6.93e-4, 9.996e-4, 3e-4, 0, 1, -2.5e-7, 0.01)] == [
        "6.93 × 10⁻⁴", "1.00 × 10⁻³", "3.00 × 10⁻⁴", "0", "1.00", "-2.50 × 10⁻⁷", "1.00 × 10⁻²"
    ]  # fmt: skip
    assert [short_count(value) for value in (0, 1500, 3000, 2e6, 5e-4)] == ["0", "1.5k", "3k", "2M", "5e-4"]
    assert [fixed(value, 2) for value in (0, 2.3123, 0.0412, 0.0004)] == ["0.00", "2.31", "0.041", "4.0e-04"]
    assert [percent(share) for share in (0.123, 0.004, 0)] == ["12 %", "<1 %", "0 %"]
    assert (
        scaled(1_120_000, ("B", "kB", "MB")) == "1.12 MB"
        and scaled(1 << 30, ("bytes", "KiB", "MiB"), 1024) == "1,024 MiB"
    )
    assert interval(0, 0) == "all 0" and interval(0, 1) == "0 … 1"


PAIRS = (
    (numbers.number, local_numbers.number),
    (numbers.brief, local_numbers.brief),
    (numbers.compact, local_numbers.compact),
    (numbers.plain, local_numbers.plain),
    (lambda value: numbers.fixed(value, 3), lambda value: local_numbers.fixed(value, 3)),
)


@given(FLOATS, st.sampled_from(PAIRS))
@example(1.234, PAIRS[0])
@example(0.001, PAIRS[3])
def test_on_the_screen_a_number_is_the_same_one_as_the_language_writes_it(value: float, both) -> None:
    english, shown = both
    assert shown(value) == english(value)
    with speaking("pt_BR"):
        text = shown(value)
        assert "." not in text and pythonic(text) == english(value)
        assert is_number(text) == numbers.is_number(english(value))
        for made in shorter(text):
            assert "." not in made and len(made) < len(text)
        assert len(fitted(text, 7)) <= 7


@given(st.integers(-(10**18), 10**18))
def test_groups_are_read_as_they_are_written(value: int) -> None:
    with speaking("pt_BR"):
        assert int(pythonic(grouped(value))) == value and is_number(grouped(value))


def test_in_portuguese_a_comma_stands_before_the_decimals(qapp) -> None:
    with speaking("pt_BR"):
        assert [local_numbers.number(0.46943), local_numbers.compact(12345.678)] == ["0,4694", "12345,7"]
        assert [local_numbers.number(0.5 + 1.2j), local_numbers.short_count(1500)] == ["0,5000+1,2000j", "1,5k"]
        softmax = "exp(0.4770) / (exp(-0.6065) + exp(1e-5) + exp(-inf)) = 0.7268"
        assert local_numbers.in_arithmetic(softmax) == softmax.replace(".", ",")
        told = "`w[0.5]` is 0.9183, b is [0.5, 1.0], one of 1,234.5 in net.0.weight, f(0.1) or '0.5'"
        assert local_numbers.in_words(told) == (
            "`w[0.5]` is 0,9183, b is [0,5; 1,0], one of 1.234,5 in net.0.weight, f(0.1) or '0.5'"
        )
        assert local_numbers.scaled(1 << 30, ("bytes", "KiB", "MiB"), 1024) == "1.024 MiB"
        assert [local_numbers.interval(0, 0.5), local_numbers.interval(0, 0)] == ["0 … 0,500", "todos 0"]
        assert [pythonic(typed) for typed in ("0,001", "0.001", "1.234,5", "1.234", "1.5", "3e-4", "1,5e-3")] == [
            "0.001", "0.001", "1234.5", "1234", "1.5", "3e-4", "1.5e-3",
        ]  # fmt: skip
        assert pythonic("1.5,3") == "1.5.3"  # no number in any language
        metrics = QFontMetricsF(theme.current().mono(12))
        room = metrics.horizontalAdvance("0" * 14)
        assert elided(metrics, "-0,00109 … 0,00154", room) == "-0,001 … 0,002"
        assert elided(metrics, "1.557.611.200", metrics.horizontalAdvance("0" * 8)) == "1,5576e9"


def test_text_in_less_room_cuts_no_number_in_two(qapp) -> None:
    metrics = QFontMetricsF(theme.current().mono(12))
    texts = (
        "197531",
        "-0.08981",
        "f32 (128, 1024)",
        "1 NaN, 2 Inf, else -2.179 … 1.541",
        "conv1.weight",
        "1,557,611,200",
    )
    for text in texts:
        for width in range(5, int(metrics.horizontalAdvance(text)) + 1):
            shown = elided(metrics, text, width)
            if is_number(text):
                assert shown in (text, "…", *shorter(text))
            elif shown.rstrip("…") and shown != text:
                end = len(shown.rstrip("…"))
                assert text.startswith(shown.rstrip("…"))
                assert not (text[end - 1].isdigit() and text[end].isdigit())


def test_both_ends_of_a_range_are_rounded_before_one_is_left_out(qapp) -> None:
    metrics = QFontMetricsF(theme.current().mono(12))
    room = metrics.horizontalAdvance("0" * 14)
    assert elided(metrics, "-0.00109 … 0.00154", room) == "-0.001 … 0.002"
    assert elided(metrics, "197531 … 1975310", room) == "2.0e5 … 1.98e6"
    assert elided(metrics, "≈ -2.179 … 1.541", room) == "≈ -2.18 … 1.54"


# In every file that writes a number or shortens a text, and in few others: to walk through a file takes long.
WRITES = re.compile(r"[:}][^{}\n]*[eEfFgG%]\}|elidedText")


def _sources() -> list[Path]:
    rooms = [path for root in ("engine", "visualizer") for path in (ROOT / root).rglob("*.py")]
    own = {ROOT / "engine/shared/numbers.py", ROOT / "visualizer/look/elision.py"}
    return [path for path in rooms if path not in own and not {"bench", "tour"} & set(path.parts)]


def test_no_other_module_writes_a_number_or_shortens_a_text() -> None:
    """A float that is formatted beside `numbers` reads "0.000" one day, and a text that Qt shortens loses digits."""
    found = []
    for path in _sources():
        text = path.read_text()
        for node in ast.walk(ast.parse(text)) if WRITES.search(text) else ():
            spec = node.format_spec if isinstance(node, ast.FormattedValue) else None
            written = spec is not None and ast.unparse(spec).rstrip("'\"")[-1] in "eEfFgG%"
            if written or (isinstance(node, ast.Attribute) and node.attr == "elidedText"):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [place for place in found if "layout_engines.py" not in place] == []  # inches for Graphviz


def test_no_number_of_the_window_has_the_commas_of_english() -> None:
    """They are `grouped`, or said by `local`; a template of a sentence is no text yet, and the log is English."""
    found = []
    for path in (ROOT / "visualizer").rglob("*.py"):
        text = path.read_text()
        if ",}" not in text or {"bench", "tour"} & set(path.parts) or path.name == "defects.py":
            continue
        tree = ast.parse(text)
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "local")
        said = {id(node) for call in calls for node in ast.walk(call)}
        for node in ast.walk(tree):
            spec = node.format_spec if isinstance(node, ast.FormattedValue) and id(node) not in said else None
            if spec is not None and "," in ast.unparse(spec):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_code_without_room_keeps_its_beginning_and_its_end_and_no_half_of_a_number(qapp) -> None:
    metrics = QFontMetricsF(theme.current().mono(13))
    for code in (
        "model.transformer.blocks.11.attention.c_attn.weight",
        "h = f(3.14159265, x) @ g(y, 2718281828)",
        "…x…",
    ):
        for room in range(8, round(metrics.horizontalAdvance(code)) + 2, 5):
            shown = elided_code(metrics, code, room)
            assert metrics.horizontalAdvance(shown) <= room and (shown == code or "…" in shown)
            first, _, last = shown.partition("…")
            whole = set(re.findall(r"[\d.]*\d", code))
            assert shown == code or set(re.findall(r"[\d.]*\d", f"{first} {last}")) <= whole, shown
    assert elided_code(metrics, "model.blocks.11.attention.weight", 150).endswith("weight")


def test_a_time_is_told_in_the_unit_that_it_is_long_in() -> None:
    times = (0.2, 752, 999.6, 28_114, 59_400, 59_600, 864_000)
    words = ["0 ms", "752 ms", "1.00 s", "28.1 s", "59.4 s", "1 min 00 s", "14 min 24 s"]
    assert [local_numbers.elapsed(time_ms) for time_ms in times] == words
    with speaking("pt_BR"):
        assert local_numbers.elapsed(28_114) == "28,1 s"
