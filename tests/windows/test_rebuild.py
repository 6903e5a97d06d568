"""Another language, look or size while one talks: all is built anew, and nothing is lost."""

import gc
import tempfile
import tkinter as tk
import unittest
from pathlib import Path
from tkinter import ttk

from chatroom.client import events
from chatroom.protocol.messages import Refusal
from chatroom.remembered import Remembered
from chatroom.settings import Given
from chatroom.windows import asking, colours, help_window, theme
from chatroom.windows.chat_window import ChatWindow
from chatroom.windows.joining import Stage
from chatroom.words import languages
from chatroom.words.languages import Language
from tests.tools.made_up import Log, MadeUpRoom
from tests.tools.windows import WindowTest, button, made_entries, press, reads, widgets

MANY = 10_000
PEOPLE = ("Ana", "Budi", "Citra")


class RebuildTest(WindowTest):
    """A chat window in a room that is made up."""

    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, languages.current())
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def enter(self, count: int = MANY) -> ChatWindow:
        log = Log(count, lambda seq: made_entries(seq, seq)[0])
        self.room = MadeUpRoom(log, room="Kebun", name="Budi", people=PEOPLE)
        window = self.open()
        self.pump(lambda: window.stage is Stage.CHATTING and len(window.conversation.name))
        self.settle(window)
        return window

    def open(self) -> ChatWindow:
        given = Given("127.0.0.1", 8080, "correct horse", "Budi", 100)
        memory = Remembered(self.folder / "client.json")
        return ChatWindow(self.root(), None, lambda _: self.room, given, memory)  # type: ignore[arg-type, return-value]

    def settle(self, window: ChatWindow) -> None:
        """Let the window hear and draw what there is."""
        for _ in range(3):
            done: list[bool] = []
            window.root.after(30, done.append, True)
            self.pump(lambda done=done: done)  # type: ignore[misc]

    def speak_indonesian(self, window: ChatWindow) -> None:
        window.looks.use_language(Language.INDONESIAN)
        self.settle(window)

    def switch_all(self, window: ChatWindow) -> None:
        """Have another language, look and size."""
        window.looks.use_look("dark")
        window.looks.zoom(1)
        self.speak_indonesian(window)


class Kept(RebuildTest):
    def test_language_look_and_size_are_other_ones(self) -> None:
        window = self.enter()
        page = window.chat
        self.switch_all(window)
        self.assertFalse(page.winfo_exists())
        look = theme.of(window.chat)
        self.assertEqual((look.c, look.scale), (colours.DARK, 1.1))
        self.assertIn("Tersambung  \u00b7  3 orang", reads(window.root))
        self.assertIn("Kebun", reads(window.root))
        self.assertEqual(button(window.root, "Kirim")["underline"], 0)
        window.looks.use_language(Language.ENGLISH)
        self.settle(window)
        self.assertIn("Connected  \u00b7  3 people", reads(window.root))

    def test_keyboard_stays_in_the_help_and_where_one_writes_after_it(self) -> None:
        window = self.enter()
        self.draft_text(window).focus_force()
        self.settle(window)
        help_window.show(window.root)
        opened = next(one for one in widgets(window.root) if isinstance(one, tk.Toplevel))
        self.pump(lambda: str(window.root.tk.call("focus")).startswith(f"{opened}."))
        self.switch_all(window)
        self.assertTrue(str(window.root.tk.call("focus")).startswith(f"{opened}."))
        self.assertIs(window.root.focus_lastfor(), self.draft_text(window))

    def test_draft_cursor_and_selection(self) -> None:
        window = self.enter()
        window.chat.composer.write("first line\nsecond \U0001f600 line")
        text = self.draft_text(window)
        text.mark_set("insert", "1.3")
        text.tag_add("sel", "1.1", "2.2")
        text.focus_force()
        self.switch_all(window)
        text = self.draft_text(window)
        self.assertEqual(window.chat.composer.draft, "first line\nsecond \U0001f600 line")
        self.assertEqual(text.index("insert"), "1.3")
        self.assertEqual([str(one) for one in text.tag_ranges("sel")], ["1.1", "2.2"])
        self.assertIs(window.root.focus_get(), text)

    def test_place_in_the_middle_and_what_is_new_below(self) -> None:
        window = self.enter()
        window.chat.view.go_to(5000)
        self.settle(window)
        self.room.others_say("Ana", "news")
        self.settle(window)
        top = window.chat.view.position[0]
        self.switch_all(window)
        self.assertEqual(window.chat.view.position[0], top)
        self.assertEqual(window.chat.view.unseen, 1)
        self.assertIn(f"text {top + 1}.", window.chat.view.content())
        for _ in range(6):
            window.looks.zoom(1)
            self.settle(window)
            self.assertEqual(window.chat.view.position[0], top)

    def test_end_is_still_followed(self) -> None:
        window = self.enter()
        self.switch_all(window)
        self.assertTrue(window.chat.view.is_at_end)
        self.room.others_say("Ana", "news")
        self.settle(window)
        self.assertIn(MANY + 1, window.chat.view.visible())

    def test_search_with_its_hit(self) -> None:
        window = self.enter(400)
        window.chat.open_search("text 7")
        self.settle(window)
        self.pump(lambda: "1 of 11" in reads(window.root))
        press(window.root, "Older hit")
        press(window.root, "Older hit")
        self.settle(window)
        place = window.chat.view.position[0]
        self.switch_all(window)
        self.assertIn("3 dari 11", reads(window.root))
        self.assertEqual(window.chat.view.position[0], place)
        field = next(one for one in widgets(window.chat.find_bar) if isinstance(one, ttk.Entry))
        self.assertEqual(field.get(), "text 7")
        press(window.root, "Hasil yang lebih lama")
        self.pump(lambda: "4 dari 11" in reads(window.root))

    def test_selection_in_the_conversation(self) -> None:
        window = self.enter(40)
        window.chat.view.clipping.select_row(38)
        self.switch_all(window)
        self.assertEqual(window.chat.view.clipping.selection.text(), "text 38.")

    def test_bell_and_list_of_people(self) -> None:
        window = self.enter()
        window.ring(False)
        window.chat.head.set_bell(False)
        press(window.root, "People")
        self.switch_all(window)
        self.assertFalse(window.chat.people.is_shown)
        self.assertFalse(button(window.root, "Orang").instate(["selected"]))
        press(window.root, "Notifikasi")
        self.assertTrue(window.alerts.notifies)

    def draft_text(self, window: ChatWindow) -> tk.Text:
        return next(one for one in widgets(window.chat.composer) if isinstance(one, tk.Text))


