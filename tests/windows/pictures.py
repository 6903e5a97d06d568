"""Pictures of both windows in every state, to be looked at.

    python -m tests.windows.pictures FOLDER [NAME ...] [--looks 'id-*-200']

Each state is painted in both languages, light and dark, at 100 % and at 200 %; `--looks`
takes some of these. `sheet.png` shows them together. Needs Xvfb, and ImageMagick's import and
montage.
"""

import argparse
import errno
import fnmatch
import subprocess
import tempfile
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from tkinter import ttk
from typing import NamedTuple
from unittest import mock

from chatroom import words
from chatroom.archive.troubles import Trouble
from chatroom.client import events as member
from chatroom.network.driver import Driver
from chatroom.network.events import DriverStarted
from chatroom.problems import Problem
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal
from chatroom.remembered import Remembered, Room
from chatroom.server import events as host
from chatroom.server.people import Person
from chatroom.settings import Given
from chatroom.windows import asking, details, help_window, mnemonics, prompts, question, theme
from chatroom.windows.asking import Question
from chatroom.windows.chat_window import ChatWindow
from chatroom.windows.host_form import Filled
from chatroom.windows.host_window import HostWindow
from chatroom.windows.settings_menu import SettingsMenu
from chatroom.words import languages
from chatroom.words.chat import Chat
from chatroom.words.host_form import RoomForm
from chatroom.words.languages import Language
from chatroom.words.text import Text
from tests.tools.made_up import Log, MadeUpRoom
from tests.tools.processes import private_display
from tests.tools.windows import fill, press, widgets

ROOM = "The allotment garden"
PEOPLE = ("Budi", "Ingrid Solberg", "Kofi Mensah", "Hye-jin", "Salma Nasser", "Zo\u00eb", "Tariq")
TALK = (
    ("Kofi Mensah", 23, 18, 2, "The pump is back from repair: there is water at every tap again."),
    ("Budi", 23, 18, 4, "Good, then I can plant the leeks tomorrow"),
    ("Ingrid Solberg", 24, 7, 41, "Good morning! Who has the key to the shed?"),
    ("Kofi Mensah", 24, 7, 44, "I do. It hangs beside the rake \U0001f511"),
    ("Kofi Mensah", 24, 7, 44, "\U0001f331\U0001f955"),
    ("Budi", 24, 7, 50, "I come at nine. Shall I bring the compost?"),
    (
        "Kofi Mensah",
        24,
        7,
        52,
        "Please, two bags. What we planned for this year stands here:\n"
        "http://192.168.1.20/garden/plan-2026.html\n"
        "The beds at the fence get more sun than we thought, so the tomatoes go there.",
    ),
    ("Hye-jin", 24, 7, 58, "Thanks, I have a look at it before I come."),
    ("Budi", 24, 8, 3, "@Ingrid could you leave the watering can at bed 12? Mine leaks \U0001f605"),
    (
        "Ingrid Solberg",
        24,
        8,
        9,
        "@Budi of course. I also found out why the beans look so poor: the hose of the neighbours "
        "was lying across the bed all week, and the lower half got nothing. I have moved it, and "
        "if nobody minds I put a small fence there on Saturday.",
    ),
    ("Ingrid Solberg", 24, 8, 10, "It takes an hour at most"),
    ("Salma Nasser", 24, 8, 20, "\u0645\u062a\u0649 \u0646\u0644\u062a\u0642\u064a\u061f"),
    ("Salma Nasser", 24, 8, 20, "(When do we meet on Saturday?)"),
    ("Budi", 24, 8, 22, "At ten, by the big table"),
    ("Salma Nasser", 24, 8, 23, "See you there \U0001f44b"),
    (
        "Hye-jin",
        24,
        8,
        35,
        "For the list of what we lack:\n\n1. String\n2. Labels\n3. A new lid for the barrel",
    ),
    ("Zo\u00eb", 24, 8, 36, "I have string"),
    ("Tariq", 24, 8, 36, "And I a lid \U0001f44d"),
    ("Budi", 24, 8, 37, "Then I write the labels this evening."),
    ("Hye-jin", 24, 8, 38, "\U0001f389\U0001f44f"),
    (
        "Ingrid Solberg",
        24,
        8,
        40,
        "The can stands at bed 12, and it is full. The plan has a mistake, by the way: bed 9 is "
        "ours, too.",
    ),
)  # fmt: skip
UNREAD_FROM = 9
NO_SPACE = Problem(
    Trouble.CANNOT_WRITE, path="archive.csv", error=OSError(errno.ENOSPC, "No space left")
)


