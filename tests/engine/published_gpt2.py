"""GPT-2 as it is published: computed from a folder by the names in its files, in plain torch."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F


def folder_tensors(folder: Path) -> dict[str, Tensor]:
    """Of all files, without the prefix."""
    found: dict[str, Tensor] = {}
    for file in sorted(folder.glob("*.safetensors")):
        found |= {name.removeprefix("transformer."): tensor for name, tensor in load_file(file).items()}
    return found


def logits(folder: Path, tokens: Tensor) -> Tensor:
    """What GPT2LMHeadModel of the folder answers to tokens int64 (B, T): float (B, T, V)."""
    config, w = json.loads((folder / "config.json").read_text()), folder_tensors(folder)
    assert config["activation_function"] == "gelu_new" and config["scale_attn_weights"]
    B, T = tokens.shape
    d, n_heads, epsilon = config["n_embd"], config["n_head"], config["layer_norm_epsilon"]

    def norm(x: Tensor, name: str) -> Tensor:
        return F.layer_norm(x, (d,), w[f"{name}.weight"], w[f"{name}.bias"], epsilon)

    def conv1d(x: Tensor, name: str) -> Tensor:
        return x @ w[f"{name}.weight"] + w[f"{name}.bias"]

    x = w["wte.weight"][tokens] + w["wpe.weight"][:T]
    causal = torch.ones(T, T, dtype=torch.bool).tril()
    for layer in range(config["n_layer"]):
        h = f"h.{layer}"
        parts = conv1d(norm(x, f"{h}.ln_1"), f"{h}.attn.c_attn").split(d, dim=2)
        q, k, v = (part.view(B, T, n_heads, d // n_heads).transpose(1, 2) for part in parts)
        scores = (q @ k.transpose(2, 3) / (d // n_heads) ** 0.5).masked_fill(~causal, -torch.inf)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(B, T, d)
        x = x + conv1d(mixed, f"{h}.attn.c_proj")
        u = conv1d(norm(x, f"{h}.ln_2"), f"{h}.mlp.c_fc")
        u = 0.5 * u * (1 + torch.tanh((2 / torch.pi) ** 0.5 * (u + 0.044715 * u**3)))
        x = x + conv1d(u, f"{h}.mlp.c_proj")
    return norm(x, "ln_f") @ w["wte.weight" if config["tie_word_embeddings"] else "lm_head.weight"].T


def as_openai(folder: Path) -> None:
    """Write the folder's weights again as OpenAI's are: no prefix, no head, with the buffers of the causal mask."""
    tensors = folder_tensors(folder)
    tensors.pop("lm_head.weight", None)
    n_layers = sum(name.endswith("c_attn.weight") for name in tensors)
    mask = torch.ones(1, 1, 4, 4).tril()
    tensors |= {f"h.{layer}.attn.bias": mask.clone() for layer in range(n_layers)}
    save_file(tensors, folder / "model.safetensors")


def as_shards(folder: Path) -> None:
    """Write the folder's weights again as two files and their index."""
    tensors = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    names = sorted(tensors)
    files = {f"model-0000{part + 1}-of-00002.safetensors": names[part::2] for part in range(2)}
    for file, part in files.items():
        save_file({name: tensors[name] for name in part}, folder / file)
    places = {name: file for file, part in files.items() for name in part}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}))
