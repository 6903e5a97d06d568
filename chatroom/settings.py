"""What a person answers before the chat begins."""

from typing import NamedTuple


class Settings(NamedTuple):
    """What a person answers before the chat begins."""

    host: str
    port: int
    password: str
    name: str
    history: int | None
    host_key: bytes | None = None
    """What the host is known by, None on a first visit."""

    @property
    def key(self) -> str:
        """What the room is remembered by."""
        return f"{self.host} {self.port}"

    @property
    def server(self) -> str:
        """The server, in words."""
        return show_server(self.host, self.port)


def show_server(host: str, port: int) -> str:
    """Return a server, in words."""
    return f"{host} port {port}"


class Given(NamedTuple):
    """What was given on the command line, and is not asked for; None is."""

    host: str | None
    port: int | None
    password: str | None
    name: str | None
    history: int | None
