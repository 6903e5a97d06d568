"""What people type, checked: each check returns the value or a sentence about it."""

import argparse
import ipaddress
import os
from pathlib import Path
from typing import NamedTuple

from chatroom.protocol.wire import NAME_SIZE

DEFAULT_PORT = 8080
PASSWORD_VARIABLE = "CHATROOM_PASSWORD"


class Problem(NamedTuple):
    """What is wrong with a field, and what to do."""

    words: str


def check_host(text: str, field: str = "IP address") -> str | Problem:
    """Return the address of a field that needs one of this computer's."""
    text = text.strip()
    if not text:
        return Problem(f"{field}: please type one, such as 0.0.0.0 for all addresses.")
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return Problem(
            f"{field}: {text!r} is not an IP address. It looks like 192.168.1.20; "
            "0.0.0.0 stands for all addresses of this computer."
        )


def check_server(text: str) -> str | Problem:
    """Return the address or name of a server to connect to."""
    text = text.strip()
    if not text:
        return Problem("Please type the server's IP address, such as 192.168.1.20.")
    if any(character.isspace() or character in "/\\:@" for character in text):
        try:
            ipaddress.IPv6Address(text)
        except ValueError:
            return Problem(
                f"{text!r} is not an address. Type only the server's IP address, "
                "such as 192.168.1.20, without port or http://."
            )
    return text


def check_port(text: str) -> int | Problem:
    """Return the number of a port."""
    text = text.strip()
    if not text:
        return Problem(f"Port: please type a number, such as {DEFAULT_PORT}.")
    if not (text.isascii() and text.isdecimal()):
        return Problem(f"Port: {text!r} is not a number. Type one from 1 to 65535.")
    if len(text) > 9 or not 1 <= int(text) <= 65535:
        return Problem(f"Port: {text} is out of range. Type a number from 1 to 65535.")
    return int(text)


def check_room(text: str) -> str | Problem:
    """Return the name of a room."""
    if not text.strip() or not text.isprintable() or len(text.encode()) > NAME_SIZE:
        return Problem("Room: a name has 1 to 128 bytes and no control characters.")
    return text.strip()


def check_password(text: str) -> str | Problem:
    """Return the password."""
    if not text:
        return Problem("Password: please type one. It is what keeps strangers out.")
    try:
        text.encode()
    except UnicodeEncodeError:
        return Problem("Password: it holds a character that cannot be encoded.")
    return text


def given_password(file: Path | None) -> str | Problem | None:
    """Return the password from a file's first line, or from the environment."""
    if file is None:
        given = os.environ.get(PASSWORD_VARIABLE)
        return given and check_password(given)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        return Problem(f"The password file {file} cannot be read: {reason}.")
    if not lines or not lines[0]:
        return Problem(f"The password file {file} has no password in its first line.")
    return lines[0]


def port_argument(text: str) -> int:
    """Read a port from the command line (an argparse type)."""
    port = check_port(text)
    if isinstance(port, Problem):
        raise argparse.ArgumentTypeError(port.words)
    return port
