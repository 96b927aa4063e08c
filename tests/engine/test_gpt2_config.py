"""The arithmetic of a configuration is the model's own, and bad input gets one sentence."""

import re
from pathlib import Path

import msgspec
import pytest
import torch

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.config import (
    PRESETS,
    GPTConfig,
    RunConfig,
    flops_per_token,
    parameters,
    tokenizer_of,
)
from engine.runs.config_rules import RULES, ConfigError
from engine.runs.pasted import as_python, find_config, parse_config, read_configs
from engine.train.model import GPT2

LESSON = """\
GPT_CONFIG_124M = {
"vocab_size": 50257, // Vocabulary size of the BPE tokenizer
"context_length": 1024, // Context length
"emb_dim": 768, // Embedding dimension
"n_heads": 12, // Number of attention heads
"n_layers": 12, // Number of layers
"drop_rate": 0.1, // Dropout rate: 10%
"qkv_bias": False // Query-Key-Value bias
}
"""
SIZES = """\
BASE = {"vocab_size": 50257, "context_length": 1024}
sizes = {"small": {"emb_dim": 768, "n_layers": 12, "n_heads": 12},
         "large": dict(emb_dim=1280, n_layers=36, n_heads=20)}
"""


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("qkv_bias", [True, False])
def test_the_counted_parameters_are_the_models_own(name: str, tied: bool, qkv_bias: bool) -> None:
    config = msgspec.structs.replace(PRESETS[name].model, tied=tied, qkv_bias=qkv_bias)
    with torch.device("meta"):
        model = GPT2(config)
    assert sum(parameter.numel() for parameter in model.parameters()) == parameters(config).total


def test_the_known_sizes_of_gpt2() -> None:
    assert parameters(GPTConfig(qkv_bias=True)).total == 124_439_808  # OpenAI's
    assert parameters(GPTConfig(tied=False)).total == 163_009_536  # the lesson's
    assert flops_per_token(GPTConfig()) == 6 * (124_412_160 - 1024 * 768) + 12 * 12 * 1024 * 768


def test_a_config_as_in_the_lesson_is_found_and_read() -> None:
    found = find_config(f"import torch\n{LESSON}\nx = torch.ones(3)\n")
    assert found == LESSON.strip()
    assert parse_config(found).model == {
        "vocab_size": 50257, "context_length": 1024, "emb_dim": 768, "n_heads": 12, "n_layers": 12,
        "drop_rate": 0.1, "qkv_bias": False,
    }  # fmt: skip
    assert find_config("settings = {'a': 1}\nCONFIG = {'b': 2}") is None
    config = GPTConfig(n_layers=3, qkv_bias=True)
    assert GPTConfig(**parse_config(as_python(config)).model) == config
    assert parse_config('{"n_heads": 8, "qkv_bias": true, } # json').model["qkv_bias"] is True


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("nothing here", "holds no configuration"),
        ('{"n_heads": open("x")}', "n_heads needs a whole number from 1 to 1,000,000, not “open"),
        ('{"n_heads": 4, "dtype": torch.bfloat16}', "a key that is not known: dtype"),
        ('{"n_heads": 12', "The { on line 1 is never closed"),
        ('B = {"n_heads": 12}\nC = {\n  "emb_dim": 8,\n', "The { on line 2 is never closed"),
        ('{"n_heads: 12}\n{"emb_dim": 8}', "The { on line 1 is never closed"),
        ('{"emb_dim": 64, "n_heads": 4, "qkv_bias": not True}', "qkv_bias needs True or False, not “not True”"),
        ('B = {"n_heads": 4}\nC = {**B, "emb_dim": 8, "n_layers": 2}', "not a dictionary of plain values"),
        ("batch_size = 4\ncontext_length = 8\nn_layers = 2\ntotal_batch_size = 100", "100 is no multiple of the 32"),
        ("n_layer = 2\nn_head = 2\nblock_size = 1k", "not “1k”"),
        ('{["n_heads"]: 12}', "not a dictionary of plain values"),
        ('{"n_heads": ' + "-" * 5000 + "1}", "not a dictionary of plain values"),
        ('{"heads": 12}', "heads. Is n_heads meant?"),
        ("{[1]: 2}", "not a dictionary of plain values"),
        ("{1, 2}", "not a dictionary"),
        ('{"n_heads": 9**9**9}', "n_heads needs a whole number from 1 to 1,000,000, not “9 "),
        ('{"n_heads": {}}', "n_heads needs a whole number from 1 to 1,000,000, not “{}”."),
        ("n_layers = 12", "holds no configuration"),
        (f"{SIZES} x = 1", "2 configurations: small, large"),
        ('{"n_heads": "twelve"}', "n_heads"),
    ],
)
def test_a_config_that_cannot_be_read_gets_one_sentence(text: str, part: str) -> None:
    with pytest.raises(EngineError, match=part):
        parse_config(text)


