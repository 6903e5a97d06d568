"""What both sides must agree on: datagrams, messages, entries, texts, names, addresses."""
