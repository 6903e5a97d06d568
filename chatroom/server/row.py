"""The row in which those wait who want much of the server, so that nobody pays for another."""

from typing import TypeVar

from chatroom.server.session import Session

Key = TypeVar("Key")
Value = TypeVar("Value")

Asker = Session | None
"""Who waits: a session, or the host."""


class Row:
    """Each link has its turn, within it each address, and there each session.

    So one who asks with many sessions, or from many addresses of a link, waits for himself.
    """

    def __init__(self) -> None:
        self._links: dict[str, dict[str, dict[Asker, None]]] = {}

    def __bool__(self) -> bool:
        """Tell whether anybody waits."""
        return bool(self._links)

    def put(self, asker: Asker) -> None:
        """Have somebody wait, at the end; who waits already keeps the place."""
        link, host = (asker.link, asker.host) if asker is not None else ("", "")
        self._links.setdefault(link, {}).setdefault(host, {})[asker] = None

    def take(self) -> Asker:
        """Return whose turn it is, who waits no longer. The row must not be empty."""
        link, hosts = _take_first(self._links)
        host, askers = _take_first(hosts)
        asker, _ = _take_first(askers)
        if askers:
            hosts[host] = askers
        if hosts:
            self._links[link] = hosts
        return asker


def _take_first(row: dict[Key, Value]) -> tuple[Key, Value]:
    key = next(iter(row))
    return key, row.pop(key)
