"""What other trainers call the keys of a configuration: nanoGPT, build-nanogpt, litgpt, `transformers`. No torch."""

from __future__ import annotations

_MODEL = {
    "vocab_size": ("padded_vocab_size", "vocabulary_size", "n_vocab"),
    "context_length": (
        "block_size", "n_positions", "n_ctx", "max_position_embeddings", "context_size", "max_seq_len",
        "sequence_length", "seq_len",
    ),
    "emb_dim": ("n_embd", "n_embed", "hidden_size", "d_model", "model_dim", "embed_dim", "embedding_dim"),
    "n_heads": ("n_head", "num_attention_heads", "num_heads"),
    "n_layers": ("n_layer", "num_hidden_layers", "num_layers"),
    "drop_rate": ("dropout", "resid_pdrop", "embd_pdrop", "attn_pdrop", "dropout_rate"),
    "qkv_bias": ("bias", "attention_bias"),
    "tied": ("tie_word_embeddings",),
}  # fmt: skip
_RUN = {
    "learning_rate": ("lr", "max_lr"),
    "min_learning_rate": ("min_lr",),
    "warmup_steps": ("warmup_iters", "lr_warmup_steps"),
    "max_steps": ("max_iters",),
    "decay_steps": ("lr_decay_iters",),
    "batch_size": ("micro_batch_size",),
    "grad_accumulation": ("gradient_accumulation_steps", "grad_accum_steps"),
    "grad_clip": ("max_grad_norm", "max_norm"),
    "weight_decay": (),
    "beta1": (),
    "beta2": (),
    "seed": (),
    "eval_every": ("eval_interval",),
    "eval_batches": ("eval_iters",),
}
_IN_SECTION = {("eval", "interval"): "eval_interval", ("eval", "max_iters"): "eval_iters"}  # of litgpt
COUNTED_ELSEWHERE = ("num_epochs", "n_epochs", "epochs", "max_epochs")  # a run here counts steps alone
MODEL_KEYS = tuple(_MODEL)
RUN_KEYS = tuple(_RUN)
FOREIGN = {name: key for table in (_MODEL, _RUN) for key, names in table.items() for name in names}


def key_of(name: str) -> str:
    """The key of GPTConfig or RunConfig that a name means, "" where it means none."""
    plain = name.strip().replace("-", "_")
    return plain if plain in _MODEL or plain in _RUN else FOREIGN.get(plain, "")


def in_section(section: str, name: str) -> str:
    """What a name is called outside of the part of a configuration that it stands in."""
    return _IN_SECTION.get((section, name), name)
