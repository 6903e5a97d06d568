"""English."""

from enum import Enum

from chatroom.archive.troubles import Trouble
from chatroom.client import events as member, notices
from chatroom.forms import BadAnswer, NoWindow
from chatroom.network import driver, events, sockets
from chatroom.passwords import Weakness
from chatroom.protocol import addresses, messages, names, wire
from chatroom.server import events as host, figures
from chatroom.server.host import BadSpeech

Key = type | Enum | tuple[type, object]
"""What has a sentence: an event's type, or that with a reason or the like; a reason alone."""

_HOST: dict[Key, str] = {
    figures.Drop.MALFORMED_DATAGRAM: "dropped: not of this protocol",
    figures.Drop.STALE_COOKIE: "knock(s) with an old cookie, answered with a new one",
    figures.Drop.FORGED: "dropped: the tag was wrong",
    figures.Drop.REPLAYED: "dropped: seen before",
    figures.Drop.BEYOND_RATE: "request(s) dropped: too many at once",
    figures.Drop.MALFORMED_REQUEST: "request(s) refused: malformed",
    figures.Drop.OVERTAKEN: "request(s) dropped: a newer one had come",
    host.KeyTaken: "the host's key is {key}",
    host.ArchiveOpened: "{path} holds {head} message(s)",
    host.PersonJoined: "{name} joined from {address}",
    (host.PersonLeft, "quiet"): "{name} has gone quiet",
    host.PersonLeft: "{name} left",
    (host.PersonLeft, messages.Refusal.REMOVED): "{name} was removed",
    (host.PersonLeft, messages.Refusal.PASSWORD_CHANGED): "{name} must prove the new password",
    (host.PersonLeft, messages.Refusal.NAME_TAKEN): (
        "{name} did not answer; somebody else took the name"
    ),
    host.PersonMoved: "{name} now speaks from {address}",
    (host.JoinRefused, messages.Refusal.NAME_TAKEN): (
        "refused {address}: the name {name} is taken by somebody who is in the room"
    ),
    (host.JoinRefused, messages.Refusal.NAME_BAD): (
        "refused {address}: the name {name} is not a name this room accepts"
    ),
    host.GuessFailed: "refused {address}: wrong password",
    host.GuessesSlowed: "slowed down {address}: too many wrong passwords from there",
    host.AddressRefused: "refused {address}: the address is not allowed",
    (host.GuessFailed, "more"): "refused {address}: wrong password (and {more} more)",
    (host.GuessesSlowed, "more"): (
        "slowed down {address} (and {more} more): too many wrong passwords from there"
    ),
    (host.AddressRefused, "more"): (
        "refused {address} (and {more} more): the address is not allowed"
    ),
    host.GuessesUsedUp: (
        "WARNING: very many wrong passwords come from very many addresses; "
        "all who guess are slowed down"
    ),
    (host.MessagesStored, "one"): "stored message {last} from {names}",
    host.MessagesStored: "stored messages {first}-{last} from {names}",
    host.HostTextsLost: "NOT STORED: {count} message(s) of your own; they went to nobody",
    host.StorageRefused: "NOT STORED: {problem} The senders keep their messages and retry",
    host.StorageRecovered: "stored again: the archive takes messages as before",
    host.StorageBroken: "STOPPED: {problem} Messages not yet stored stay with their senders",
}

