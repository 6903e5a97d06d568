"""The conversation as it is drawn; `tools.ViewTest` has one of any size on a display."""
