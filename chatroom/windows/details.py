"""What can be told of the room of a window: its name, its server, and the host's key."""

from tkinter import Misc

from chatroom.crypto import host_key
from chatroom.windows import question
from chatroom.words.details import Details


def show(parent: Misc, name: str, server: str, key: bytes) -> None:
    """Show it until it is closed; `key` is b"" as long as it is not known."""
    lines = [Details.ROOM(name=name)] if name else []
    lines += [Details.SERVER(server=server)] if server else []
    lines.append(Details.KEY(key=host_key.fingerprint(key)) if key else Details.NO_KEY())
    if key:
        lines += ["", Details.COMPARE()]
    question.tell(parent, Details.TITLE(), "\n".join(lines), Details.CLOSE())
