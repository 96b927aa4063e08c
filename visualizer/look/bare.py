"""What is searched is found without the accents that a keyboard may not have."""

from __future__ import annotations

from unicodedata import combining, normalize


def bare(text: str) -> str:
    """Small letters without accents: "licoes" of "Lições"."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
