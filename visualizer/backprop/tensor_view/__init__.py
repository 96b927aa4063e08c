"""One tensor, seen: cells at any size and zoom, the scale of their colours, histogram and statistics."""
