"""Configurations as commands and other languages have them, and numbers as people calculate them."""

import pytest

from engine.protocol.errors import EngineError
from engine.runs.pasted import parse_config
from engine.shared.literals import read_plain

SHAPE = {"n_layers": 4, "n_heads": 2}
STATEMENTS = """\
typedef struct {
    int num_layers; // e.g. 12
} GPT2Config;
int main(void) {
    GPT2Config config = {.num_layers = 4, /* few */ .num_heads = 2u};
    train(&config);
}
"""


@pytest.mark.parametrize(
    "text",
    [
        'run_clm.py --config_overrides="n_layer=4,n_head=2" --output_dir out',
        "--config_overrides 'n_layer=4, n_head=2'",
        "--override n_layer=4 --override model.n_head=2",
        "GPT2Config config = {.num_layers = 4, .num_heads = 2};",
        "(GPT2Config){ .num_layers = 1 << 2, .num_heads = 2 }",
        STATEMENTS,
        "void f(GPT2Config *c) { c->num_layers = 4; c->num_heads = 2; }",
        "GPTConfig { n_layer: 4, n_head: 2_usize, ..Default::default() }",
        "const config = { n_layer: 4, n_head: 2, };",
        '{"nLayer": 4, "numHeads": 2}',
        "const config = { nLayers: 4, nHead: 2 };",
        "private static final int NUM_LAYERS = 4;\nint numAttentionHeads = 2;",
        "this.nLayer = 4; this.nHead = 2L;",
        "nLayer := 4\nnHead := 2",
        "let n_layer: usize = 4; let n_head: usize = 2_usize;",
    ],
)
def test_a_configuration_is_read_as_commands_c_rust_and_javascript_write_it(text: str) -> None:
    assert parse_config(text).model == SHAPE


@pytest.mark.parametrize(
    "text",
    [
        "config.setNumLayers(4);\nconfig.setNumHeads(2);",
        "cfg.set_num_layers(4)\ncfg.set_num_heads(2)",
        "GptConfig::new().with_n_layer(4).with_n_head(2)",
        "Config.builder().nLayer(4).nHead(2).build()",
        'setattr(config, "n_layer", 4)\nsetattr(config, "n_head", 2)',
        'config.put("n_layer", 4); config.put("n_head", 2);',
        'cfg.set("model.n_layer", 4)\ncfg.set("model.n_head", 2)',
        'flags.DEFINE_integer("n_layer", 4, "layers")\nflags.DEFINE_integer("n_head", 2, "")',
        "#define N_LAYER 4\n#define N_HEAD (2)",
        "constexpr int kNumLayers = 4, kNumHeads = 2;",
        "<n_layer>4</n_layer> <n_head>2</n_head>",
        '<model n_layer="4" n_head="2"/>',
        'Map("n_layer" -> 4, "n_head" -> 2)',
        "{ :n_layer => 4, 'n_head' => 2 }",
        "$config = ['n_layer' => 4, 'n_head' => 2];",
        '@click.option("--n-layer", default=4)\n@click.option("--n-head", default=2, type=int)',
        "parser.add_argument(\n    '--n_layer',\n    type=int,\n    default=4,\n)\n--n_head 2",
        "n_layer: int = typer.Option(4)\nn_head: int = field(default=2, metadata={})",
        "n_layer: int = Field(4, ge=1)\nn_head: int = (\n    2  # few\n)",
        "n_layer <- 4\nn_head <- 2",
        "GPTConfig(nLayer: 4, nHead: 2)",
        'os.environ["N_LAYER"] = "4"\nos.environ["N_HEAD"] = "2"',
        "python train.py +model.n_layer=4 ++model.n_head=2 \\\n    --cuda",
        "kv 2: gpt2.block_count u32 = 4\nkv 3: gpt2.attention.head_count u32 = 2",
        '{"n_layer": {"desc": null, "value": 4}, "n_head": {"desc": null, "value": 2}}',
        "n_layer, n_head = 4, 2",
        "│ n_layer │ 4 │\n│ n_head │ 2 │",
        "depth=4, heads=2",
        "N_LAYER=4\nn_layer: ${N_LAYER}\nn_head: 2\nlr_monitor: {}",
        "--n_layer 4 --n_head 2 ${@:2}",
        "{:n-layer 4 :n-head 2}",
        "(def config\n  {:model {:n-layer 4, :n-head 2 :act :gelu} ; small\n   :data nil})",
        "let config = { n_layer = 4; n_head = 2 }",
        "let config : Config.t = {\n  n_layer = 4;\n  n_head = 2;\n}",
    ],
)
def test_a_setting_that_is_no_assignment_is_one_all_the_same(text: str) -> None:
    assert parse_config(text).model == SHAPE


