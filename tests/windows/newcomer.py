"""What a newcomer lives through in both windows, by the keyboard alone, in one language.

A host opens a room with a long history; Ana and Budi come in, talk, read back, find, are
away while the server is, are put out and come back, and leave. A third one, Citra, is there
by a console and hears what is said. All that is pressed is found by what the windows say.
"""

import collections
from pathlib import Path

from chatroom.protocol import texts
from chatroom.words.appearance import Look
from chatroom.words.chat import Chat
from chatroom.words.help import Help
from chatroom.words.host_form import Invite, RoomForm
from chatroom.words.hosting import Host
from chatroom.words.languages import Language
from chatroom.words.prompts import Joining
from tests.tools.desktop import Desktop, letter
from tests.tools.processes import archived, wait_for
from tests.tools.wine import is_wine
from tests.windows.players import (
    ANA,
    BUDI,
    CITRA,
    HAS_CLIPBOARD,
    HAS_HOMES,
    HISTORY,
    NOTHING,
    OLD,
    OLD_NUMBER,
    PASSWORD,
    ROOM,
    Players,
    speaking,
)

BACK = 1500
"""So many messages Ana scrolls back."""
PAGE = "\n".join(f"{n:2}. What grows in bed {n}, and who waters it in June." for n in range(1, 61))
SAID = (
    "Nothing to install, and all of it in a spreadsheet \U0001f389",
    "\u0645\u0631\u062d\u0628\u0627 from the other side of the garden",
)
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
            if HAS_CLIPBOARD:
                story.paste_a_page()
                story.read_back()
                story.find()
            if HAS_HOMES:
                story.switch()
            story.restart()
            if is_wine():  # which loses keys after the window of a program that was killed
                return
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


class Newcomer(Players):
    """Each method is a chapter."""

    # Hosting and joining ---------------------------------------------------------------

    def open_room(self) -> None:
        """Type nothing but a password; it may not be missing."""
        self.host = self.start_host()
        window = self.desk.window(RoomForm.WINDOW())
        self.desk.place(window, 10, 10)
        self.go_to_room_name()
        self.desk.press("Return")
        self.picture("form-wrong", window)
        self.desk.type(PASSWORD, "Return")
        self.watcher = self.watch()
        self.picture("host", window)

    def go_to_room_name(self) -> None:
        """See that the form has the keyboard, by a field of it."""
        key = f"alt+{letter(RoomForm.ROOM)}"
        if HAS_CLIPBOARD:
            assert self.copy_by(key, "ctrl+a", "ctrl+c") == ROOM
        else:
            self.desk.press(key)

    def join(self) -> None:
        """Come in by the invitation; and through all four prompts, with mistakes."""
        self.desk.clipboard.offer(NOTHING)
        self.desk.choose(Invite.COPY)
        if HAS_CLIPBOARD:
            wait_for(lambda: str(self.port) in self.desk.clipboard.read(), 20, "the invitation")
        self.ana = self.start_client(ANA)
        self.paste_invitation()
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

    def paste_invitation(self) -> None:
        """Answer the first prompt by it; Enter overtakes a text that is on its way yet."""
        title = Joining.TITLE()
        dialog = self.desk.window(title)
        self.desk.press("ctrl+v")
        self.desk.press_until("Return", lambda: self.desk.has_gone(dialog, title))

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
        for typed in ("", "", PASSWORD, "" if HAS_HOMES else ANA):
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
            self.check_draft(draft)
            self.pick(Look.APPEARANCE, Look.DARK())
            wait_for(lambda: self.preferences().look == "dark", 20, "dark")
            self.picture("switched", self.window(ANA))
            self.pick(Look.APPEARANCE, Look.LIGHT())
            wait_for(lambda: self.preferences().look == "light", 20, "light")
            self.pick(Look.LANGUAGE, f"&{self.language.own_name}")
        self.see_help()
        self.check_draft(draft)
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
        window = self.desk.see(RoomForm.WINDOW())
        self.host.kill()
        self.desk.gone(window, RoomForm.WINDOW())
        self.write_meanwhile("while the server is down")
        self.host = self.start_host()
        self.desk.window(RoomForm.WINDOW())
        self.go_to_room_name()
        self.desk.choose(RoomForm.PASSWORD)
        self.desk.type(PASSWORD, "Return")
        self.hear_meanwhile()
        self.say(RoomForm.OUR_NAME(), "It is as if nothing had been.")

    def write_meanwhile(self, when: str) -> None:
        """Write two messages each, which wait."""
        before = len(archived(self.archive))
        self.waiting = [(name, f"{n}. {when}") for name in (ANA, BUDI) for n in (1, 2)]
        for name in (ANA, BUDI):
            self.window(name)
            for text in (text for writer, text in self.waiting if writer == name):
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
        """Go to somebody in the table of people, by what can be copied there."""
        self.go_to_people()
        self.desk.press("Home")
        for _ in range(len((ANA, BUDI, CITRA))):
            if self.copy_by(letter(Host.COPY_NAME), menu="shift+F10") == name:
                return
            self.desk.press("Down")
        raise AssertionError(f"{name} is not in the table")

    def go_to_people(self) -> None:
        """Have the keyboard in the table of people, which is before what can be blocked."""
        self.desk.window(RoomForm.WINDOW())
        self.desk.press("ctrl+2")
        self.desk.choose(Host.WHAT_TO_BLOCK)
        self.desk.press("shift+Tab")

    # Leaving ---------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave by a word, by closing the window; the host stops last."""
        window = self.window(ANA)
        self.desk.type("exit", "Return")
        assert self.ana.wait() == 0, self.ana.err
        self.desk.gone(window, self.title(ANA))
        self.desk.close(self.title(BUDI))
        assert self.budi.wait() == 0, self.budi.err
        self.desk.window(RoomForm.WINDOW())
        self.desk.press_until("alt+F4", lambda: self.desk.find(Host.STOP_TITLE()))
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