def made(seq: int) -> Entry:
    """Return an entry of long ago, for a log that is longer than what is said above."""
    when = time.gmtime(1_763_900_000 - 600 * (3000 - seq))
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", when)
    name = PEOPLE[seq * 7 % 6 + 1 if seq % 5 else 0]
    return Entry(seq, stamp, name, f"Bed {seq % 40 + 1} was watered.", f"x-{seq}")


def log(older: int = 0, talk: int = len(TALK)) -> Log:
    """Return a log of so many older entries, and then the conversation."""
    some = Log(older, made)
    for name, day, hour, minute, text in TALK[:talk]:
        some.add(name, text, f"2026-11-{day}T{hour:02}:{minute:02}:00Z")
    return some


class Screen:
    """A window in one look, and what stands behind it."""

    def __init__(self, *, dark: bool, scale: float, folder: Path) -> None:
        self.dark, self.scale = dark, scale
        self._folder = folder
        self.root: tk.Tk | None = None

    def make_root(self, title: str, size: str) -> theme.Root:
        """Open an empty window at the screen's corner."""
        root = self.root = theme.make_root(title, size, dark=self.dark, scale=self.scale)
        width, height = (round(int(part) * self.scale) for part in size.split("x"))
        root.geometry(f"{width}x{height}+0+0")
        return root

    def chat(self, room: MadeUpRoom, size: str = "1000x680", read: int = 0) -> ChatWindow:
        """Join a room that is made up."""
        memory = Remembered(self._folder / f"{time.monotonic_ns()}.json")
        memory.update("127.0.0.1 8080", read=read)
        given = Given("127.0.0.1", 8080, "correct horse", "Budi", 100)
        root = self.make_root("Chat room", size)
        window = ChatWindow(root, cancel, lambda settings: room, given, memory)  # type: ignore[arg-type, return-value]
        self.settle()
        window.chat.composer.take_keyboard()
        self.settle()
        return window

    def host(self, size: str = "1040x700") -> tuple[HostWindow, "HostRoom"]:
        """Open a host's window, with a room that is made up."""
        room = HostRoom(log())
        root = self.make_root("Chat room server", size)

        def open_room(*_: object) -> Driver:  # type: ignore[type-arg]
            return room  # type: ignore[return-value]

        password = "correct horse battery"
        filled = Filled("0.0.0.0", "8080", password, "", "archive.csv", ROOM, "Rosa")
        window = HostWindow(root, open_room, filled)
        self.settle()
        return window, room

    def take(self, picture: Path) -> None:
        """Take a picture of the window with what stands over it, and close it.

        Of a larger one above it, or where it is not shown, the other window alone.
        """
        assert self.root is not None
        width, height = self.root.winfo_width(), self.root.winfo_height()
        if self.root.winfo_viewable() and self.top.winfo_width() <= width:
            taken = ["root", "-crop", f"{width}x{height}+0+0", "+repage"]
        else:
            taken = [str(self.top.winfo_id())]
        command = ["import", "-window", *taken, str(picture)]
        subprocess.run(command, check=True, timeout=30)
        self.root.destroy()

    def help(self, size: str = "860x640") -> tk.Toplevel:
        """Open the help of an empty window."""
        root = self.make_root("Chat room", "480x400")
        help_window.show(root)
        width, height = (round(int(part) * self.scale) for part in size.split("x"))
        window = next(one for one in root.winfo_children() if isinstance(one, tk.Toplevel))
        window.geometry(f"{width}x{height}+0+0")
        self.settle()
        return window

    @property
    def top(self) -> tk.Misc:
        """The window to be looked at."""
        assert self.root is not None
        above = [one for one in self.root.winfo_children() if isinstance(one, tk.Toplevel)]
        return next((one for one in reversed(above) if one.winfo_viewable()), self.root)

    def settle(self, seconds: float = 0.4) -> None:
        """Let the window hear and draw what there is."""
        assert self.root is not None
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.root.update()
            time.sleep(0.005)


