"""Bytes and keys: the password exchange, sealed datagrams, the replay window."""