@pytest.mark.parametrize(
    "text",
    [
        "block_size = 256\nn_layer = 6\nn_head = 6\nn_embd = 384\ndropout = 0.2",
        "--block_size=256 --n-layer 6 --n_head=6 --n_embd 384 --dropout 0.2",
        "model = GPT(GPTConfig(block_size=256, n_layer=6, n_head=6, n_embd=6 * 64, dropout=2e-1))",
        "class GPTConfig:\n    block_size: int = 256  # tokens\n    n_layer: int = 6\n    n_head: int = 6\n"
        "    n_embd: int = 384\n    dropout: float = 0.2\n",
        "block_size: 256\nn_layer: 6\nn_head: 6\nn_embd: 384\ndropout: 0.2  # of activations\n",
        "args = dict(block_size=256, n_layer=6, n_head=6, n_embd=384, dropout=0.2)",
        "self.config.context_length = 256; c.n_layers = 6; c.n_heads = 6; c.emb_dim = 384; c.drop_rate = 0.2",
        '{"max_position_embeddings": 256, "num_hidden_layers": 6, "num_attention_heads": 6, "hidden_size": 384, '
        '"dropout": 0.2, "bias": null}',
        '{"block_size": 256, /* tokens,\n see http://a/b */ "n_layer": 6, "n_head": 6, "n_embd": 384, "dropout": 0.2}',
        "Overriding: block_size = 256\nOverriding: n_layer = 6\nOverriding: n_head = 6\nOverriding: n_embd = 384\n"
        "Overriding: dropout = 0.2\n",  # as nanoGPT prints it
        "| setting | value |\n|---|---|\n| block_size | 256 |\n| `n_layer` | 6 |\n| **n_head** | 6 |\n"
        "| n_embd | 384 |\n| dropout | 0.2 |\n",
        "- block_size: 256\n- n_layer: 6\n- n_head: 6\n* n_embd: 384\n* dropout: 0.2\n",
        "block_size:\n  desc: null\n  value: 256\nn_layer:\n  value: 6\nn_head:\n  value: 6\nn_embd:\n  value: 384\n"
        "dropout:\n  value: 0.2\n",  # as Weights & Biases keeps it
        "block_size = 256\rn_layer = 6\rn_head = 6\r\nn_embd = 384\u2028dropout = 0.2",
        "python train.py --data a/*/b.bin --block_size 256 --n_layer 6 --n_head 6 --n_embd 384 --dropout 0.2 c/*",
    ],
)
def test_what_other_trainers_write_is_read_by_their_names(text: str) -> None:
    assert parse_config(text).model == {
        "context_length": 256, "n_layers": 6, "n_heads": 6, "emb_dim": 384, "drop_rate": 0.2
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '{"n_positions": 256, "n_ctx": 256, "n_layer": 6, "n_head": 6, "n_embd": 384, "resid_pdrop": 0.2, '
        '"attn_pdrop": 0.2, "task_specific_params": {"text-generation": {"max_length": 50}}, "architectures": ["GPT"]}',
        "GPT2Config(\n    n_positions=256,\n    n_embd=384,\n    n_layer=6,\n    n_head=6,\n    attn_pdrop=0.2,\n)",
        '{"model_type": "gpt2", "max_position_embeddings": 256, "n_embd": 384, "n_layer": 6, "n_head": 6, '
        '"dropout": 0.2}',
    ],
)
def test_what_transformers_writes_of_gpt2_has_its_biases_for_which_it_has_no_key(text: str) -> None:
    assert parse_config(text).model == {
        "context_length": 256, "n_layers": 6, "n_heads": 6, "emb_dim": 384, "drop_rate": 0.2, "qkv_bias": True
    }  # fmt: skip


