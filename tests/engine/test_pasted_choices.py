"""A text that holds several models gives each of them to choose from, and never one that is mixed of two."""

import pytest

from engine.protocol.errors import EngineError
from engine.runs.pasted import Pasted, parse_config, read_configs

SMALL, LARGE = {"n_layers": 4, "n_heads": 2, "emb_dim": 128}, {"n_layers": 8, "n_heads": 4, "emb_dim": 256}
TOLD = ["n_layers 4, n_heads 2, emb_dim 128", "n_layers 8, n_heads 4, emb_dim 256"]
OF_LITGPT = """configs = [
    dict(name="small", hf_config=dict(org="a", name="small"), n_layer=4, n_head=2, n_embd=128, padding_multiple=64),
    dict(name="large", hf_config=dict(org="a", name="large"), n_layer=8, n_head=4, n_embd=256, padding_multiple=64),
]"""
NESTED = """{"small": {"model": {"n_layer": 4, "n_head": 2, "n_embd": 128}, "train": {"lr": 1e-3}},
"large": {"model": {"n_layer": 8, "n_head": 4, "n_embd": 256}, "train": {"lr": 5e-4}}}"""


def names(found: tuple[Pasted, ...]) -> list[str]:
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("train.py --n_layer=4 --n_head=2 --n_embd=128\ntrain.py --n_layer=8 --n_head=4 --n_embd=256", TOLD),
        ("small:\n  n_layer: 4\n  n_head: 2\n  n_embd: 128\nlarge:\n  n_layer: 8\n  n_head: 4\n  n_embd: 256\n", TOLD),
        ("[small]\nn_layer = 4\nn_head = 2\nn_embd = 128\n[large]\nn_layer = 8\nn_head = 4\nn_embd = 256\n", TOLD),
        ("a = GPT2Config(n_layer=4, n_head=2, n_embd=128)\nb = GPT2Config(n_layer=8, n_head=4, n_embd=256)", TOLD),
        ("class A:\n  n_layer: int = 4\n  n_head: int = 2\n  n_embd: int = 128\n"
         "class B:\n  n_layer: int = 8\n  n_head: int = 4\n  n_embd: int = 256\n", TOLD),
        ("small {\n  n_layer = 4\n  n_head = 2\n  n_embd = 128\n}\n"
         "large {\n  n_layer = 8\n  n_head = 4\n  n_embd = 256\n}", TOLD),
        ("models:\n  - name: small\n    n_layer: 4\n    n_head: 2\n    n_embd: 128\n"
         "  - name: large\n    n_layer: 8\n    n_head: 4\n    n_embd: 256\n", ["small", "large"]),
        (OF_LITGPT, ["small", "large"]),
        (NESTED, ["small", "large"]),
        ('[{"name": "small", "n_layer": 4, "n_head": 2, "n_embd": 128}, '
         '{"name": "large", "n_layer": 8, "n_head": 4, "n_embd": 256}]', ["small", "large"]),
        ('{"models": [{"name": "small", "n_layer": 4, "n_head": 2, "n_embd": 128}, '
         '{"name": "large", "n_layer": 8, "n_head": 4, "n_embd": 256}]}', ["small", "large"]),
        ('{"models": {"small": {"n_layer": 4, "n_head": 2, "n_embd": 128}, '
         '"large": {"n_layer": 8, "n_head": 4, "n_embd": 256}}}', ["small", "large"]),
        ('{"all": {"drop_rate": 0.2}, "models": {"small": {"n_layer": 4, "n_head": 2, "n_embd": 128}, '
         '"large": {"n_layer": 8, "n_head": 4, "n_embd": 256}}}', ["small", "large"]),
    ],
)  # fmt: skip
def test_each_of_several_models_is_one_to_choose(text: str, expected: list[str]) -> None:
    found = read_configs(text)
    assert names(found) == expected
    shared = {"drop_rate": 0.2} if "drop_rate" in text else {}
    assert [{name: one.model[name] for name in SMALL} for one in found] == [SMALL, LARGE]
    assert [{name: value for name, value in one.model.items() if name in shared} for one in found] == [shared, shared]
    with pytest.raises(EngineError, match=r"^This text holds 2 configurations: "):
        parse_config(text)