class HostRoom(MadeUpRoom):
    """The same for a host's window: Rosa's."""

    def start(self) -> None:
        """Open the room and let people in."""
        self.tell(DriverStarted(("0.0.0.0", 8080)))
        self.tell(host.ArchiveOpened("archive.csv", (), self.log.head))
        for one in self.people(0.0):
            self.tell(host.PersonJoined(one.name, one.address))
        for number in range(214):
            self.tell(host.GuessFailed(("192.168.1.77", 40000 + number)))
        self.tell(host.GuessesSlowed(("192.168.1.77", 40000)))

    def people(self, now: float) -> list[Person]:
        """Return who is there, from where, since when, and how silent."""
        return [
            Person(
                name,
                (f"192.168.1.{21 + 7 * number}", 50000),
                here_s=60.0 * 47 * (len(PEOPLE) - number),
                silent_s=7.0 * number * number,
                is_quiet=number == 3,
                messages=3 * number,
            )
            for number, name in enumerate(PEOPLE)
        ]

    def history(self, first: int, last: int) -> list[Entry]:
        """Return a page."""
        return list(self.log.read(first, last))

    def say(self, text: str, now: float) -> None:
        """Store what the host says, or have it wait."""
        if self.stores:
            entry = self.log.add("Rosa", text, self._utc_now())
            self.tell(host.MessagesStored((entry,)))

    def reserve(self, name: str, now: float) -> None:
        """Let the host have any name."""

    def allow_only(self, networks: object, now: float) -> None:
        """Let in anybody."""

    def block(self, network: object, now: float) -> None:
        """Block nobody."""

    def close(self, now: float) -> None:
        """Stay open for the picture."""


def cancel(prompt: asking.Prompt) -> asking.Reply:
    """Answer nothing."""
    return asking.Reply(asking.Move.CANCEL, prompt.text)


def label(text: Text) -> str:
    """Return what is read of a text with a mnemonic."""
    return mnemonics.split(text())[0]


# The states ----------------------------------------------------------------------------


def chat(screen: Screen) -> None:
    screen.chat(MadeUpRoom(log(), room=ROOM, people=PEOPLE))


def reading_back(screen: Screen) -> None:
    room = MadeUpRoom(log(older=300), room=ROOM, people=PEOPLE)
    window = screen.chat(room, read=300 + UNREAD_FROM)
    window.chat.view.go_to(300 + UNREAD_FROM)
    screen.settle()
    for name, text in (("Tariq", "On my way"), ("Zo\u00eb", "Me too"), ("Hye-jin", "\u2615")):
        room.others_say(name, text)
    screen.settle()


def reconnecting(screen: Screen) -> None:
    room = MadeUpRoom(log(), room=ROOM, people=PEOPLE)
    window = screen.chat(room)
    room.stores = False
    room.tell(member.ServerLost(stopped=False))
    screen.settle()
    for text in ("Then I bring my own", "Who locks the gate tonight? \U0001f604"):
        window.chat.composer.write(text)
        press(window.root, mnemonics.split(Chat.SEND())[0])
    window.chat.composer.write("What is longer than one line grows the field. " * 26)
    screen.settle()


def removed(screen: Screen) -> None:
    room = MadeUpRoom(log(), room=ROOM, people=PEOPLE)
    window = screen.chat(room)
    window.chat.composer.write("a draft that stays")
    room.tell(member.Expelled(Refusal.REMOVED))
    screen.settle()


def password_changed(screen: Screen) -> None:
    room = MadeUpRoom(log(), room=ROOM, people=PEOPLE)
    screen.chat(room)
    room.tell(member.PasswordRefused(changed=True))
    screen.settle()


def searching(screen: Screen) -> None:
    room = MadeUpRoom(log(older=300), room=ROOM, people=PEOPLE)
    window = screen.chat(room)
    window.chat.open_search("the")
    screen.settle(1.0)


def stand_ins(screen: Screen) -> None:
    room = MadeUpRoom(log(older=3000), room=ROOM, people=PEOPLE)
    room.answers_pages = False
    window = screen.chat(room)
    window.chat.view.go_to(1200)
    screen.settle()


def people_came(screen: Screen) -> None:
    room = MadeUpRoom(log(talk=7), room=ROOM, people=PEOPLE)
    screen.chat(room, size="620x460")
    room.tell(member.PeopleChanged(PEOPLE, ("Tariq", "Zo\u00eb", "Hye-jin", "Salma Nasser"), ()))
    room.others_say("Tariq", "Hello everybody")
    screen.settle()


def empty(screen: Screen) -> None:
    screen.chat(MadeUpRoom(Log(0, made), room=ROOM), size="480x400")


def smallest(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(), room=ROOM, people=PEOPLE), size="480x400")
    window.chat.composer.write("A draft of more\nthan one line")
    screen.settle()


def smallest_with_all(screen: Screen) -> None:
    room = MadeUpRoom(log(older=300), room=ROOM, people=PEOPLE)
    window = screen.chat(room, size="480x400")
    room.stores = False
    room.tell(member.ServerLost(stopped=True))
    window.chat.open_search("the")
    screen.settle(1.0)


def smallest_people(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(), room=ROOM, people=PEOPLE), size="480x400")
    window.chat.people.toggle()
    screen.settle()


