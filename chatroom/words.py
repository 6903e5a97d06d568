"""The sentences that people read, one for each event; no message's text is in them."""

from chatroom.driver import DriverFailed, DriverStarted, DriverStopped
from chatroom.events import (
    AccessRefused,
    AddressRefused,
    ArchiveOpened,
    Entered,
    Expelled,
    GuessesSlowed,
    GuessesSlowedHere,
    GuessFailed,
    JoinRefused,
    LogReplaced,
    MessagesStored,
    NameRefused,
    PasswordRefused,
    PeopleChanged,
    PersonJoined,
    PersonLeft,
    PersonMoved,
    ServerFound,
    ServerLost,
    StorageBroken,
    StorageRefused,
    StorageStalled,
    TextRefused,
)
from chatroom.messages import Refusal
from chatroom.wire import Address

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


def show_address(address: Address) -> str:
    """Return host and port as people write them."""
    host = address[0].removeprefix("::ffff:")
    return f"[{host}]:{address[1]}" if ":" in host else f"{host}:{address[1]}"


def show_text(text: str) -> str:
    """Return a text on one line, its control characters as harmless pictures."""
    return text.translate(_CONTROL_PICTURES)


def host_sentence(event: object) -> str | None:
    """Return what the host reads about an event; None where there is nothing to say."""
    if isinstance(event, ArchiveOpened):
        return f"{event.path} holds {event.head} message(s)"
    if isinstance(event, PersonJoined):
        return f"{event.name} joined from {show_address(event.address)}"
    if isinstance(event, PersonLeft):
        return f"{event.name} {_how_left(event)}"
    if isinstance(event, PersonMoved):
        return f"{event.name} now speaks from {show_address(event.address)}"
    if isinstance(event, JoinRefused):
        why = NAME_REFUSED[event.reason]
        where = show_address(event.address)
        return f"refused {where}: the name {event.name!r} {why}"
    if isinstance(event, GuessFailed):
        return f"refused {show_address(event.address)}: wrong password"
    if isinstance(event, GuessesSlowed):
        where = show_address(event.address)
        return f"slowed down {where}: too many wrong passwords from there"
    if isinstance(event, AddressRefused):
        return f"refused {show_address(event.address)}: the address is not allowed"
    if isinstance(event, MessagesStored):
        return _stored(event)
    if isinstance(event, StorageRefused):
        return f"NOT STORED: {event.words}. The senders keep their messages and retry"
    if isinstance(event, StorageBroken):
        return (
            f"STOPPED: {event.words}. Messages not yet stored stay with their senders"
        )
    if isinstance(event, DriverStarted):
        return f"listening on {show_address(event.address)}"
    if isinstance(event, DriverFailed):
        return event.words
    return "stopped" if isinstance(event, DriverStopped) else None


def member_sentence(event: object) -> str | None:
    """Return what a member reads about an event; None where there is nothing to say."""
    if isinstance(event, Entered):
        back = "back in" if event.back else "in"
        return f"You are {back} the room {event.room} as {event.name}."
    if isinstance(event, PeopleChanged):
        return _came_and_went(event)
    if isinstance(event, ServerLost):
        why = "The host stopped the room" if event.stopped else "The server is silent"
        return f"{why}. What you write is kept and sent when it comes back."
    if isinstance(event, Expelled):
        return EXPELLED.get(event.reason, "The session is over.")
    if isinstance(event, TextRefused):
        return "The server could not take one of your messages: it is not valid text."
    if isinstance(event, AccessRefused):
        return event.words
    if isinstance(event, DriverFailed):
        return event.words
    return _PLAIN.get(type(event))


def name_refused(event: NameRefused) -> str:
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
    ServerFound: "The server is back.",
    LogReplaced: "The server has another archive now; the history starts anew.",
    StorageStalled: "The server cannot store messages just now. Yours are kept.",
    GuessesSlowedHere: "Too many wrong passwords came from your address. Waiting.",
    PasswordRefused: WRONG_PASSWORD,
}


def _came_and_went(event: PeopleChanged) -> str | None:
    sentences = [f"{name} joined." for name in event.came]
    sentences += [f"{name} left." for name in event.went]
    return " ".join(sentences) or None


_CONTROL_PICTURES = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
_CONTROL_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_CONTROL_PICTURES |= dict.fromkeys(range(0x202A, 0x202F), 0xFFFD)  # they would
_CONTROL_PICTURES |= dict.fromkeys(range(0x2066, 0x206A), 0xFFFD)  # turn the line
_CONTROL_PICTURES |= dict.fromkeys((0x2028, 0x2029), 0x240A)


def _how_left(event: PersonLeft) -> str:
    if event.quiet:
        return "has gone quiet"
    return "left" if event.reason is None else _LEFT.get(event.reason, "left")


def _stored(event: MessagesStored) -> str:
    names = ", ".join(dict.fromkeys(entry.name for entry in event.entries))
    last, count = event.entries[-1].seq, len(event.entries)
    if count == 1:
        return f"stored message {last} from {names}"
    return f"stored messages {last - count + 1}-{last} from {names}"