def test_what_stands_before_the_models_is_of_all_and_what_stands_in_one_of_that_alone() -> None:
    text = "block_size = 64\n{0}lr = 1e-3\n# or\n{1}lr = 5e-4\nmax_iters = 900\n"
    one, other = ("".join(f"{key} = {value}\n" for key, value in model.items()) for model in (SMALL, LARGE))
    small, large = read_configs(text.format(one, other))
    assert small.model == SMALL | {"context_length": 64} and large.model == LARGE | {"context_length": 64}
    assert small.run == {"learning_rate": 1e-3}
    assert large.run == {"learning_rate": 5e-4, "max_steps": 900}


def test_what_is_said_again_of_one_model_holds_as_it_was_said_last() -> None:
    assert parse_config("n_layer = 12\nn_head = 2\nn_embd = 128\nn_layer = 4").model == SMALL
    assert parse_config("n_layer = 4\nn_head = 2\nn_embd = 128\nlr = 1\nn_layer = 4\nn_head = 2\nlr = 0.1").run == {
        "learning_rate": 0.1
    }
    parts = '{"model": {"n_layer": 4, "n_head": 2, "n_embd": 128}, "data": {"block_size": 64, "batch_size": 8}}'
    assert parse_config(parts).model == SMALL | {"context_length": 64}


def test_parts_are_of_several_models_where_they_say_two_settings_again_or_one_otherwise() -> None:
    same = '{"slow": {"n_layer": 4, "n_head": 2, "lr": 1e-4}, "fast": {"n_layer": 4, "n_head": 2, "lr": 1e-3}}'
    assert [(one.name, one.run) for one in read_configs(same)] == [
        ("slow", {"learning_rate": 1e-4}), ("fast", {"learning_rate": 1e-3}),
    ]  # fmt: skip
    other = '{"flat": {"n_layer": 4}, "deep": {"n_layer": 8}}'
    assert [(one.name, one.model) for one in read_configs(other)] == [
        ("flat", {"n_layers": 4}),
        ("deep", {"n_layers": 8}),
    ]


@pytest.mark.parametrize("text", [
    '{"n_head": 2, "models": {"flat": {"n_layer": 4}, "deep": {"n_layer": 8, "n_head": 4}}}',
    '{"n_head": 2, "flat": {"n_layer": 4}, "deep": {"n_layer": 8, "n_head": 4}}',
    '{"n_head": 2, "models": [{"name": "flat", "n_layer": 4}, {"name": "deep", "n_layer": 8, "n_head": 4}]}',
    '{"n_layer": 12, "n_head": 2, "flat": {"n_layer": 4}, "deep": {"n_layer": 8, "n_head": 4}}',
])  # fmt: skip
def test_what_stands_beside_models_is_of_all_of_them(text: str) -> None:
    assert {one.name: one.model for one in read_configs(text)} == {
        "flat": {"n_heads": 2, "n_layers": 4}, "deep": {"n_heads": 4, "n_layers": 8},
    }  # fmt: skip


def test_parts_beside_settings_that_are_no_models_are_of_one() -> None:
    text = '{"n_layer": 4, "n_head": 2, "n_embd": 128, "data": {"block_size": 64}, "eval": {"block_size": 32}}'
    assert parse_config(text).model == SMALL | {"context_length": 64}


@pytest.mark.parametrize("name", ["n_layer", "n_layers"])
def test_what_the_whole_says_holds_and_what_a_part_says_otherwise_is_told(name: str) -> None:
    sizes, part = f'"{name}": 4, "n_head": 2, "n_embd": 128', '"encoder": {"n_layer": 6, "n_head": 2}'
    for text in (f"{{{sizes}, {part}}}", f"{{{part}, {sizes}}}"):
        read = parse_config(text)
        assert (read.model, read.left_out) == (SMALL, ("encoder.n_layer",))


CONF = """include "default.conf"
# of a run
config {
    model { # its sizes
        n_layer = 4
        n_head = 2 // few
        n_embd: 128,
    }
    eval {
        interval = 50
    }
    bias = true
    gradient_accumulation_steps = 8
    title = "a # b"
}
"""


def test_blocks_with_a_setting_on_each_line_are_read_with_the_parts_that_they_stand_in() -> None:
    read = parse_config(CONF)
    assert read.model == SMALL | {"qkv_bias": True}
    assert read.run == {"eval_every": 50, "grad_accumulation": 8} and read.left_out == ("title",)
    assert parse_config('model "a" {\n n_layer = 4;\n n_head = 2;\n n_embd = 128;\n};').model == SMALL


@pytest.mark.parametrize("more", ["    return x", "    n_layer depth", "    if (a) b = 1"])
def test_a_block_with_another_line_is_refused_as_before(more: str) -> None:
    with pytest.raises(EngineError):
        parse_config(CONF.replace("    bias = true", more))
