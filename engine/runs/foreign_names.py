"""What other trainers call the keys of a configuration: nanoGPT, build-nanogpt, litgpt, `transformers`. No torch."""

from __future__ import annotations

import re

_MODEL = {
    "vocab_size": ("padded_vocab_size", "vocabulary_size", "n_vocab"),
    "context_length": (
        "block_size", "n_positions", "n_ctx", "max_position_embeddings", "context_size", "max_seq_len",
        "sequence_length", "seq_len", "max_seq_length", "seq_length", "sequence_len", "encoder_seq_length", "block_sz",
    ),
    "emb_dim": (
        "n_embd", "n_embed", "hidden_size", "d_model", "model_dim", "embed_dim", "embedding_dim", "channels",
        "hidden_dim", "dmodel", "hid_sz", "num_embed", "num_embeds", "n_emb", "emb_size", "embed_size",
        "embedding_size", "embedding_length",
    ),
    "n_heads": ("n_head", "num_attention_heads", "num_heads", "num_head", "nheads", "n_attn_heads", "head_count"),
    "n_layers": (
        "n_layer", "num_hidden_layers", "num_layers", "num_layer", "nlayers", "n_blocks", "n_block", "num_blocks",
        "block_count", "num_transformer_blocks",
    ),
    "drop_rate": (
        "dropout", "resid_pdrop", "embd_pdrop", "attn_pdrop", "dropout_rate", "p_dropout", "dropout_p", "dropout_prob",
        "hidden_dropout_prob", "hidden_dropout",
    ),
    "qkv_bias": ("bias", "attention_bias"),
    "tied": ("tie_word_embeddings", "tie_embeddings"),
}  # fmt: skip
_RUN = {
    "learning_rate": ("lr", "max_lr", "peak_lr"),
    "min_learning_rate": ("min_lr",),
    "warmup_steps": ("warmup_iters", "lr_warmup_steps", "lr_warmup_iters", "warmup_step", "num_warmup_steps"),
    "max_steps": (
        "max_iters", "num_iterations", "train_iters", "train_steps", "num_steps", "n_training_steps",
        "training_steps", "max_train_steps", "total_steps", "num_train_steps", "max_step",
    ),
    "decay_steps": ("lr_decay_iters",),
    "batch_size": (
        "micro_batch_size", "device_batch_size", "per_device_train_batch_size", "train_micro_batch_size_per_gpu",
        "device_train_microbatch_size", "batch_sz",
    ),
    "grad_accumulation": (
        "gradient_accumulation_steps", "grad_accum_steps", "accumulate_grad_batches", "gradient_accumulate_every",
    ),
    "grad_clip": (
        "max_grad_norm", "max_norm", "grad_norm_clip", "gradient_clip_val", "gradient_clipping", "clip_grad",
        "clip_grad_norm",
    ),
    "weight_decay": (),
    "beta1": ("adam_beta1",),
    "beta2": ("adam_beta2",),
    "seed": (),
    "eval_every": (
        "eval_interval", "eval_steps", "eval_freq", "val_loss_every", "validate_every", "val_check_interval",
    ),
    "eval_batches": ("eval_iters", "eval_iter"),
    "sample_every": (),
    "sample_tokens": (),
    "checkpoint_every": ("save_interval", "save_steps"),
    "keep_every": (),
    "keep_gb": (),
    "patience": (),
}  # fmt: skip
_IN_SECTION = {("eval", "interval"): "eval_interval", ("eval", "max_iters"): "eval_iters"}  # of litgpt
_OF_EVALUATION = ("eval", "evaluation", "val", "validation", "valid", "test")
OF_LLM_C = {  # its options of one letter
    "e": "model", "b": "micro_batch_size", "t": "seq_len", "d": "total_batch_size", "l": "lr", "u": "warmup_iters",
    "q": "learning_rate_decay_frac", "c": "weight_decay", "x": "num_iterations", "v": "val_loss_every",
    "m": "eval_iters", "s": "sample_every", "g": "sample_tokens", "n": "save_interval",
}  # fmt: skip
COUNTED_ELSEWHERE = ("num_epochs", "n_epochs", "epochs", "max_epochs")  # a run here counts steps alone
MODEL_KEYS = tuple(_MODEL)
RUN_KEYS = tuple(_RUN)
FOREIGN = {name: key for table in (_MODEL, _RUN) for key, names in table.items() for name in names}


_OF_GOOGLE = re.compile(r"^k(?=[A-Z][a-z])")  # its constants: kNumLayers
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def plain_name(name: str) -> str:
    """As Python's variables are written: `nLayer`, `NLayer`, `N_LAYER` and `n-layer` are n_layer. One capital letter
    stays, as `B` and `T` of build-nanogpt."""
    plain = _OF_GOOGLE.sub("", name.strip()).replace("-", "_")
    return plain if len(plain) == 1 else _HUMP.sub("_", plain).lower()


def key_of(name: str) -> str:
    """The key of GPTConfig or RunConfig that a name means, "" where it means none."""
    plain = plain_name(name)
    return plain if plain in _MODEL or plain in _RUN else FOREIGN.get(plain, "")


def in_section(section: str, name: str) -> str:
    """What a name is called outside of the part of a configuration that it stands in. What another part says of
    evaluation is not meant of training."""
    part = plain_name(section), plain_name(name)
    if part in _IN_SECTION:
        return _IN_SECTION[part]
    if name == "value" and key_of(section):  # of Weights & Biases
        return section
    return f"{section}.{name}" if part[0] in _OF_EVALUATION and key_of(name) else name
