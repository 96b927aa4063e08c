"""The middle of the window where there is no graph: one tensor, large, drawn as its rank is."""
