"""The sentences that people read, one for each event; no message's text is in them."""

from chatroom.client import events as client_events
from chatroom.network.events import DriverFailed, DriverStarted, DriverStopped
from chatroom.protocol import addresses
from chatroom.protocol.messages import Refusal
from chatroom.server import events as server_events
from chatroom.words.archive_english import archive_sentence

NAME_REFUSED = {
    Refusal.NAME_TAKEN: "is taken by somebody who is in the room",
    Refusal.NAME_BAD: "is not a name this room accepts",
}
EXPELLED = {
    Refusal.REMOVED: "The host has removed you from the room.",
    Refusal.ROOM_FULL: "The room is full. Please try again later.",
}
_LEFT = {
    Refusal.REMOVED: "was removed",
    Refusal.PASSWORD_CHANGED: "must prove the new password",
    Refusal.NAME_TAKEN: "did not answer; somebody else took the name",
}


WRONG_PASSWORD = "The password is wrong. Ask the host for the right one."


def show_text(text: str) -> str:
    """Return a text on one line, its control characters as harmless pictures."""
    return text.translate(_CONTROL_PICTURES)


def host_sentence(event: object) -> str | None:  # noqa: C901, PLR0911, PLR0912
    """Return what the host reads about an event; None where there is nothing to say."""
    if isinstance(event, server_events.ArchiveOpened):
        return f"{event.path} holds {event.head} message(s)"
    if isinstance(event, server_events.PersonJoined):
        return f"{event.name} joined from {addresses.show_address(event.address)}"
    if isinstance(event, server_events.PersonLeft):
        return f"{event.name} {_how_left(event)}"
    if isinstance(event, server_events.PersonMoved):
        return f"{event.name} now speaks from {addresses.show_address(event.address)}"
    if isinstance(event, server_events.JoinRefused):
        why = NAME_REFUSED[event.reason]
        where = addresses.show_address(event.address)
        return f"refused {where}: the name {event.name!r} {why}"
    if isinstance(event, server_events.GuessFailed):
        return f"refused {addresses.show_address(event.address)}: wrong password"
    if isinstance(event, server_events.GuessesSlowed):
        where = addresses.show_address(event.address)
        return f"slowed down {where}: too many wrong passwords from there"
    if isinstance(event, server_events.AddressRefused):
        return f"refused {addresses.show_address(event.address)}: the address is not allowed"
    if isinstance(event, server_events.MessagesStored):
        return _stored(event)
    if isinstance(event, server_events.StorageRefused):
        why = archive_sentence(event.problem)
        return f"NOT STORED: {why} The senders keep their messages and retry"
    if isinstance(event, server_events.StorageBroken):
        why = archive_sentence(event.problem)
        return f"STOPPED: {why} Messages not yet stored stay with their senders"
    if isinstance(event, DriverStarted):
        return f"listening on {addresses.show_address(event.address)}"
    if isinstance(event, DriverFailed):
        return event.words
    return "stopped" if isinstance(event, DriverStopped) else None


def member_sentence(event: object) -> str | None:
    """Return what a member reads about an event; None where there is nothing to say."""
    if isinstance(event, client_events.Entered):
        back = "back in" if event.back else "in"
        return f"You are {back} the room {event.room} as {event.name}."
    if isinstance(event, client_events.PeopleChanged):
        return _came_and_went(event)
    if isinstance(event, client_events.ServerLost):
        why = "The host stopped the room" if event.stopped else "The server is silent"
        return f"{why}. What you write is kept and sent when it comes back."
    if isinstance(event, client_events.Expelled):
        return EXPELLED.get(event.reason, "The session is over.")
    if isinstance(event, client_events.TextRefused):
        return "The server could not take one of your messages: it is not valid text."
    if isinstance(event, client_events.AccessRefused):
        return event.words
    if isinstance(event, DriverFailed):
        return event.words
    return _PLAIN.get(type(event))


def name_refused(event: client_events.NameRefused) -> str:
    """Return why a name was refused."""
    why = NAME_REFUSED.get(event.reason, "was refused")
    return f"The name {event.name!r} {why}. Please choose another."


def no_answer(server: str) -> str:
    """Return what to check when nobody answers."""
    return (
        f"No answer from {server}. Is the server started, and are address and port "
        "right? A firewall on the server's computer may block UDP, and with a VPN both "
        "of you must be connected to it."
    )


# --------------------------------------------------------------------------------------


_PLAIN: dict[type, str] = {
    client_events.ServerFound: "The server is back.",
    client_events.LogReplaced: "The server has another archive now; the history starts anew.",
    client_events.StorageStalled: "The server cannot store messages just now. Yours are kept.",
    client_events.GuessesSlowedHere: "Too many wrong passwords came from your address. Waiting.",
    client_events.PasswordRefused: WRONG_PASSWORD,
}


def _came_and_went(event: client_events.PeopleChanged) -> str | None:
    sentences = [f"{name} joined." for name in event.came]
    sentences += [f"{name} left." for name in event.went]
    return " ".join(sentences) or None


_CONTROL_PICTURES = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
_CONTROL_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_CONTROL_PICTURES |= dict.fromkeys(range(0x202A, 0x202F), 0xFFFD)  # they would
_CONTROL_PICTURES |= dict.fromkeys(range(0x2066, 0x206A), 0xFFFD)  # turn the line
_CONTROL_PICTURES |= dict.fromkeys((0x2028, 0x2029), 0x240A)


def _how_left(event: server_events.PersonLeft) -> str:
    if event.quiet:
        return "has gone quiet"
    return "left" if event.reason is None else _LEFT.get(event.reason, "left")


def _stored(event: server_events.MessagesStored) -> str:
    names = ", ".join(dict.fromkeys(entry.name for entry in event.entries))
    last, count = event.entries[-1].seq, len(event.entries)
    if count == 1:
        return f"stored message {last} from {names}"
    return f"stored messages {last - count + 1}-{last} from {names}"
