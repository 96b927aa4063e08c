"""What a kind of node is called: as torch calls the operation."""

import pytest

from engine.protocol.kind_names import bare, snake


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LogSoftmaxBackward0", "log_softmax"),
        ("UpsampleNearest2DBackward0", "upsample_nearest2d"),
        ("Log1PBackward0", "log1p"),
        ("Expm1Backward0", "expm1"),
        ("NativeLayerNormBackward0", "native_layer_norm"),
        ("MyFNBackward", "my_fn"),
        ("AccumulateGrad", "accumulate_grad"),
    ],
)
def test_a_kind_in_words(name: str, words: str) -> None:
    assert snake(name) == words


def test_a_kind_without_backward_and_its_number() -> None:
    assert [bare(name) for name in ("TransposeBackward0", "Own", "SumBackward1")] == ["Transpose", "Own", "Sum"]
