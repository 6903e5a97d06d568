"""What is drawn with Tk."""
