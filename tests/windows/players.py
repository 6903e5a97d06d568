"""Those who play in the newcomer's story: their programs, and what one does with a window."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from chatroom.preferences import Preferences, PreferencesFile
from chatroom.protocol.entries import Entry
from chatroom.words import languages
from chatroom.words.appearance import Look
from chatroom.words.chat import Chat
from chatroom.words.host_form import RoomForm
from chatroom.words.languages import Language
from chatroom.words.prompts import Joining
from storage import Archive
from tests.tools.desktop import TRIES, Desktop, letter
from tests.tools.home import settings_in
from tests.tools.processes import Program, archived, free_port, wait_for
from tests.tools.wine import is_wine

PASSWORD = "correct horse battery"  # xdotool types ASCII reliably
ROOM = "Garden"
ANA, BUDI, CITRA = "Ana", "Budi", "Citra"
HISTORY = 3000
"""So many messages there are before anybody comes."""
OLD_NUMBER, OLD = 707, "The key of the shed lies under the third flowerpot."
NOTHING = "nothing was copied yet"
COPIED_WITHIN_S = 0.5
HAS_CLIPBOARD = not is_wine()
"""Wine's programs share one, which is that of whichever display came first."""
HAS_HOMES = not is_wine()
"""Wine sets APPDATA by itself: what one program keeps is there for all."""


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Have texts in a language meanwhile."""
    before = languages.current()
    languages.use(language)
    try:
        yield
    finally:
        languages.use(before)


class Players:
    """A host, Ana and Budi at their windows, and Citra at a console, who hears what is said."""

    watcher: Program
    """Citra's."""

    def __init__(self, desk: Desktop, folder: Path, language: Language) -> None:
        self.desk, self.folder, self.language = desk, folder, language
        self.archive, self.port = folder / "archive.csv", free_port()
        self.programs: list[Program] = []
        self.said: list[tuple[str, str]] = []
        archive = Archive(self.archive, ROOM)
        archive.append([made_entry(number) for number in range(1, HISTORY + 1)])
        archive.close()

    def end(self) -> None:
        """End what still runs."""
        for program in self.programs:
            program.kill()

    # Their programs --------------------------------------------------------------------

    def start_host(self) -> Program:
        """Start the host's program."""
        where = ("--host", "127.0.0.1", "--port", self.port)
        return self.start("server.py", *where, "--archive", self.archive, "--room", ROOM)

    def start_client(self, name: str) -> Program:
        """Start a client, whose settings are this one's own."""
        return self.start("client.py", home=name)

    def start(self, script: str, *options: object, home: str = "host") -> Program:
        """Start a program that nobody gave a password."""
        lang = ("--lang", self.language.value)
        environment = settings_in(self.home(home))
        program = Program(
            script, *lang, *options, folder=self.folder, password=None, environment=environment
        )
        self.programs.append(program)
        return program

    def watch(self) -> Program:
        """Have Citra in the room, once it is open."""
        where = ("--host", "127.0.0.1", "--port", self.port, "--name", CITRA)
        options = ("--console", "--json", "--follow", "--history", 0)
        program = Program("client.py", *where, *options, folder=self.folder, password=PASSWORD)
        self.programs.append(program)
        wait_for(lambda: "You are in" in program.err, 30, f"{CITRA} is in")
        return program

    def home(self, name: str) -> Path:
        """Return the folder of somebody's settings."""
        return self.folder / f"home of {name}"

    # What one does with a window -------------------------------------------------------

    def title(self, name: str) -> str:
        """Return what stands in the title of a window."""
        is_host = name == RoomForm.OUR_NAME()
        return RoomForm.WINDOW() if is_host else f"{ROOM} \u2013 {name}"

    def window(self, name: str) -> str:
        """Go to somebody's window."""
        return self.desk.window(self.title(name))

    def enter(self, name: str) -> None:
        """Come into the room, and have the keyboard where one writes."""
        self.window(name)
        if not HAS_CLIPBOARD:
            return
        cut = self.copy_by("x", "ctrl+a", "ctrl+x")
        assert set(cut) == {"x"}, cut

    def check_draft(self, draft: str) -> None:
        """See that this stands where one writes, and that the keyboard is there."""
        if HAS_CLIPBOARD:
            assert self.copy_by("ctrl+a", "ctrl+c") == draft

    def fill(self, text: str, *keys: str) -> None:
        """Answer a prompt."""
        self.desk.fill(Joining.TITLE(), text, *keys)

    def say(self, name: str, text: str, *, before: str = "") -> None:
        """Say something, after what stands there `before`; hear it in the room."""
        self.window(name)
        if name == RoomForm.OUR_NAME():
            self.desk.press("ctrl+1")  # wherever the host was
        self.desk.type(text, "Return")
        self.hear(name, before + text)

    def hear(self, name: str, text: str) -> None:
        """Wait until this is heard in the room."""
        said = (name, text)
        self.said.append(said)

        def is_heard() -> bool:
            return said in [(one["name"], one["text"]) for one in self.watcher.messages()]

        wait_for(is_heard, 30, f"{name}: {text}")

    def pick(self, submenu: Look, entry: str) -> None:
        """Choose an entry of the window's menu."""
        at = entry.index("&") + 1
        self.desk.open_menu("F10")
        self.desk.press(letter(submenu), entry[at].lower())

    def preferences(self) -> Preferences:
        """Return how Ana likes the windows."""
        file = next(self.home(ANA).rglob("preferences.json"), None)
        return PreferencesFile(file).load() if file else Preferences()

    def copy(self) -> str:
        """Copy the lowest message in view, in the list that has the keyboard; return it."""
        return self.copy_by(letter(Chat.COPY_MESSAGE), menu="shift+F10")

    def copy_by(self, *keys: str, menu: str = "") -> str:
        """Press these keys until they have copied something: a page may be on its way.

        `menu` is the key for a menu, in which the others choose.
        """
        copied = ""

        def is_copied() -> bool:
            nonlocal copied
            copied = self.desk.clipboard.read()
            return copied not in ("", NOTHING)

        for _ in range(TRIES):
            self.desk.clipboard.offer(NOTHING)
            if menu:
                self.desk.open_menu(menu)
            self.desk.press(*keys)
            with contextlib.suppress(AssertionError):
                wait_for(is_copied, COPIED_WITHIN_S)
                return copied
        raise AssertionError(f"{keys} copied nothing")

    def number(self) -> int:
        """Return the number of the lowest message in view."""
        text = self.copy()
        rows = [row["Message"] for row in archived(self.archive)]
        return rows.index(text) + 1 if text in rows else len(rows)

    def picture(self, name: str, window: str) -> None:
        """Keep a picture, by language."""
        self.desk.picture(f"{self.language.value}-{name}", window)


def made_entry(number: int) -> Entry:
    """Return a message of long ago."""
    name, text = (ANA, BUDI)[number % 2], f"Note {number} about the beds and the bees."
    text = OLD if number == OLD_NUMBER else text
    time = f"2026-01-{1 + number // 120:02}T{8 + number // 12 % 10:02}:{number % 12 * 5:02}:00Z"
    return Entry(number, time, name, text, f"x-{number}")
