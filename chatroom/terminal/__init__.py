"""Both programs without a window."""