def test_a_call_with_a_word_that_means_something_elsewhere_is_no_setting() -> None:
    text = "n_layer = 4\nn_head = 2\nself.drop = nn.Dropout(0.5)\ntorch.manual_seed(7)\ny = softmax(x, dim=-1, depth=2)"
    assert parse_config(text).model == SHAPE and not parse_config(text).run


def test_what_stands_in_a_part_of_a_configuration_is_of_it_and_what_is_of_validation_alone_is_not() -> None:
    read = parse_config(
        '{"num-layers": 4, "num-attention-heads": 2, "optimizer": {"type": "Adam", "params": {"lr": 6e-4, "betas": '
        '[0.9, 0.95]}}, "train-iters": 500, "eval": {"batch_size": 3}, "gradient_clipping": 0.5}'
    )
    assert read.model == SHAPE
    assert read.run == {"learning_rate": 6e-4, "beta1": 0.9, "beta2": 0.95, "max_steps": 500, "grad_clip": 0.5}


def test_names_with_humps_mean_what_they_do_with_underscores_also_where_something_follows_from_them() -> None:
    read = parse_config(
        '{"nLayer": 4, "embedDim": 128, "blockSize": 64, "residPdrop": 0.2, "tieWordEmbeddings": false, "maxLR": 3e-4,'
        ' "batchSize": 8, "totalBatchSize": 4096, "modelType": "gpt2", "numWorkers": 2}'
    )
    assert read.model == {
        "n_layers": 4, "emb_dim": 128, "context_length": 64, "drop_rate": 0.2, "tied": False, "n_heads": 12,
        "qkv_bias": True,
    }  # fmt: skip
    assert read.run == {"learning_rate": 3e-4, "batch_size": 8, "grad_accumulation": 8}
    assert read.names["embedDim"] == "emb_dim" and read.names["totalBatchSize"] == "grad_accumulation"
    assert read.left_out == ("numWorkers",)


def test_the_struct_of_llm_c_is_read_whole() -> None:
    read = parse_config(
        "GPT2Config config = {.max_seq_len = 1024, .vocab_size = 50257, .padded_vocab_size = 50304, .num_layers = 12, "
        ".num_heads = 12, .channels = 768, .dropout = 0.1f};"
    )
    assert read.model == {
        "context_length": 1024, "vocab_size": 50257, "n_layers": 12, "n_heads": 12, "emb_dim": 768, "drop_rate": 0.1
    }  # fmt: skip
    assert read.left_out == ("padded_vocab_size",)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("./train_gpt2cu -e d12", (12, 12, 768)),
        ('-e "d24"', (24, 16, 1024)),
        ("train_gpt2.py --model d48", (48, 25, 1600)),
        ("./train_gpt2cu -e gpt2:d6", (6, 6, 384)),
        ('./train_gpt2cu -e "gpt3:c1536"', (24, 16, 1536)),
    ],
)
def test_a_model_of_llm_c_has_the_sizes_of_its_name(text: str, sizes: tuple[int, int, int]) -> None:
    read = parse_config(text)
    assert read.model == dict(zip(("n_layers", "n_heads", "emb_dim"), sizes, strict=True)) and read.run == {}