_MEMBER: dict[Key, str] = {
    (member.Entered, False): "You are in the room {room} as {name}.",
    (member.Entered, True): "You are back in the room {room} as {name}.",
    (member.NameRefused, messages.Refusal.NAME_TAKEN): (
        "The name {name!r} is taken by somebody who is in the room. Please choose another."
    ),
    (member.NameRefused, messages.Refusal.NAME_BAD): (
        "The name {name!r} is not a name this room accepts. Please choose another."
    ),
    member.PasswordRefused: "The password is wrong. Ask the host for the right one.",
    (member.PasswordRefused, True): "The host changed the password. Enter the new one.",
    member.AccessRefused: "{hint}",
    member.GuessesSlowedHere: "Too many wrong passwords came from your address. Waiting.",
    member.RoomFull: ("The room is full. What you write is kept; trying again every few seconds."),
    member.HostUnproven: (
        "Somebody answers there who does not prove to know the password. Trying on, slowly."
    ),
    member.HostKeyChanged: (
        "The host's key is another: it was {known}, and is {met} now. Either the host was set "
        "up anew, or this is somebody else."
    ),
    (member.ServerLost, False): (
        "The server is silent. What you write is kept and sent when it comes back."
    ),
    (member.ServerLost, True): (
        "The host stopped the room. What you write is kept and sent when it comes back."
    ),
    member.ServerFound: "The server is back.",
    member.LogReplaced: "The server has another archive now; the history starts anew.",
    member.StorageStalled: "The server cannot store messages just now. Yours are kept.",
    member.TextRefused: "The server could not take one of your messages: it is not valid text.",
    member.PeopleChanged: "{changes}",
    notices.NameMoved: "{name} now writes from another device, or has started anew.",
    member.Left: "{unsaid} message(s) were not stored.",
    member.Expelled: "The session is over.",
    (member.Expelled, messages.Refusal.REMOVED): "The host has removed you from the room.",
}

_DRIVER: dict[Key, str] = {
    events.DriverStarted: "listening on {address}",
    events.DriverFailed: "{problem}",
    events.DriverStopped: "stopped",
    driver.Fault.UNEXPECTED: "The program has a fault: {error}",
    sockets.NoSocket.NO_SUCH_COMPUTER: "There is no computer with the name or address {host!r}.",
    sockets.NoSocket.PORT_IN_USE: (
        "Port {port} is in use by another program on this computer. "
        "Choose another port, or stop that program."
    ),
    sockets.NoSocket.ADDRESS_NOT_OURS: (
        "{host} is not an address of this computer. Type 0.0.0.0 to use all of its addresses."
    ),
    sockets.NoSocket.PORT_FORBIDDEN: (
        "This system does not let you use port {port}: it is below 1024, or kept for another "
        "program. Choose another one above 1023."
    ),
    sockets.NoSocket.REFUSED: "Cannot listen on {host} port {port}: {error}.",
}

