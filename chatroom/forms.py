"""What people type, checked: each check returns the value or raises WrongInput."""

import codecs
import ipaddress
import os
from enum import Enum, auto
from pathlib import Path

from chatroom.problems import WrongInput
from chatroom.protocol import names, wire

DEFAULT_PORT = 8080
PASSWORD_VARIABLE = "CHATROOM_PASSWORD"


class BadAnswer(Enum):
    """Why an answer cannot be used."""

    HOST_MISSING = auto()
    HOST_NO_ADDRESS = auto()
    SERVER_MISSING = auto()
    SERVER_NO_ADDRESS = auto()
    PORT_MISSING = auto()
    PORT_NO_NUMBER = auto()
    PORT_OUT_OF_RANGE = auto()
    ROOM_BAD = auto()
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
        raise WrongInput(BadAnswer.HOST_NO_ADDRESS, given=text) from None


def check_server(text: str) -> str:
    """Return the address or name of a server to connect to."""
    text = text.strip()
    if not text:
        raise WrongInput(BadAnswer.SERVER_MISSING)
    if any(character.isspace() or character in "/\\:@" for character in text):
        try:
            ipaddress.IPv6Address(text)
        except ValueError:
            raise WrongInput(BadAnswer.SERVER_NO_ADDRESS, given=text) from None
    return text


def check_port(text: str) -> int:
    """Return the number of a port."""
    text = text.strip()
    if not text:
        raise WrongInput(BadAnswer.PORT_MISSING, default=DEFAULT_PORT)
    if not (text.isascii() and text.isdecimal()):
        raise WrongInput(BadAnswer.PORT_NO_NUMBER, given=text)
    if len(text) > 9 or not 1 <= int(text) <= 65535:
        raise WrongInput(BadAnswer.PORT_OUT_OF_RANGE, given=text)
    return int(text)


def check_room(text: str) -> str:
    """Return the name of a room."""
    if not text.strip() or not text.isprintable() or len(text.encode()) > wire.NAME_SIZE:
        raise WrongInput(BadAnswer.ROOM_BAD, most=wire.NAME_SIZE)
    return text.strip()


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


def _decode(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 where its mark says so, as some Windows editors save."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")