def test_the_letters_of_llm_c_mean_what_they_do_there_and_nothing_elsewhere() -> None:
    read = parse_config(
        './train_gpt2cu -i "data/e_*.bin" -e "d12" -b 64 -t 1024 -d 524288 -c 0.1 -l 0.0006 -q 0.1 -u 700 -n 5000 '
        "-v 250 -s 20000 -g 144 -h 1 -x 18865"
    )
    assert read.model["context_length"] == 1024 and read.left_out == ("-i", "-h")
    assert read.run == {
        "batch_size": 64, "grad_accumulation": 8, "weight_decay": 0.1, "learning_rate": 6e-4, "min_learning_rate": 6e-5,
        "warmup_steps": 700, "checkpoint_every": 5000, "eval_every": 250, "sample_every": 20000, "sample_tokens": 144,
        "max_steps": 18865,
    }  # fmt: skip
    never = parse_config("./train_gpt2cu -e d12 -n 0 -v 0 -s 0 -x -1")
    assert never.run == {"sample_every": 0} and never.left_out == ("-n", "-v")
    assert parse_config("python train.py -b 3 -x 4 --n_layer 4 --n_head=2").run == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6e-4 * 0.1", 6e-05),
        ("6e-4 / 10", 6e-05),
        ("1e-3 * 0.3", 3e-4),
        ("1 - 0.9", 0.1),
        ("0.1 + 0.2", 0.3),
        ("3 * 2 ** -2", 0.75),
        ("7 / 2", 3.5),
        ("2 ** 0.5", 2**0.5),
    ],
)
def test_arithmetic_is_that_of_the_numbers_that_are_written(text: str, value: float) -> None:
    read = read_plain(text)
    assert read == value and isinstance(read, float)


@pytest.mark.parametrize(("text", "value"), [("768 // 2", 384), ("1 << 20", 2**20), ("2**10 + 5 * 8", 1064)])
def test_whole_numbers_stay_whole(text: str, value: int) -> None:
    read = read_plain(text)
    assert read == value and isinstance(read, int)


def test_a_rate_made_of_another_is_the_one_that_was_meant() -> None:
    read = parse_config("n_head = 2\nn_layer = 4\nmax_lr = 6e-4\nmin_lr = max_lr * 0.1")
    assert read.run == {"learning_rate": 6e-4, "min_learning_rate": 6e-05}


@pytest.mark.parametrize(
    ("text", "model", "run"),
    [
        ("with 12 layers, 12 heads and d_model 768", {"n_layers": 12, "n_heads": 12, "emb_dim": 768}, {}),
        ("12 layers 6 heads 384 embedding", {"n_layers": 12, "n_heads": 6, "emb_dim": 384}, {}),
        ("n_layer 12 n_head 6 n_embd 384", {"n_layers": 12, "n_heads": 6, "emb_dim": 384}, {}),
        ("heads: 6, layers: 12, width 384", {"n_heads": 6, "n_layers": 12, "emb_dim": 384}, {}),
        (
            "We train a 12-layer decoder with 12 attention heads, an embedding dimension of 768 and a context length "
            "of 1,024 tokens. Batch size 64 and learning rate 6e-4, with 2,000 warm-up steps and 10% dropout.",
            {"n_layers": 12, "n_heads": 12, "emb_dim": 768, "context_length": 1024},
            {"batch_size": 64, "learning_rate": 6e-4, "warmup_steps": 2000},
        ),
    ],
)  # fmt: skip
def test_a_configuration_in_words_is_what_they_say(text: str, model: dict[str, object], run: dict[str, object]) -> None:
    read = parse_config(text)
    assert (read.model, read.run) == (model, run)


@pytest.mark.parametrize(
    "text",
    [
        "3 heads 12 layers 6",  # of which number is each said?
        "12 layers and 12 heads, later 24 layers and 16 heads",
        "12 players and 3 heads of state",
        "the 12 layers of the cake",
    ],
)
def test_words_that_leave_it_open_are_no_configuration(text: str) -> None:
    with pytest.raises(EngineError, match="holds no configuration"):
        parse_config(text)


@pytest.mark.parametrize("text", ["{:n-layer ] 4 }", "{:n-layer 4 :n-head}", "{:n-layer [4} :n-head 2]}", "{: 4}"])
def test_a_map_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(EngineError):
        parse_config(text)