_ARCHIVE: dict[Key, str] = {
    Trouble.CANNOT_OPEN: (
        "{path} cannot be opened for writing: {error}. "
        "Choose another file, or mend what stands in the way."
    ),
    Trouble.HELD_OPEN: (
        "{path} cannot be written while another program, such as a spreadsheet, has it open. "
        "Close that program; if there is none, see whether you may write the file."
    ),
    Trouble.IN_USE: (
        "{path} is in use by another server. Stop that one first, or choose another archive."
    ),
    Trouble.CANNOT_LOCK: (
        "{path} keeps a second server from the archive, and cannot be opened as a file. "
        "Take it away, or choose another archive."
    ),
    Trouble.IS_FOLDER: "{path} is a folder. Choose a file for the archive.",
    Trouble.IS_NO_FILE: (
        "{path} is a pipe, a socket or a device. Choose an ordinary file for the archive."
    ),
    Trouble.SEMICOLONS: (
        "{path} is separated by semicolons, and line {line} does not have the cells that it "
        "should. Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.TABS: (
        "{path} is separated by tabs, and line {line} does not have the cells that it should. "
        "Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.UTF_16: (
        "{path} is in UTF-16, and line {line} does not have the cells that it should. "
        "Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.CR_ENDS: (
        "{path} has lines that end in a carriage return only, and line {line} does not have "
        "the cells that it should. Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.OTHER_ENCODING: (
        "{path} is not in UTF-8, so that its letters are not clear. "
        "Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.ROW_TOO_LONG: (
        "{path} cannot be brought into today's form: line {line} is too long to be a message. "
        "Mend that line, or choose another file."
    ),
    Trouble.CANNOT_REWRITE: ("{path} must be rewritten, which failed: {error}. It is as it was."),
    Trouble.NO_HOST_KEY: (
        "{path} should hold the host's key, and does not. Put back a copy of it; or take it "
        "away, and everybody will be asked whether to trust the new host."
    ),
    Trouble.NO_LINE_END: (
        "{path} ends in {size} bytes without a line end, which is no message of this room. "
        "Take them away in an editor, or choose another file."
    ),
    Trouble.NOT_AN_ARCHIVE: (
        "{path} is not an archive of this room: its first line should be "
        "Room,Username,Message,Time,Id. Choose another file, or move this one away."
    ),
    Trouble.CANNOT_WRITE: "{path} cannot be written: {error}.",
    Trouble.CANNOT_SYNC: (
        "{path} could not be brought to the disk: {error}. "
        "Check the disk, then start the server again."
    ),
    Trouble.CANNOT_RESTORE: (
        "{path} could not be written nor restored: {error}. "
        "Check the disk, then start the server again."
    ),
    Trouble.CANNOT_READ: (
        "{path} cannot be read: {error}. Check the disk, then start the server again."
    ),
    Trouble.CHANGED_BY_ANOTHER: (
        "{path} was changed by another program while the room was open. "
        "Close that program, then start the server again."
    ),
    Trouble.LINES_DAMAGED: "{count} damaged line(s) of {path} are passed over: {lines}.",
    Trouble.LAST_LINE_ENDED: (
        "The last line of {path} had no line end. It is whole, and counts as a message."
    ),
    Trouble.LAST_LINE_CUT: (
        "The last line of {path} was cut short ({size} bytes) and is kept in {kept}. To put it "
        "back, stop the server, and add it at the end of the archive as a line of five cells."
    ),
    Trouble.UPGRADED: (
        "{path} was rewritten with {count} message(s). It was made by an earlier program; "
        "as it was, it is kept in {kept}."
    ),
    Trouble.OTHER_FORM: (
        "{path} was rewritten with {count} message(s). A spreadsheet had saved it in another "
        "form; as it was, it is kept in {kept}."
    ),
    Trouble.ENCODING_GUESSED: (
        "{count} row(s) of {path} were not in UTF-8 and are read as Windows-1252 (Western "
        "European). Where letters are wrong, the file that is kept has what was there."
    ),
    Trouble.SPLIT_TOO_LONG: (
        "{path} was rewritten with {count} message(s). It held messages too long for one line "
        "of the room; as it was, it is kept in {kept}."
    ),
    Trouble.ROWS_TOO_SHORT: "{count} row(s) of {path} had too few cells.",
    Trouble.ZERO_BYTES: "line {line} (zero bytes)",
    Trouble.NOT_UTF_8: "line {line} (not in UTF-8)",
    Trouble.BAD_QUOTES: "line {line} (quotes that do not match)",
    Trouble.LINE_TOO_LONG: "line {line} (too long)",
    Trouble.WRONG_CELLS: "line {line} (cells: {cells} instead of 5)",
    Trouble.MORE: "and others",
}

