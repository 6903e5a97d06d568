"""The one thread, socket and clock, and this computer's addresses."""