def menu(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(), room=ROOM, people=PEOPLE), size="760x560")
    shown = next(one for one in widgets(window.root) if isinstance(one, SettingsMenu)).menu
    left = screen.root.winfo_width() - 2 * shown.winfo_reqwidth() if screen.root else 0
    shown.post(left, theme.of(window.root).px(56))
    shown.activate(0)
    shown.tk.call(str(shown), "postcascade", 0)
    screen.settle()


def message_menu(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(), room=ROOM, people=PEOPLE), size="760x560")
    canvas = window.chat.view.scroller.canvas
    canvas.focus_force()
    canvas.event_generate("<Shift-F10>")
    screen.settle()


def not_let_in(screen: Screen) -> None:
    room = MadeUpRoom(log(), room=ROOM, people=PEOPLE)
    screen.chat(room, size="760x560")
    room.tell(member.AccessRefused(wire.Hint.NOT_ALLOWED))
    screen.settle()


def leaving(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(), room=ROOM, people=PEOPLE), size="760x560")
    texts = Chat.LEAVE_TITLE(), Chat.UNSENT(count=3), Chat.LEAVE(), Chat.STAY()
    question.Question(window.root, *texts)
    screen.settle()


def ask(screen: Screen, asked: Question, text: str = "", problem: str = "") -> None:
    """Show one of the four questions, as one who was here before has it."""
    root = screen.make_root("", "480x400")
    root.withdraw()
    rooms = [Room(f"192.168.1.{20 + n}", 8080, PEOPLE[n], ROOM) for n in range(4)]
    prompt = asking.Prompt(
        asked,
        text,
        problem,
        step=asked.value,
        steps=len(Question),
        has_back=asked is not Question.ADDRESS,
        is_last=asked is Question.NAME,
        recent=rooms if asked is Question.ADDRESS and text else (),
    )
    with mock.patch.object(tk.Misc, "wait_window"):
        prompts.Dialog(root, prompt)
    screen.settle()


def prompt_first_visit(screen: Screen) -> None:
    ask(screen, Question.ADDRESS)


def prompt_address(screen: Screen) -> None:
    ask(screen, Question.ADDRESS, "192.168.1.20")


def prompt_no_answer(screen: Screen) -> None:
    ask(screen, Question.ADDRESS, "192.168.1.20", words.no_answer("192.168.1.20 port 8080"))


def prompt_port(screen: Screen) -> None:
    ask(screen, Question.PORT, "8080")


def prompt_password(screen: Screen) -> None:
    refused = words.sentence(member.PasswordRefused(changed=False)) or ""
    ask(screen, Question.PASSWORD, "correct horse", refused)


def prompt_name(screen: Screen) -> None:
    ask(screen, Question.NAME, "Budi")


def other_host(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(older=3000), room=ROOM, people=PEOPLE), size="760x560")
    changed = member.HostKeyChanged(bytes(32), bytes(range(32)))
    said = f"{words.sentence(changed)} {Chat.OTHER_HOST_ADVICE()}"
    question.Question(window.root, Chat.OTHER_HOST(), said, Chat.TRUST_HOST(), Chat.NOT_NOW())
    screen.settle()


def about(screen: Screen) -> None:
    window = screen.chat(MadeUpRoom(log(older=3000), room=ROOM, people=PEOPLE), size="760x560")
    with mock.patch.object(tk.Misc, "wait_window"), mock.patch.object(tk.Misc, "focus_set"):
        details.show(window.root, ROOM, "192.168.1.20 port 8080", bytes(range(32)))
    screen.settle()


def connecting(screen: Screen) -> None:
    room = MadeUpRoom(log(), room=ROOM)
    room.start = lambda: room.tell(member.ServerSilent(4.0))  # type: ignore[method-assign]
    screen.chat(room, size="760x560")


def host_history(screen: Screen) -> None:
    window, _ = screen.host()
    press(window.root, label(RoomForm.START))
    screen.settle(0.8)


def host_speaks(screen: Screen) -> None:
    window, room = screen.host()
    press(window.root, label(RoomForm.START))
    screen.settle(0.8)
    window.say("Then the labels are done. Thank you, everybody! \U0001f64f")
    screen.settle()
    room.stores = False
    window.say("I close at ten, so that the shed stays dry.")
    window.history.composer.write("And whoever")
    screen.settle()


def host_people(screen: Screen) -> None:
    window, _ = screen.host()
    press(window.root, label(RoomForm.START))
    screen.settle(0.8)
    window.pages.tabs.show("people")
    window.access.block_networks([ip_network("192.168.1.77"), ip_network("10.8.0.0/16")])
    screen.settle(1.2)
    window.people.choose("Hye-jin")
    screen.settle()