_INPUT: dict[Key, str] = {
    NoWindow.NO_TKINTER: (
        "This Python has no tkinter, which the window needs. Install it (on Debian: apt install "
        "python3-tk), or do without a window: server.py --headless, client.py --console."
    ),
    NoWindow.NO_DISPLAY: (
        "There is no display for the window. Do without one: server.py --headless, "
        "client.py --console."
    ),
    BadAnswer.HOST_MISSING: ("IP address: please type one, such as 0.0.0.0 for all addresses."),
    BadAnswer.HOST_NO_ADDRESS: (
        "IP address: {given!r} is not an IP address. It looks like 192.168.1.20; "
        "0.0.0.0 stands for all addresses of this computer."
    ),
    BadAnswer.SERVER_MISSING: "Please type the server's IP address, such as 192.168.1.20.",
    BadAnswer.SERVER_NO_ADDRESS: (
        "{given!r} is not an address. Type the server's IP address, such as 192.168.1.20 "
        "or, with its port, 192.168.1.20:8080; without http://."
    ),
    BadAnswer.SERVER_NOT_FOUND: (
        "There is no address in this text. Type the server's IP address, such as 192.168.1.20 "
        "or, with its port, 192.168.1.20:8080."
    ),
    BadAnswer.SESSIONS_BAD: "Sessions: {given!r} is no number from 1 to {most}.",
    BadAnswer.PORT_MISSING: "Port: please type a number, such as {default}.",
    BadAnswer.PORT_NO_NUMBER: "Port: {given!r} is not a number. Type one from 1 to 65535.",
    BadAnswer.PORT_OUT_OF_RANGE: ("Port: {given} is out of range. Type a number from 1 to 65535."),
    BadAnswer.ROOM_BAD: "Room: a name has 1 to {most} bytes and no control characters.",
    BadAnswer.ARCHIVE_MISSING: "Archive: please choose a file in which messages are kept.",
    BadAnswer.PASSWORD_MISSING: "Password: please type one. It is what keeps strangers out.",
    BadAnswer.PASSWORD_NOT_ENCODABLE: "Password: it holds a character that cannot be encoded.",
    BadAnswer.PASSWORD_NOT_GIVEN: (
        "There is no password. Give it with --password-file or in {variable}."
    ),
    BadAnswer.PASSWORD_FILE_UNREADABLE: "The password file {path} cannot be read: {error}.",
    BadAnswer.PASSWORD_FILE_ENCODED: (
        "The password file {path} is neither UTF-8 nor UTF-16 text. "
        "Save it again as UTF-8 (in Notepad: Save As, Encoding)."
    ),
    BadAnswer.PASSWORD_FILE_EMPTY: "The password file {path} has no password in its first line.",
    BadAnswer.PASSWORD_FILE_EXPOSED: (
        "Note: others on this computer can read the password file {path} (chmod 600 hides it)."
    ),
    Weakness.SHORT: (
        "This password is short enough to be guessed. Make it longer, or have one made of five "
        "words."
    ),
    Weakness.COMMON: (
        "This password is among the first that people guess. Have one made of five words."
    ),
    Weakness.REPEATS: (
        "This password repeats itself or goes in a row, which is easily guessed. Have one made of "
        "five words."
    ),
    BadAnswer.NAME_NOT_GIVEN: "There is no name. Give one with --name.",
    names.BadName.MISSING: "Please type a name.",
    names.BadName.SPACE_AT_AN_END: "A name neither starts nor ends with a space.",
    names.BadName.TOO_LONG: "A name has at most {most} characters; this one has {size}.",
    names.BadName.UNSEEN: "A name cannot hold invisible, control or text-direction characters.",
    names.BadName.LONE_MARK: "A name cannot begin with an accent or other mark without a letter.",
    names.BadName.COLON: "A name cannot end with a colon, nor have one before a space.",
    names.BadName.MIXED_SCRIPTS: (
        "A name cannot mix letters of alphabets that look alike, such as Latin and Cyrillic."
    ),
    names.BadName.RESERVED: "The name {given!r} is reserved. Please choose another.",
    BadSpeech.NAME_HELD: (
        "The name {given!r} is taken by somebody who is in the room. Please choose another."
    ),
    BadSpeech.NO_NAME: "Type the name that you want to speak under first.",
    BadSpeech.NO_TEXT: "There is nothing to say. Type a message first.",
    BadSpeech.TOO_LONG: (
        "This is too long to be said at once: it makes more than {most} messages. "
        "Say it in several parts."
    ),
    BadSpeech.TOO_MUCH_WAITS: (
        "{count} of your messages wait, since the archive takes none just now. "
        "Say this again when it does."
    ),
    BadSpeech.ROOM_CLOSED: "The room is not open.",
    addresses.BadNetwork.MISSING: "which address? Such as 192.168.1.20 or 192.168.1.0/24",
    addresses.BadNetwork.NEITHER_ADDRESS_NOR_NETWORK: (
        "{given!r} is neither an address such as 192.168.1.20 nor a network such as 192.168.1.0/24."
    ),
    wire.Hint.NOT_ALLOWED: "The host does not let your address in.",
    wire.Hint.OTHER_VERSION: "The server speaks another version of this program.",
}

SENTENCES: dict[Key, str] = _HOST | _MEMBER | _DRIVER | _ARCHIVE | _INPUT
