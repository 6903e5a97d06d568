"""The chat window as small as it gets: all that can be used is whole, at every size of type."""

import itertools
import tempfile
import tkinter as tk
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk

from chatroom import words
from chatroom.client import events
from chatroom.protocol.messages import Refusal
from chatroom.remembered import Remembered
from chatroom.settings import Given
from chatroom.windows import chat_window, elided, theme
from chatroom.windows.chat_window import ChatWindow
from chatroom.windows.conversation.view import ConversationView
from chatroom.windows.joining import Stage
from chatroom.words import languages
from chatroom.words.languages import Language
from tests.tools.made_up import Log, MadeUpRoom
from tests.tools.windows import WindowTest, made_entries, press, reads

PEOPLE = ("Budi", "W" * 32, *(f"Guest {number}" for number in range(40)))
SCALES = 1.0, 1.5, 2.0
USED = tk.Text, tk.Entry, tk.Canvas, ttk.Button, ttk.Entry, ttk.Label, ConversationView


class SmallestTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, languages.current())
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def at_every_size(self, check: Callable[[ChatWindow, MadeUpRoom], None]) -> None:
        """Check a chat window of the smallest size in each language, at each scale."""
        for language, scale in itertools.product(Language, SCALES):
            with self.subTest(language=language.value, scale=scale):
                languages.use(language)
                root = theme.make_root("Test", "700x500", dark=False, scale=scale)
                self.roots.append(root)
                root.report_callback_exception = self._failed
                try:
                    check(*self.open(root))
                finally:
                    self.roots.remove(root)
                    root.destroy()

    def open(self, root: theme.Root) -> tuple[ChatWindow, MadeUpRoom]:
        """Enter a room with a long name and many people."""
        room = MadeUpRoom(Log(60, lambda seq: made_entries(seq, seq)[0]), room="W" * 40)
        room.tell(events.PeopleChanged(PEOPLE, (), ()))
        given = Given("127.0.0.1", 8080, "correct horse", "Budi", 100)
        memory = Remembered(self.folder / "client.json")
        window = ChatWindow(root, None, lambda _: room, given, memory)  # type: ignore[arg-type, return-value]
        self.pump(lambda: window.stage is Stage.CHATTING)
        room.tell(events.PeopleChanged(PEOPLE, (), ()))
        root.geometry("10x10")
        px = theme.of(root).px
        least = tuple(map(px, chat_window.SMALLEST))
        root.geometry(f"{least[0]}x{least[1]}")
        self.assertEqual(root.minsize(), least)
        self.pump(lambda: (root.winfo_width(), root.winfo_height()) == least)
        self.settle(root)
        return window, room

    def settle(self, root: tk.Tk) -> None:
        for _ in range(2):
            done: list[bool] = []
            root.after(40, done.append, True)
            self.pump(lambda done=done: done)  # type: ignore[misc]

    def check_whole(self, window: ChatWindow) -> None:
        """Fail where something that is read or used is cut off."""
        checked = 0
        for widget in self.seen(window.root):
            where = f"{widget} {reads(widget) or widget.winfo_class()}"
            x, y = widget.winfo_rootx(), widget.winfo_rooty()
            width, height = widget.winfo_width(), widget.winfo_height()
            around = widget.master
            while around is not None:
                left, top = around.winfo_rootx(), around.winfo_rooty()
                self.assertGreaterEqual(x, left, where)
                self.assertGreaterEqual(y, top, where)
                self.assertLessEqual(x + width, left + around.winfo_width(), where)
                self.assertLessEqual(y + height, top + around.winfo_height(), where)
                around = around.master
            if isinstance(widget, ttk.Button | ttk.Label) and not isinstance(widget, elided.Elided):
                self.assertGreaterEqual(width, widget.winfo_reqwidth(), where)
                self.assertGreaterEqual(height, widget.winfo_reqheight(), where)
            checked += 1
        self.assertGreater(checked, 3)

    def seen(self, inside: tk.Misc) -> Iterator[tk.Misc]:
        """Yield what is read or used in a window; what scrolls or floats is not looked into."""
        for child in inside.winfo_children():
            if isinstance(child, tk.Toplevel | tk.Menu) or not child.winfo_viewable():
                continue
            if isinstance(child, USED):
                yield child
            else:
                yield from self.seen(child)


class Smallest(SmallestTest):
    def test_in_the_room(self) -> None:
        def check(window: ChatWindow, _: MadeUpRoom) -> None:
            window.chat.composer.write("a line of a draft\n" * 9)
            self.settle(window.root)
            self.check_whole(window)
            self.assertGreaterEqual(len(window.chat.view.visible()), 2)

        self.at_every_size(check)

    def test_with_all_that_can_come_at_once(self) -> None:
        def check(window: ChatWindow, room: MadeUpRoom) -> None:
            room.stores = False
            room.tell(events.ServerLost(stopped=True))
            window.chat.open_search("text")
            window.chat.find_bar.handle(events.NewEntries(room.log.read(60, 60)))
            self.settle(window.root)
            window.send("this waits")
            self.settle(window.root)
            self.assertTrue(window.chat.banner.text)
            self.check_whole(window)
            height = window.chat.view.winfo_height()
            self.assertGreater(height, theme.of(window.root).px(90))

        self.at_every_size(check)

    def test_while_a_search_goes_on(self) -> None:
        def check(window: ChatWindow, room: MadeUpRoom) -> None:
            room.find = lambda *_: None  # type: ignore[method-assign]
            room.log.head += 9000
            room.tell(events.NewEntries(room.log.read(room.log.head, room.log.head)))
            self.settle(window.root)
            window.chat.open_search("nothing like this")
            self.settle(window.root)
            self.check_whole(window)

        self.at_every_size(check)

    def test_while_nobody_answers(self) -> None:
        def check(window: ChatWindow, room: MadeUpRoom) -> None:
            connecting = window.connecting
            window.chat.pack_forget()
            connecting.pack(fill="both", expand=True)
            connecting.begin("a-computer-with-a-name-that-is-long.example.org:60000")
            connecting.advise(words.no_answer("a-computer-with-a-name.example.org:60000"))
            self.settle(window.root)
            self.check_whole(window)

        self.at_every_size(check)

    def test_put_out_with_a_draft(self) -> None:
        def check(window: ChatWindow, room: MadeUpRoom) -> None:
            window.chat.composer.write("a draft")
            room.tell(events.Expelled(Refusal.REMOVED))
            self.pump(lambda: window.stage is Stage.ENDED)
            self.settle(window.root)
            self.check_whole(window)

        self.at_every_size(check)

    def test_people_over_the_conversation(self) -> None:
        def check(window: ChatWindow, _: MadeUpRoom) -> None:
            label = "Orang" if languages.current() is Language.INDONESIAN else "People"
            press(window.root, label)
            self.settle(window.root)
            self.assertTrue(window.chat.people.winfo_viewable())
            self.check_whole(window)
            list_width = window.chat.people.winfo_width()
            self.assertLess(list_width, window.root.winfo_width() * 0.6)

        self.at_every_size(check)


if __name__ == "__main__":
    unittest.main()
