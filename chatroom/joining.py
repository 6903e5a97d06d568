"""What a person answers before the chat begins, and the driver that joins with it."""

import secrets
from dataclasses import dataclass
from random import SystemRandom

from chatroom.driver import Driver, Prepared, open_client_socket, resolve
from chatroom.member import Member


@dataclass(frozen=True)
class Settings:
    """What a person answers before the chat begins."""

    host: str
    port: int
    password: str
    name: str
    history: int | None

    @property
    def server(self) -> str:
        """The server, in words."""
        return f"{self.host} port {self.port}"


@dataclass(frozen=True)
class Given:
    """What was given on the command line, and is not asked for; None is."""

    host: str | None
    port: int | None
    password: str | None
    name: str | None
    history: int | None


def join_room(settings: Settings) -> Driver[Member]:
    """Return a driver that will look up the server and knock."""

    def prepare(now: float) -> Prepared[Member]:
        server = resolve(settings.host, settings.port)
        member = Member(
            server,
            settings.password,
            settings.name,
            device=secrets.token_bytes(16),
            history=settings.history,
            entropy=secrets.token_bytes,
            random=SystemRandom().random,
            now=now,
        )
        return Prepared(member, open_client_socket(server))

    return Driver(prepare)
