"""Formulas set as mathematics: a process that sets them, and a view of them."""