def test_the_rest_of_a_foreign_configuration_is_read_for_the_run_or_named_as_left_out() -> None:
    read = parse_config(
        "n_layer = 3\nn_embd = 2**7\nlearning_rate = 6e-4 # max\nmax_iters = 600000\n"
        "gradient_accumulation_steps = 5 * 8\nwandb_project = 'owt'\nbias = False\n"
    )
    assert read.model == {"n_layers": 3, "emb_dim": 128, "qkv_bias": False}
    assert read.run == {"learning_rate": 6e-4, "max_steps": 600_000, "grad_accumulation": 40}
    assert read.left_out == ("wandb_project",) and read.names["n_embd"] == "emb_dim"
    assert parse_config('{"model_type": "gpt2", "n_layer": 2}').model["qkv_bias"] is True
    assert parse_config('{"n_layer": 2, "resid_pdrop": 0.1, "attn_pdrop": 0.0}').left_out == ("attn_pdrop",)


@pytest.mark.parametrize(
    "text",
    [
        "train:\n  micro_batch_size: 4\n  lr_warmup_steps: 20\neval:\n  interval: 10\n  max_iters: 3\nmodel_config:\n"
        "  n_layer: 2\n  n_head: 4\n",
        "litgpt pretrain --model_config.n_layer 2 --model_config.n_head=4 --train.micro_batch_size 4 "
        "--train.lr_warmup_steps=20 --eval.interval 10 --eval.max_iters=3",
        "{'data': {'path': WindowsPath('t')}, 'model_config': {'n_layer': 2, 'n_head': 4}, 'eval': {'interval': 10, "
        "'max_iters': 3}, 'train': {'micro_batch_size': 4, 'lr_warmup_steps': 20}}",
    ],
)
def test_what_a_part_of_a_configuration_calls_its_keys_is_meant_of_that_part(text: str) -> None:
    read = parse_config(text)
    assert read.model == {"n_layers": 2, "n_heads": 4}
    assert read.run == {"eval_every": 10, "eval_batches": 3, "batch_size": 4, "warmup_steps": 20}


