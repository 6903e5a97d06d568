"""What a newcomer lives through in both windows, by the keyboard alone, in one language.

A host opens a room with a long history; Ana and Budi come in, talk, read back, find, are
away while the server is, are put out and come back, and leave. A third one, Citra, is there
by a console and hears what is said. All that is pressed is found by what the windows say.
"""

import collections
import contextlib
from collections.abc import Iterator
from pathlib import Path

from chatroom.protocol import texts
from chatroom.protocol.entries import Entry
from chatroom.preferences import Preferences, PreferencesFile
from chatroom.words import languages
from chatroom.words.appearance import Look
from chatroom.words.chat import Chat
from chatroom.words.help import Help
from chatroom.words.host_form import Invite, RoomForm
from chatroom.words.hosting import Host
from chatroom.words.languages import Language
from chatroom.words.prompts import Joining
from storage import Archive
from tests.tools.desktop import TRIES, Desktop, letter
from tests.tools.home import settings_in
from tests.tools.processes import Program, archived, free_port, wait_for

PASSWORD = "correct horse battery"  # xdotool types ASCII reliably
ROOM = "Garden"
ANA, BUDI, CITRA = "Ana", "Budi", "Citra"
HISTORY = 3000
BACK = 1500
"""So many messages Ana scrolls back."""
OLD_NUMBER, OLD = 707, "The key of the shed lies under the third flowerpot."
PAGE = "\n".join(f"{n:2}. What grows in bed {n}, and who waters it in June." for n in range(1, 61))
SAID = (
    "Nothing to install, and all of it in a spreadsheet \U0001f389",
    "\u0645\u0631\u062d\u0628\u0627 from the other side of the garden",
)
NOTHING = "nothing was copied yet"
COPIED_WITHIN_S = 0.5
KEYS_AT_ONCE = 25
TO_LIST = "F6", "F6"
"""From where one writes over the head to the conversation."""
NEAR = 20
"""More messages than are in view beside each other."""