class Stages(RebuildTest):
    def test_while_a_question_is_open(self) -> None:
        """What is switched meanwhile is so for what comes after it."""
        self.room = MadeUpRoom(Log(0, lambda seq: made_entries(seq, seq)[0]), room="Kebun")

        def ask(prompt: asking.Prompt) -> asking.Reply:
            dialog = tk.Toplevel(window.root)
            dialog.wait_visibility()
            dialog.grab_set()
            window.looks.zoom(1)
            window.looks.use_language(Language.INDONESIAN)
            window.root.update()
            self.assertEqual(theme.of(dialog).scale, 1.0)
            dialog.destroy()
            return asking.Reply(asking.Move.NEXT, "Budi")

        given = Given("127.0.0.1", 8080, "correct horse", None, 100)
        memory = Remembered(self.folder / "client.json")
        window = ChatWindow(self.root(), ask, lambda _: self.room, given, memory)  # type: ignore[arg-type, return-value]
        self.pump(lambda: window.stage is Stage.CHATTING)
        self.pump(lambda: theme.of(window.root).scale == 1.1)
        self.pump(lambda: "Tersambung" in reads(window.root))
        self.assertEqual(window.root.title(), "Kebun \u2013 Budi")

    def test_while_connecting(self) -> None:
        self.room = MadeUpRoom(Log(0, lambda seq: made_entries(seq, seq)[0]))
        self.room.start = lambda: self.room.tell(events.ServerSilent(4.0))  # type: ignore[method-assign]
        window = self.open()
        self.pump(lambda: "firewall" in reads(window.root))
        self.speak_indonesian(window)
        self.assertIs(window.stage, Stage.CONNECTING)
        self.assertIn("Tidak ada jawaban dari", reads(window.root))
        MadeUpRoom.start(self.room)
        self.pump(lambda: window.stage is Stage.CHATTING)

    def test_while_reconnecting_with_messages_that_wait(self) -> None:
        window = self.enter()
        self.room.stores = False
        self.room.tell(events.ServerLost(stopped=False))
        self.settle(window)
        window.chat.composer.write("later")
        press(window.root, "Send")
        self.settle(window)
        self.speak_indonesian(window)
        self.assertIn("Menyambung kembali", reads(window.root))
        self.assertIn("1 pesan menunggu", reads(window.root))
        self.assertIn("menunggu", window.chat.view.content())
        press(window.root, "Coba sekarang")
        self.assertEqual(self.room.asked[-1], ("try_now", None))
        self.room.tell(events.ServerFound())
        self.settle(window)
        self.assertEqual(window.chat.banner.text, "")
        self.assertIn("Tersambung", reads(window.root))

    def test_when_it_has_ended(self) -> None:
        window = self.enter()
        window.chat.composer.write("a draft")
        self.room.tell(events.Expelled(Refusal.REMOVED))
        self.pump(lambda: window.stage is Stage.ENDED)
        self.speak_indonesian(window)
        self.assertEqual(window.chat.composer.draft, "a draft")
        self.assertIn("Berakhir", reads(window.root))
        press(window.root, "Kirim")
        self.assertEqual(window.chat.composer.draft, "a draft")
        press(window.root, "Masuk lagi")
        self.pump(lambda: "Tersambung" in reads(window.root))
        press(window.root, "Kirim")
        self.assertEqual(window.chat.composer.draft, "")

    def test_what_happened_before_is_said_in_the_language_spoken_now(self) -> None:
        window = self.enter(40)
        self.room.tell(events.PeopleChanged(PEOPLE, ("Ana",), ()))
        self.settle(window)
        self.assertIn("Ana joined.", window.chat.view.content())
        self.speak_indonesian(window)
        self.assertIn("Ana masuk.", window.chat.view.content())


class Cost(RebuildTest):
    def test_switching_often_leaves_nothing_behind(self) -> None:
        window = self.enter()
        window.chat.view.go_to(5000)
        window.chat.open_search("text 50")
        self.settle(window)

        def switch(times: int) -> dict[str, int]:
            for number in range(times):
                window.looks.use_look(("dark", "light")[number % 2])
                window.root.update()
            self.settle(window)
            return self.held(window.root)

        before = switch(2)
        self.assertEqual(switch(20), before)

    def held(self, root: tk.Tk) -> dict[str, int]:
        """Return how much there is of what could be forgotten to be given back."""
        gc.collect()
        asked = {
            "images": ("image", "names"),
            "fonts": ("font", "names"),
            "themes": ("ttk::style", "theme", "names"),
            "commands": ("info", "commands"),
            "timers": ("after", "info"),
        }
        found = {name: len(root.tk.splitlist(root.tk.call(*call))) for name, call in asked.items()}
        return {**found, "widgets": len(list(widgets(root)))}


if __name__ == "__main__":
    unittest.main()