@pytest.mark.parametrize(
    ("text", "model", "run"),
    [
        ("n_layer=2\nn_head=2\nbetas=(0.8, 0.99)", {}, {"beta1": 0.8, "beta2": 0.99}),
        ("n_layer: 2\nn_head: 2\nbetas:\n  - 0.8\n  - 0.99\n", {}, {"beta1": 0.8, "beta2": 0.99}),
        ("n_layer = 2\nn_head = 2\nlr = 1e-3\ndecay_lr = False", {},
         {"learning_rate": 1e-3, "min_learning_rate": 1e-3, "warmup_steps": 0}),
        ("n_layer: 2\nn_head: 2\nbias: no\ntrain:\n  batch_size: 8\neval:\n  batch_size: 2", {"qkv_bias": False},
         {"batch_size": 8}),
        ("n_layer = n_head = 2\nn_embd = 768 // 2", {"emb_dim": 384}, {}),
        ("p.add_argument('--n_layer', type=int, default=2)\n"
         "p.add_argument('--n_head', type=int, default=2, help='h')", {}, {}),
        ("train.py --n_layer 2 --n_head=2 --bias --no-tied --compile", {"qkv_bias": True, "tied": False}, {}),
        (">>> n_layer = 2\n>>> n_head = 2\n>>> n_embd: Optional[int] = 64", {"emb_dim": 64}, {}),
        ('c = {"n_layer": 2, "n_head": 2, "n_embd": 128 // 2, "bias": "False"}  // a comment\nc["block_size"] = 8',
         {"emb_dim": 64, "context_length": 8, "qkv_bias": False}, {}),
        ("--n_layer 2 --n_head 2 --max_seq_length 256 --micro_batch_size 4 --global_batch_size 32 "
         "--max_tokens 1_000_000",
         {"context_length": 256}, {"batch_size": 4, "grad_accumulation": 8, "max_steps": 123}),
        ("n_layer = 2\nn_head = 2\ntotal_batch_size = 2**19\nB = 64 # micro batch\nT = 1024\n"
         "grad_accum_steps = total_batch_size // (B * T)", {"context_length": 1024},
         {"batch_size": 64, "grad_accumulation": 8}),
    ],
)  # fmt: skip
def test_what_follows_from_settings_of_others_is_read_and_nothing_else_is_taken_for_it(
    text: str, model: dict, run: dict
) -> None:
    read = parse_config(text)
    assert read.model == {"n_layers": 2, "n_heads": 2} | model
    assert read.run == run


def test_settings_of_a_run_alone_are_a_configuration_and_what_a_program_works_out_is_left_out() -> None:
    read = parse_config("batch_size = 12\nblock_size = 1024\nmax_iters = 600_000\neval_iters = 10 if fast else 200")
    assert read.model == {"context_length": 1024} and read.run == {"batch_size": 12, "max_steps": 600_000}
    assert read.left_out == ("eval_iters",)
    read = parse_config("c.model_type = 'gpt-mini'\nc.vocab_size = data.size()\nc.lr = 1e-3\nc.max_iters = 5")
    assert read.model == {"n_layers": 6, "n_heads": 6, "emb_dim": 192} and read.left_out == ("vocab_size",)
    read = parse_config(LESSON + "\noptimizer = AdamW(model.parameters(), lr=0.0004)\n")
    assert read.run == {} and read.left_out == ("lr",)


def test_what_is_changed_of_one_of_several_configurations_is_changed_of_that_one() -> None:
    one, other = ('{"emb_dim": 64, "n_heads": 4, "n_layers": 2}', '{"emb_dim": 32, "n_heads": 4, "n_layers": 2}')
    both = read_configs(f'a = {one}\nb = {other}\na["n_layers"] = 3\nb["drop_rate"] = 0.5')
    assert [(read.name, read.model["n_layers"], read.model.get("drop_rate")) for read in both] == [
        ("a", 3, None), ("b", 2, 0.5)
    ]  # fmt: skip


def test_settings_beside_a_model_are_of_each_and_what_is_counted_elsewhere_is_left_out() -> None:
    settings = '\nOTHER_SETTINGS = {"learning_rate": 5e-4, "num_epochs": 10, "batch_size": 2}\n'
    (read,) = read_configs(LESSON + settings)
    assert read.run == {"learning_rate": 5e-4, "batch_size": 2} and read.left_out == ("num_epochs",)
    both = read_configs(LESSON + settings + "SMALL = {'emb_dim': 64, 'n_heads': 2, 'n_layers': 2}")
    assert [(one.name, one.run["batch_size"]) for one in both] == [("GPT_CONFIG_124M", 2), ("SMALL", 2)]


def test_quotation_marks_of_print_and_numbers_made_of_others_are_read() -> None:
    assert parse_config("{\u201cn_heads\u201d: 4, \u2018emb_dim\u2019: 8}").model == {"n_heads": 4, "emb_dim": 8}
    read = parse_config("n_head = 4\nn_embd = n_head * 16\nmax_lr = 0.5\nmin_lr = max_lr / 4")
    assert read.model == {"n_heads": 4, "emb_dim": 64} and read.run == {
        "learning_rate": 0.5,
        "min_learning_rate": 0.125,
    }


