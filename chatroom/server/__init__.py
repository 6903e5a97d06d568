"""The room, without socket, thread, clock, chance or file."""
