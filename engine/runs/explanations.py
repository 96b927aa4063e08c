"""What each setting of a model and its run is, in a sentence: for the form and the terminal. No torch."""

from __future__ import annotations

from engine.shared.language import mark

OF_THE_MODEL = {
    "vocab_size": mark(
        "How many different tokens there are; each has a row in the embedding and a logit in the output."
    ),
    "context_length": mark("How many tokens the model sees at once; attention never looks further back."),
    "emb_dim": mark("The width of the vector that stands for one token on its way through the blocks."),
    "n_heads": mark("How many attentions each block runs side by side; the width is divided among them."),
    "n_layers": mark("How many transformer blocks follow each other."),
    "drop_rate": mark("The share of activations that are zeroed at random while training, against overfitting."),
    "qkv_bias": mark("Whether the projections to query, key and value add a bias; OpenAI's GPT-2 does."),
}

EXPLANATIONS = OF_THE_MODEL | {
    "tied": mark("Tied, the head is the token embedding itself (124M); untied, it has weights of its own (163M)."),
    "init_from": mark(
        "The weights that it begins with: random ones, or those of a Hugging "
        "Face folder with a GPT-2, whose sizes and tokenizer it then has."
    ),
    "tokenizer": mark("What turns text into tokens."),
    "corpus": mark("The text to learn from: one that ships, a text file, or a folder of them."),
    "device": mark("Where it is computed; automatic takes CUDA, then MPS, then the CPU."),
    "learning_rate": mark("AdamW's step size at its peak, after the warm-up."),
    "batch_size": mark(
        "Sequences in one forward pass; more are smoother and need more memory. On CUDA "
        "those of a step are batch_size · grad_accumulation, as many at once as the card holds."
    ),
    "max_steps": mark("Optimizer steps to train."),
    "grad_clip": mark("A gradient with a larger norm is scaled down to it; 0 never clips."),
    "warmup_steps": mark("Steps in which the learning rate rises from 0 to its peak."),
    "min_learning_rate": mark("Where the cosine of the learning rate ends, and then stays."),
    "decay_steps": mark("The step at which the cosine of the learning rate ends; 0 ends it at max_steps."),
    "grad_accumulation": mark("Forward passes whose gradients are averaged in one optimizer step."),
    "weight_decay": mark("How strongly AdamW pulls matrices and embeddings towards 0."),
    "beta1": mark("How long AdamW averages gradients: 0.9 is about 10 steps."),
    "beta2": mark("How long AdamW averages squared gradients: 0.95 is about 20 steps."),
    "eval_every": mark("Steps between two validations."),
    "eval_batches": mark("Batches that a validation averages."),
    "sample_every": mark("Steps between two text samples; 0 writes none."),
    "sample_tokens": mark("Tokens in one text sample."),
    "sample_prompt": mark("What a sample begins with; \\n is a line break."),
    "checkpoint_every": mark("Steps between two checkpoints; a killed run resumes from the last."),
    "keep_every": mark("Of so many checkpoints one stays, besides the newest two and the best; 0: none."),
    "keep_gb": mark("Gigabytes that its checkpoints may take: the oldest go first, never the newest two or the best."),
    "patience": mark(
        "Validations in a row without a better one after which the run ends; 0 never ends it. "
        "With it, each better one writes a checkpoint."
    ),
    "seed": mark("Where the random numbers start; the same seed gives the same run."),
    "compile": mark(
        "torch.compile: faster steps, which take over after a minute or so; their losses "
        "repeat to rounding, not to the bit. Automatic compiles on CUDA."
    ),
}