def tell(desk: Desktop, folder: Path, language: Language) -> None:
    """Go through all of it. Raises AssertionError where something is not as it should be."""
    with speaking(language):
        story = Newcomer(desk, folder, language)
        try:
            story.open_room()
            story.join()
            story.talk()
            story.join_again()
            story.paste_a_page()
            story.read_back()
            story.find()
            story.switch()
            story.restart()
            story.crash()
            story.remove()
            story.block()
            story.leave()
            story.check_archive()
        except AssertionError:
            desk.picture("failed")
            raise
        finally:
            story.end()


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Have texts in a language meanwhile."""
    before = languages.current()
    languages.use(language)
    try:
        yield
    finally:
        languages.use(before)


class Newcomer:
    """The programs and those who use them; each method is a chapter."""

    def __init__(self, desk: Desktop, folder: Path, language: Language) -> None:
        self.desk, self.folder, self.language = desk, folder, language
        self.archive, self.port = folder / "archive.csv", free_port()
        self.programs: list[Program] = []
        self.said: list[tuple[str, str]] = []
        archive = Archive(self.archive, ROOM)
        archive.append([made_entry(number) for number in range(1, HISTORY + 1)])
        archive.close()

    # Hosting and joining ---------------------------------------------------------------

    def open_room(self) -> None:
        """Type nothing but a password; it may not be missing."""
        self.host = self.start_host()
        window = self.desk.window(RoomForm.WINDOW())
        self.desk.place(window, 10, 10)
        assert self.copy_by(f"alt+{letter(RoomForm.ROOM)}", "ctrl+a", "ctrl+c") == ROOM
        self.desk.press("Return")
        self.picture("form-wrong", window)
        self.desk.type(PASSWORD, "Return")
        self.watcher = self.watch()
        self.picture("host", window)

    def join(self) -> None:
        """Come in by the invitation; and through all four prompts, with mistakes."""
        self.desk.clipboard.offer(NOTHING)
        self.desk.choose(Invite.COPY)
        wait_for(lambda: str(self.port) in self.desk.clipboard.read(), 20, "the invitation")
        self.ana = self.start_client(ANA)
        self.fill("", "ctrl+v", "Return")
        self.fill(PASSWORD)
        self.fill(ANA)
        self.enter(ANA)
        self.desk.place(self.window(ANA), 240, 160)

        self.budi = self.start_client(BUDI)
        self.fill("127.0.0.1")
        self.fill(str(self.port))
        self.fill("", "alt+Left")  # back to the port, which stands there still
        self.fill("")
        self.fill("a wrong one")
        self.fill(ANA.upper())
        self.picture("password-wrong", self.desk.window(Joining.TITLE()))
        self.fill(PASSWORD)
        self.picture("name-taken", self.desk.window(Joining.TITLE()))
        self.fill(BUDI)
        self.enter(BUDI)

    def talk(self) -> None:
        """Say something from each side."""
        self.say(ANA, "Hello, is anybody here?")
        self.say(BUDI, "Yes, and the tomatoes are ripe.")
        for text in SAID:
            self.watcher.write(f"{text}\n")
            self.hear(CITRA, text)
        self.say(RoomForm.OUR_NAME(), "Welcome to the garden!")
        self.picture("host-talks", self.desk.see(RoomForm.WINDOW()))
        self.picture("chat", self.window(ANA))

    def join_again(self) -> None:
        """Leave, and come back by four times Enter."""
        self.desk.type("exit", "Return")
        assert self.ana.wait() == 0, self.ana.err
        self.ana = self.start_client(ANA)
        for typed in ("", "", PASSWORD, ""):
            self.fill(typed)
        self.enter(ANA)
        self.say(ANA, "Here I am again.")

    # The conversation ------------------------------------------------------------------

    def paste_a_page(self) -> None:
        """Paste a page: it is sent as several messages, and nothing of it is lost."""
        self.desk.clipboard.offer(PAGE)
        self.window(ANA)
        self.desk.press("ctrl+v")
        self.picture("page", self.window(ANA))
        self.desk.press("Return")
        parts = list(texts.parts(PAGE))
        assert len(parts) > 1
        for part in parts:
            self.hear(ANA, part)

    def read_back(self) -> None:
        """Scroll back page by page, and stay there while others speak."""
        goal = len(archived(self.archive)) - BACK
        self.window(ANA)
        self.desk.press(*TO_LIST)
        while (here := self.number()) > goal:
            self.desk.press("Prior", times=KEYS_AT_ONCE)
        assert here > goal - NEAR * KEYS_AT_ONCE, here
        self.say(BUDI, "Who reads the old pages?")
        self.picture("back", self.window(ANA))
        there = self.number()
        assert there == here, (there, here)

    def find(self) -> None:
        """Find an old message, go to it, and return to the newest."""
        self.desk.press("ctrl+f")
        self.desk.type("third FLOWERPOT")
        self.desk.settle()
        self.desk.press("F6")
        wait_for(lambda: OLD_NUMBER <= self.number() < OLD_NUMBER + NEAR, 30, "the old message")
        self.picture("found", self.desk.see(self.title(ANA)))
        self.desk.press("shift+F6", "Escape", *TO_LIST)  # to the field, which it closes
        for _ in range(2 * NEAR):
            if self.copy() == OLD:
                break
            self.desk.press("Up")
        assert self.copy() == OLD
        self.desk.press("Escape")
        wait_for(lambda: self.copy() == self.said[-1][1], 20, "the newest message")

    def switch(self) -> None:
        """Speak the other language and be dark for a while, with something half written."""
        other = next(one for one in Language if one is not self.language)
        draft = "Half a thought"
        self.window(ANA)
        self.desk.type(draft)
        self.pick(Look.LANGUAGE, f"&{other.own_name}")
        with speaking(other):
            self.see_help()
            assert self.copy_draft() == draft
            self.pick(Look.APPEARANCE, Look.DARK())
            wait_for(lambda: self.preferences().look == "dark", 20, "dark")
            self.picture("switched", self.window(ANA))
            self.pick(Look.APPEARANCE, Look.LIGHT())
            wait_for(lambda: self.preferences().look == "light", 20, "light")
            self.pick(Look.LANGUAGE, f"&{self.language.own_name}")
        self.see_help()
        assert self.copy_draft() == draft
        self.desk.press("End")
        self.say(ANA, ", and the rest of it.", before=draft)

    def see_help(self) -> None:
        """Open the help, whose title tells which language the window speaks, and close it."""
        self.desk.press_until("F1", lambda: self.desk.find(Help.TITLE()))
        help = self.desk.window(Help.TITLE())
        self.picture("help", help)
        self.desk.press("Escape")
        self.desk.gone(help, Help.TITLE())
        self.window(ANA)

    # The server goes, and comes back ---------------------------------------------------

    def restart(self) -> None:
        """Stop, and start again: what was written meanwhile is stored then, once."""
        self.desk.window(RoomForm.WINDOW())
        self.desk.choose(RoomForm.STOP)
        self.picture("stop", self.desk.see(Host.STOP_TITLE()))
        self.desk.agree(Host.STOP_TITLE, Host.STOP)
        wait_for(lambda: "host stopped" in self.watcher.err, 20, "the stop")
        self.write_meanwhile("while the host is away")
        self.desk.window(RoomForm.WINDOW())
        self.desk.choose(RoomForm.START)
        self.hear_meanwhile()
        self.say(RoomForm.OUR_NAME(), "There we are again.")

    def crash(self) -> None:
        """End the server as a crash does, and start it anew: all come back."""
        self.host.kill()
        self.programs.remove(self.host)
        self.write_meanwhile("while the server is down")
        self.host = self.start_host()
        self.desk.window(RoomForm.WINDOW())
        assert self.copy_by(f"alt+{letter(RoomForm.ROOM)}", "ctrl+a", "ctrl+c") == ROOM
        self.desk.choose(RoomForm.PASSWORD)
        self.desk.type(PASSWORD, "Return")
        self.hear_meanwhile()
        self.say(RoomForm.OUR_NAME(), "It is as if nothing had been.")

    def write_meanwhile(self, when: str) -> None:
        """Write two messages each, which wait."""
        before = len(archived(self.archive))
        self.waiting = [(name, f"{n}. {when}") for name in (ANA, BUDI) for n in (1, 2)]
        for name, text in self.waiting:
            self.window(name)
            self.desk.type(text, "Return")
        self.picture("waiting", self.window(BUDI))
        assert len(archived(self.archive)) == before

    def hear_meanwhile(self) -> None:
        """Hear those messages, from each one in the order in which they were written."""
        for name, text in self.waiting:
            self.hear(name, text)
        heard = [(one["name"], one["text"]) for one in self.watcher.messages()]
        for name in (ANA, BUDI):
            ours = [one for one in self.waiting if one[0] == name]
            assert [one for one in heard if one in ours] == ours, heard

    # The host puts people out ----------------------------------------------------------

    def remove(self) -> None:
        """Remove Ana, who comes back."""
        self.go_to_person(ANA)
        before = self.watcher.err.count(f"{ANA} left")
        self.desk.press("Delete")
        self.picture("remove", self.desk.see(Host.REMOVE_TITLE()))
        self.desk.agree(Host.REMOVE_TITLE, Host.REMOVE)
        wait_for(lambda: self.watcher.err.count(f"{ANA} left") > before, 20, "the removal")
        self.picture("removed", self.window(ANA))
        self.desk.choose(Chat.REJOIN)
        self.say(ANA, "I was out for a moment.")

    def block(self) -> None:
        """Block an address, which is everybody's here, and take that back."""
        self.go_to_person(BUDI)
        self.desk.choose(Host.BLOCK)
        self.desk.agree(Host.BLOCK_TITLE, Host.BLOCK_THIS)
        assert self.watcher.wait() != 0
        self.programs.remove(self.watcher)
        for name in (ANA, BUDI):
            self.picture("blocked", self.window(name))
            self.desk.choose(Chat.REJOIN)
        self.desk.window(RoomForm.WINDOW())
        self.desk.choose(Host.WHAT_TO_BLOCK)
        self.desk.press("Tab", "Tab")  # from the field over its button to what is blocked
        self.picture("people", self.desk.window(RoomForm.WINDOW()))
        self.desk.choose(Host.UNBLOCK)
        self.watcher = self.watch()
        self.say(ANA, "Let in again.")
        self.say(BUDI, "So am I.")

    def go_to_person(self, name: str) -> None:
        """Go to somebody in the table of people, and see that it is the one."""
        self.desk.window(RoomForm.WINDOW())
        self.desk.press("ctrl+2")
        self.desk.choose(Host.WHAT_TO_BLOCK)
        self.desk.press("shift+Tab", *["Up"] * 3)
        for _ in range(5):
            if self.copy_by("Down", "Down", "Down", "Return", menu="shift+F10") == name:
                return
            self.desk.press("Down")
        raise AssertionError(f"{name} is not among the people")

    # Leaving ---------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave by a word, by closing the window; the host stops last."""
        self.window(ANA)
        self.desk.type("exit", "Return")
        assert self.ana.wait() == 0, self.ana.err
        self.window(BUDI)
        self.desk.press("alt+F4")
        assert self.budi.wait() == 0, self.budi.err
        self.desk.window(RoomForm.WINDOW())
        self.desk.press("alt+F4")
        self.desk.agree(Host.STOP_TITLE, Host.STOP_AND_CLOSE)
        assert self.host.wait() == 0, self.host.err

    def check_archive(self) -> None:
        """See that all that was said is stored once, and that no program complained."""
        stored = [(row["Username"], row["Message"]) for row in archived(self.archive)[HISTORY:]]
        said = [(name, text) for name, text in self.said if "\n" not in text]
        found = [(name, text) for name, text in stored if (name, text) in said]
        assert collections.Counter(found) == collections.Counter(said), stored
        assert len(stored) == len(self.said), stored
        for program in (self.ana, self.budi, self.host):
            assert program.err == "", program.err

    def end(self) -> None:
        """End what still runs."""
        for program in self.programs:
            program.kill()

    # How they do it --------------------------------------------------------------------

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
        cut = self.copy_by("x", "ctrl+a", "ctrl+x")
        assert set(cut) == {"x"}, cut

    def copy_draft(self) -> str:
        """Copy what stands where one writes; return it."""
        return self.copy_by("ctrl+a", "ctrl+c")

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