def host_log(screen: Screen) -> None:
    window, room = screen.host()
    press(window.root, label(RoomForm.START))
    screen.settle(0.8)
    window.pages.tabs.show("log")
    room.tell(host.PersonLeft("Budi", quiet=True), host.StorageRefused(NO_SPACE))
    screen.settle()


def host_stopped(screen: Screen) -> None:
    screen.host()


def host_opening(screen: Screen) -> None:
    window, room = screen.host()
    room.start = lambda: room.tell(host.ArchiveRead(43))  # type: ignore[method-assign]
    press(window.root, label(RoomForm.START))
    screen.settle()


def help_first(screen: Screen) -> None:
    screen.help()


def help_of_keys(screen: Screen) -> None:
    window = screen.help("480x400")
    next(one for one in widgets(window) if isinstance(one, ttk.Treeview)).selection_set("5")
    screen.settle()


def host_form_wrong(screen: Screen) -> None:
    window, _ = screen.host()
    fill(window.root, label(RoomForm.PASSWORD), "frogs")
    fill(window.root, label(RoomForm.PORT), "eighty")
    fill(window.root, label(RoomForm.NAME), "")
    press(window.root, label(RoomForm.START))
    screen.settle()


def host_form_made(screen: Screen) -> None:
    window, _ = screen.host(size="700x420")
    press(window.root, label(RoomForm.MAKE))
    screen.settle()


def host_invitation(screen: Screen) -> None:
    window, _ = screen.host(size="700x420")
    press(window.root, label(RoomForm.START))
    screen.settle(1.5)
    window.invitation.show(["192.168.1.20", "10.8.0.3"], 8080)
    screen.settle()


def host_access(screen: Screen) -> None:
    window, _ = screen.host()
    press(window.root, label(RoomForm.START))
    screen.settle(1.5)
    press(window.root, label(RoomForm.ACCESS))
    screen.settle()


SCENES: dict[str, Callable[[Screen], None]] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        chat,
        reading_back,
        reconnecting,
        removed,
        password_changed,
        searching,
        stand_ins,
        people_came,
        empty,
        smallest,
        smallest_with_all,
        smallest_people,
        menu,
        message_menu,
        not_let_in,
        leaving,
        other_host,
        about,
        prompt_first_visit,
        prompt_address,
        prompt_no_answer,
        prompt_port,
        prompt_password,
        prompt_name,
        connecting,
        host_history,
        host_speaks,
        host_people,
        host_log,
        host_stopped,
        host_opening,
        help_first,
        help_of_keys,
        host_form_wrong,
        host_form_made,
        host_invitation,
        host_access,
    )
}


class Look(NamedTuple):
    """How a window is painted."""

    language: Language
    dark: bool
    scale: float

    @property
    def name(self) -> str:
        """Such as id-dark-200."""
        shade = "dark" if self.dark else "light"
        return f"{self.language.value}-{shade}-{self.scale * 100:.0f}"


LOOKS = tuple(
    Look(language, dark, scale)
    for scale in (1.0, 2.0)
    for language in Language
    for dark in (False, True)
)


def paint(target: Path, names: list[str], looks: list[Look]) -> Iterator[Path]:
    """Paint these scenes in these looks; yield the pictures."""
    with tempfile.TemporaryDirectory() as folder, private_display("2200x1500"):
        for name in names:
            for look in looks:
                languages.use(look.language)
                screen = Screen(dark=look.dark, scale=look.scale, folder=Path(folder))
                SCENES[name](screen)
                picture = target / f"{name}-{look.name}.png"
                screen.take(picture)
                yield picture


def main() -> None:
    """Paint, and put all pictures on one sheet, a scene a row."""
    parser = argparse.ArgumentParser(prog="python -m tests.windows.pictures")
    parser.add_argument("folder", type=Path, help="where the pictures go, and sheet.png")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(SCENES)}")
    parser.add_argument("--looks", default="*", help="such as id-* or *-dark-200; all by default")
    options = parser.parse_args()
    looks = [look for look in LOOKS if fnmatch.fnmatch(look.name, options.looks)]
    options.folder.mkdir(parents=True, exist_ok=True)
    pictures = list(paint(options.folder, options.names or list(SCENES), looks))
    sheet = ["montage", *map(str, pictures), "-tile", f"{len(looks)}x", "-geometry", "640x440+6+6"]
    subprocess.run([*sheet, str(options.folder / "sheet.png")], check=True, timeout=300)
    print(f"{len(pictures)} pictures in {options.folder}")


if __name__ == "__main__":
    main()
