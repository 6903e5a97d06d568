"""What people type, checked: each check returns the value or raises WrongInput."""

import codecs
import ipaddress
import os
import re
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from chatroom.problems import WrongInput
from chatroom.protocol import names, wire

DEFAULT_PORT = 8080
PASSWORD_VARIABLE = "CHATROOM_PASSWORD"
HOST_LENGTH_MOST = 253
"""Characters in the name of a computer (RFC 1123)."""
REPEATED_MOST = 60

PUNCTUATION = ".,;!?()<>\"'`\u201c\u201d\u2018\u2019"
"""What stands around an address in a sentence."""
LIKE_IPV4 = r"[0-9.]+"
"""What no computer is called: it is an IPv4 address, or a mistyped one."""
NAME = r"(?i)(?=.*[a-z])[a-z0-9.-]+"
"""What looks like the name of a computer."""
PORT_NAMED = r"(?i)\bport\b\D{0,20}\b(\d{1,9})\b"
"""The number after "port", alike in all our languages: port 8080, port-nya adalah 8080."""


class BadAnswer(Enum):
    """Why an answer cannot be used."""

    HOST_MISSING = auto()
    HOST_NO_ADDRESS = auto()
    SERVER_MISSING = auto()
    SERVER_NO_ADDRESS = auto()
    SERVER_NOT_FOUND = auto()
    PORT_MISSING = auto()
    PORT_NO_NUMBER = auto()
    PORT_OUT_OF_RANGE = auto()
    ROOM_BAD = auto()
    SESSIONS_BAD = auto()
    ARCHIVE_MISSING = auto()
    PASSWORD_MISSING = auto()
    PASSWORD_NOT_ENCODABLE = auto()
    PASSWORD_NOT_GIVEN = auto()
    PASSWORD_FILE_UNREADABLE = auto()
    PASSWORD_FILE_ENCODED = auto()
    PASSWORD_FILE_EMPTY = auto()
    PASSWORD_FILE_EXPOSED = auto()  # it is used all the same
    NAME_NOT_GIVEN = auto()


class NoWindow(Enum):
    """Why a program cannot show its window."""

    NO_TKINTER = auto()
    NO_DISPLAY = auto()


def check_host(text: str) -> str:
    """Return an IP address of this computer to listen on."""
    text = text.strip()
    if not text:
        raise WrongInput(BadAnswer.HOST_MISSING)
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise WrongInput(BadAnswer.HOST_NO_ADDRESS, given=_shorten(text)) from None


def check_server(text: str) -> str:
    """Return the address or name of a server to connect to."""
    text = text.strip()
    if not text:
        raise WrongInput(BadAnswer.SERVER_MISSING)
    if any(character.isspace() or character in "/\\:@" for character in text):
        try:
            ipaddress.IPv6Address(text)
        except ValueError:
            raise WrongInput(BadAnswer.SERVER_NO_ADDRESS, given=_shorten(text)) from None
    if len(text) > HOST_LENGTH_MOST or (re.fullmatch(LIKE_IPV4, text) and not _is_ip_address(text)):
        raise WrongInput(BadAnswer.SERVER_NO_ADDRESS, given=_shorten(text))
    return text


class Address(NamedTuple):
    """Where a server is; no port where none was typed."""

    host: str
    port: int | None


def check_address(text: str) -> Address:
    """Return the server that is meant: HOST, HOST:PORT, [IPv6]:PORT, or text with one in it.

    Such a text is an invitation, say, with the word "port" before its number.
    """
    words = text.split()
    if len(words) > 1:
        return _find_address(text, words)
    host, port = _split_address("".join(words))
    return Address(check_server(host), None if port is None else check_port(port))


def check_port(text: str) -> int:
    """Return the number of a port."""
    text = text.strip()
    if not text:
        raise WrongInput(BadAnswer.PORT_MISSING, default=DEFAULT_PORT)
    if not (text.isascii() and text.isdecimal()):
        raise WrongInput(BadAnswer.PORT_NO_NUMBER, given=_shorten(text))
    if len(text) > 9 or not 1 <= int(text) <= 65535:
        raise WrongInput(BadAnswer.PORT_OUT_OF_RANGE, given=_shorten(text))
    return int(text)


