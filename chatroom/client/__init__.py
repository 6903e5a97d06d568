"""A member of the room, without socket, thread, clock, chance or file."""