def test_a_trainer_of_lightning_is_read_with_its_lists() -> None:
    read = parse_config(
        "trainer:\n  max_steps: 30\n  gradient_clip_val: 0.5\n  accumulate_grad_batches: 2\nmodel:\n  init_args:\n"
        "    n_layer: 2\n    n_head: 2\n    n_embd: 22\n    betas: [0.85, 0.96]\n"
        "data:\n  init_args:\n    batch_size: 5\n"
    )
    assert read.run == {
        "max_steps": 30, "grad_clip": 0.5, "grad_accumulation": 2, "beta1": 0.85, "beta2": 0.96, "batch_size": 5
    }  # fmt: skip


def test_null_is_as_if_it_were_not_given() -> None:
    assert parse_config('{"n_heads": 4, "drop_rate": null, "qkv_bias": None}').model == {"n_heads": 4}


def test_sizes_are_offered_over_their_base_and_whole_configurations_by_their_names() -> None:
    small, large = read_configs(SIZES)
    assert small.model == {"vocab_size": 50257, "context_length": 1024, "emb_dim": 768, "n_layers": 12, "n_heads": 12}
    assert (large.name, large.model["emb_dim"], large.model["vocab_size"]) == ("large", 1280, 50257)
    whole = LESSON + "\nOTHER = {'emb_dim': 64, 'n_heads': 2, 'n_layers': 2}\nkinds = {k for k in 'ab'}\n"
    assert [one.name for one in read_configs(whole)] == ["GPT_CONFIG_124M", "OTHER"]
    changed = parse_config(LESSON + "\nNEW_CONFIG.update({'context_length': 256, 'qkv_bias': True})")
    assert (changed.model["context_length"], changed.model["qkv_bias"]) == (256, True)


@pytest.mark.parametrize(
    ("vocab_size", "tokenizer"),
    [(50257, "gpt2"), (50304, "gpt2"), (50432, "gpt2"), (256, "bytes"), (65, ""), (32000, ""), (50433, "")],
)
def test_a_vocabulary_tells_its_tokenizer_also_when_it_is_padded(vocab_size: int, tokenizer: str) -> None:
    assert tokenizer_of(vocab_size) == tokenizer


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"model": GPTConfig(n_heads=7)}, "n_heads 7 does not divide emb_dim 768"),
        ({"model": GPTConfig(vocab_size=50_000)}, "vocab_size 50,000 is smaller than the 50,257"),
        ({"model": GPTConfig(drop_rate=1.0)}, "drop_rate"),
        ({"learning_rate": 0.0}, "learning_rate"),
        ({"tokenizer": "words"}, "words"),
        ({"batch_size": 0}, "batch_size"),
    ],
)
def test_a_run_that_cannot_work_gets_one_sentence(change: dict, part: str) -> None:
    with pytest.raises(EngineError, match=part):
        msgspec.structs.replace(RunConfig(), **change).check()


def test_a_corpus_that_cannot_work_gets_one_sentence(tmp_path: Path) -> None:
    binary, short = tmp_path / "picture.bin", tmp_path / "short.txt"
    binary.write_bytes(b"\x89PNG\0\0\1")
    short.write_text("too short")
    (tmp_path / "empty").mkdir()
    nano = PRESETS["nano"]
    wrong = {
        binary: "binary file",
        short: "fewer than the context",
        tmp_path / "no": "no corpus",
        tmp_path / "empty": "holds no text file",
    }
    for path, part in wrong.items():
        with pytest.raises(EngineError, match=part):
            corpus.check(msgspec.structs.replace(nano, corpus=str(path)))
    many = tmp_path / "many.txt"
    many.write_text("".join(chr(0x4E00 + number) for number in range(500)))
    with pytest.raises(EngineError, match="500 different characters"):
        corpus.check(msgspec.structs.replace(nano, corpus=str(many)))