def check_room(text: str) -> str:
    """Return the name of a room."""
    if not text.strip() or not text.isprintable() or len(text.encode()) > wire.NAME_SIZE:
        raise WrongInput(BadAnswer.ROOM_BAD, most=wire.NAME_SIZE)
    return text.strip()


def check_sessions(text: str, most: int) -> int:
    """Return how many sessions one address may have."""
    text = text.strip()
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    if not is_number or not 1 <= int(text) <= most:
        raise WrongInput(BadAnswer.SESSIONS_BAD, given=_shorten(text), most=most)
    return int(text)


def check_archive(text: str) -> Path:
    """Return the file in which messages are kept; ~ is the user's home."""
    text = text.strip()
    if not text or "\0" in text:
        raise WrongInput(BadAnswer.ARCHIVE_MISSING)
    return Path(os.path.expanduser(text))


def check_name(text: str) -> str:
    """Return the name of a person."""
    return names.check_name(text.strip())


def check_password(text: str) -> str:
    """Return the password."""
    if not text:
        raise WrongInput(BadAnswer.PASSWORD_MISSING)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WrongInput(BadAnswer.PASSWORD_NOT_ENCODABLE) from None
    return text


def given_password(file: Path | None) -> str | None:
    """Return the password from a file's first line, or from the environment.

    None where neither gives one. Raises WrongInput where the file has none to be read.
    """
    if file is None:
        given = os.environ.get(PASSWORD_VARIABLE)
        return check_password(given) if given else None
    try:
        data = file.read_bytes()
    except OSError as error:
        raise WrongInput(BadAnswer.PASSWORD_FILE_UNREADABLE, path=file, error=error) from None
    try:
        first_line, *_ = [*_decode(data).splitlines(), ""]
    except UnicodeDecodeError:
        raise WrongInput(BadAnswer.PASSWORD_FILE_ENCODED, path=file) from None
    if not first_line:
        raise WrongInput(BadAnswer.PASSWORD_FILE_EMPTY, path=file)
    return first_line


def check_privacy(file: Path) -> None:
    """Raise WrongInput where others on this computer may read a password file.

    Windows tells that by other means than the mode of a file.
    """
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise WrongInput(BadAnswer.PASSWORD_FILE_EXPOSED, path=file)


# --------------------------------------------------------------------------------------


def _shorten(text: str) -> str:
    """Return what a sentence repeats of something wrong, which may be a whole page."""
    return text if len(text) <= REPEATED_MOST else f"{text[: REPEATED_MOST - 1]}\u2026"


def _split_address(word: str) -> tuple[str, str | None]:
    """Return host and port; None for no port, as in an IPv6 address without brackets."""
    host, _, port = word.rpartition(":")
    if not (port.isascii() and port.isdecimal()) or (":" in host and not _is_bracketed(host)):
        host, port = word, ""
    return (host[1:-1] if _is_bracketed(host) else host), port or None


def _is_bracketed(host: str) -> bool:
    return host.startswith("[") and host.endswith("]")


def _find_address(text: str, words: list[str]) -> Address:
    """Return the first address in a text: an IP address rather than a name with a port."""
    words = [word.strip(PUNCTUATION) for word in words]
    split = [_split_address(word) for word in words]
    places = [place for place, (host, _) in enumerate(split) if _is_ip_address(host)]
    places += [
        place for place, (host, port) in enumerate(split) if port and re.fullmatch(NAME, host)
    ]
    if not places:
        raise WrongInput(BadAnswer.SERVER_NOT_FOUND)
    host, port = split[places[0]]
    after = words[places[0] + 1 :][:1]
    if not port and after and after[0].isdecimal():
        port = after[0]
    elif not port and (named := re.search(PORT_NAMED, text)):
        port = named[1]
    return Address(host, check_port(port) if port else None)


def _is_ip_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _decode(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 where its mark says so, as some Windows editors save."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")