def test_every_seed_of_a_run_is_one_that_pytorch_takes() -> None:
    last = RULES["seed"].highest + RULES["max_steps"].highest  # of the sample at the last step
    assert torch.Generator().manual_seed(last).initial_seed() == last


def test_a_model_that_no_machine_holds_is_refused() -> None:
    with pytest.raises(EngineError, match=r"^emb_dim 1,000,000 makes a model of 4\.8e\+13 parameters: at most 1e12\.$"):
        GPTConfig(emb_dim=10**6, n_heads=4, n_layers=4).check()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"model": GPTConfig(n_heads=7)}, "n_heads"),
        ({"model": GPTConfig(vocab_size=50_000)}, "vocab_size"),
        ({"model": GPTConfig(drop_rate=1.0)}, "drop_rate"),
        ({"model": GPTConfig(emb_dim=0)}, "emb_dim"),
        ({"learning_rate": 0.0}, "learning_rate"),
        ({"weight_decay": float("nan")}, "weight_decay"),
        ({"warmup_steps": -1}, "warmup_steps"),
        ({"tokenizer": "words"}, "tokenizer"),
        ({"beta2": 1.0}, "beta2"),
    ],
)
def test_a_refused_value_names_its_field_as_data(change: dict, field: str) -> None:
    with pytest.raises(ConfigError) as refused:
        msgspec.structs.replace(RunConfig(), **change).check()
    assert refused.value.field == refused.value.sentence.arguments["field"] == field


@pytest.mark.parametrize(("text", "field"), [('{"n_heads": "twelve"}', "n_heads"), ('{"a": 1, "emb_dim": 2}', "a")])
def test_a_pasted_value_that_is_refused_names_its_key(text: str, field: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(text)
    assert refused.value.field == field


def test_a_corpus_in_a_folder_named_like_a_field_is_refused_beside_the_corpus(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        corpus.check(msgspec.structs.replace(PRESETS["nano"], corpus=str(tmp_path / "seed n_heads")))
    assert refused.value.field == "corpus"


SHAPE = "n_heads = 4\nemb_dim = 64\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (SHAPE + "vocab_size = 50,257", 50_257),
        (SHAPE + "vocab_size: '50 257'", 50_257),
        ('{"n_heads": 4, "emb_dim": 64, "vocab_size": "50257"}', 50_257),
        ('{"n_heads": 4, "emb_dim": 64, "vocab_size": 50257.0}', 50_257),
        ("GPTConfig(n_head=4,n_embd=64,vocab_size=50257,)", 50_257),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, value: int) -> None:
    read = parse_config(text)
    assert read.model == {"n_heads": 4, "emb_dim": 64, "vocab_size": value}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            SHAPE + "learning_rate = 0,001",
            "learning_rate needs a point before its decimals, not a comma: 0.001, not “0,001”.",
        ),
        (
            "--n_head=4 --n_embd=64 --dropout=0,2",
            "drop_rate needs a point before its decimals, not a comma: 0.2, not “0,2”.",
        ),
        (SHAPE + "n_layers = 1,2", "n_layers needs a whole number from 1 to 10,000, not “1,2”."),
        ('{"n_layers": {"a": 1}, "n_heads": 4}', "n_layers needs a whole number from 1 to 10,000, not “{'a': 1}”."),
        ('{"n_layers": True, "n_heads": 4}', "n_layers needs a whole number from 1 to 10,000, not “True”."),
        (SHAPE + "qkv_bias = \ud800", "qkv_bias needs True or False, not “?”."),
    ],
)
def test_what_is_no_such_number_is_said_and_never_cut(text: str, sentence: str) -> None:
    with pytest.raises(EngineError, match="^" + re.escape(sentence)):
        parse_config(text)


def test_the_parts_of_one_configuration_are_one() -> None:
    read = parse_config('{"model": {"n_layers": 2, "n_heads": 4, "emb_dim": 64}, "optimizer": {"lr": 1e-3}}')
    assert read.model == {"n_layers": 2, "n_heads": 4, "emb_dim": 64} and read.run == {"learning_rate": 1e-3}
