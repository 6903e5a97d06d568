"""Windows on a real Tk, in this process, used as a person would: by what they show.

Fields are found by their label and buttons by what stands on them, so that these tests
know nothing of how a window is built.
"""

import contextlib
import gc
import os
import shutil
import tempfile
import time
import tkinter as tk
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk
from typing import Any, TypeAlias
from unittest import mock

import client
import server
from chatroom.client.member import Member
from chatroom.network.driver import Driver
from chatroom.protocol.entries import Entry
from chatroom.remembered import Remembered
from chatroom.server.room import Room
from chatroom.settings import Given, Settings
from chatroom.windows import host_form, joining, question, theme
from chatroom.windows.asking import Move, Prompt, Reply
from chatroom.windows.chat_window import ChatWindow
from chatroom.windows.host_window import HostWindow
from tests.tools.home import settings_in
from tests.tools.processes import PASSWORD, display, free_port
from tests.tools.wine import is_wine

Window: TypeAlias = ChatWindow | HostWindow

LASTS_FOR_S = 0.5 if is_wine() else 0.0
"""Under Wine a window manager that answers late undoes what a window was asked to be since."""


class WindowTest(unittest.TestCase):
    """A test with a display, and windows whose callbacks may not raise and log nothing."""

    _stack: contextlib.ExitStack

    @classmethod
    def setUpClass(cls) -> None:
        cls._stack = contextlib.ExitStack()
        # Tk objects may be collected in the thread of their Tk alone, and a test makes
        # many, beside drivers' threads that could happen to collect them.
        gc.collect()
        gc.disable()
        cls._stack.callback(gc.enable)
        cls._stack.enter_context(display())

    @classmethod
    def tearDownClass(cls) -> None:
        cls._stack.close()

    def setUp(self) -> None:
        logged = contextlib.ExitStack()  # where an event could not be shown, say
        logged.enter_context(self.assertNoLogs("chatroom"))
        self.addCleanup(logged.close)
        self.roots: list[tk.Tk] = []
        self.addCleanup(self._destroy_all)
        home = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, home)
        settings = mock.patch.dict(os.environ, settings_in(home))
        settings.start()
        self.addCleanup(settings.stop)

    def root(self) -> theme.Root:
        root = theme.make_root("Test", "900x650", dark=False, scale=1.0)
        self.roots.append(root)
        root.report_callback_exception = self._failed
        return root

    def pump(self, done: Callable[[], object], seconds: float = 20.0) -> None:
        """Run the windows until something has happened."""
        until = time.monotonic() + seconds
        while not done():
            self.assertLess(time.monotonic(), until, "it never happened")
            for root in self.roots:
                with contextlib.suppress(tk.TclError):
                    root.update()
            time.sleep(0.002)  # the drivers' threads need the processor too

    def pump_until_it_lasts(self, is_so: Callable[[], bool]) -> None:
        """Run the windows until something is so, and no late window manager undoes it."""
        since = time.monotonic()

        def lasts() -> bool:
            nonlocal since
            if not is_so():
                since = time.monotonic()
                return False
            return time.monotonic() - since >= LASTS_FOR_S

        self.pump(lasts)

    def resize(self, window: tk.Tk | tk.Toplevel, width: int, height: int) -> None:
        """Give a window a size that lasts, and draw it; ask again where that was undone."""

        def has_it() -> bool:
            window.update()
            is_so = (window.winfo_width(), window.winfo_height()) == (width, height)
            if not is_so:
                window.geometry(f"{width}x{height}")
            return is_so

        self.pump_until_it_lasts(has_it)

    def _failed(self, kind: type, error: BaseException, trace: Any) -> None:
        raise AssertionError("a callback raised") from error

    def _destroy_all(self) -> None:
        for root in self.roots:
            with contextlib.suppress(tk.TclError):
                root.destroy()
        self.roots.clear()
        gc.collect()


class RoomTest(WindowTest):
    """A test with a host's window and chat windows, over 127.0.0.1."""

    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.archive = self.folder / "archive.csv"
        self.memory = Remembered(self.folder / "client.json")
        self.port = free_port()

    def host(self, *, start: bool = True) -> HostWindow:
        """Open a host's window, and the room."""

        def open_room(*opened: Any) -> Driver[Room]:
            driver = server.host_room(*opened)
            self.addCleanup(_end, driver, Room.close)
            return driver

        filled = form_filled(port=self.port, archive=self.archive)
        window = HostWindow(self.root(), open_room, filled)
        if start:
            press(window.root, "Start")
            self.pump(lambda: window.stage is host_form.Stage.RUNNING)
        return window

    def stop(self, window: HostWindow) -> None:
        """Close the room, from its window, whoever is in."""
        with mock.patch.object(question, "ask", return_value=True):
            press(window.root, "Stop")
        self.pump(lambda: window.stage is host_form.Stage.STOPPED)

    def chat(self, called: str = "Ana", **answers: list[Any]) -> "tuple[ChatWindow, Answers]":
        """Open a chat window with nothing to ask, or with these answers to all questions."""

        def join_room(settings: Settings) -> Driver[Member]:
            driver = client.join_room(settings)
            self.addCleanup(_end, driver, lambda member, now: member.leave(now))
            return driver

        prompts = Answers(answers)
        given = Given("127.0.0.1", self.port, PASSWORD, called, 100)
        if answers:
            given = Given(None, None, None, None, 100)
        return ChatWindow(self.root(), prompts, join_room, given, self.memory), prompts

    def enter(self, name: str = "Ana") -> ChatWindow:
        """Open a chat window, and be in the room."""
        window, _ = self.chat(name)
        self.pump(lambda: window.stage is joining.Stage.CHATTING)
        return window

    def say(self, window: ChatWindow, text: str) -> None:
        """Write, and send it."""
        window.chat.composer.write(text)
        press(window.root, "Send")


class Answers:
    """Prompts that answer by themselves and keep what they were told."""

    def __init__(self, answers: dict[str, list[Any]]) -> None:
        self._answers = answers
        self.asked: list[Prompt] = []

    @property
    def problems(self) -> list[str]:
        """What was wrong, as each question said it."""
        return [prompt.problem for prompt in self.asked]

    def __call__(self, prompt: Prompt) -> Reply:
        """Answer with the next one for this question, or what is called for it.

        None cancels, and a Move is made.
        """
        self.asked.append(prompt)
        answer = self._answers[prompt.question.name.lower()].pop(0)
        answer = answer() if callable(answer) else answer
        if answer is None or isinstance(answer, Move):
            return Reply(answer or Move.CANCEL, prompt.text)
        return Reply(Move.NEXT, str(answer))


def form_filled(port: int = 8080, archive: Path = Path("archive.csv")) -> host_form.Filled:
    """Return a host's form that lacks nothing."""
    return host_form.Filled(
        "127.0.0.1", str(port), PASSWORD, "", str(archive), "Garden", name="Rosa"
    )


def _end(driver: Driver[Any], close: Callable[[Any, float], object]) -> None:
    driver.call(close)
    driver.join(10)


# What a window shows, and what a person does with it -----------------------------------


def widgets(inside: tk.Misc) -> Iterator[tk.Misc]:
    """Yield all widgets inside one."""
    for child in inside.winfo_children():
        yield child
        yield from widgets(child)


def reads(inside: tk.Misc) -> str:
    """Return what the labels say that can be seen."""
    inside.update_idletasks()
    labels = (one for one in widgets(inside) if isinstance(one, ttk.Label | ttk.LabelFrame))
    return "\n".join(str(one["text"]) for one in labels if one.winfo_viewable())


def written_on(canvas: tk.Canvas, tag: str = "all") -> list[str]:
    """Return the texts on a canvas, in the order in which they were written."""
    call, name = canvas.tk.call, str(canvas)
    texts = [one for one in canvas.find_withtag(tag) if str(call(name, "type", one)) == "text"]
    return [str(call(name, "itemcget", one, "-text")) for one in texts]


def button(inside: tk.Misc, label: str) -> ttk.Button:
    """Return the button on which this stands."""
    buttons = (one for one in widgets(inside) if isinstance(one, ttk.Button | ttk.Checkbutton))
    return next(one for one in buttons if str(one["text"]).strip() == label)  # type: ignore[return-value]


def press(inside: tk.Misc, label: str) -> None:
    """Press a button, which does nothing where it is disabled."""
    button(inside, label).invoke()


def entry(inside: tk.Misc, label: str) -> ttk.Entry:
    """Return the entry beside a label, in the same row, or below it in the next."""
    for one in widgets(inside):
        if isinstance(one, ttk.Label) and one["text"] == label:
            row = int(one.grid_info()["row"])
            near = one.master.grid_slaves(row=row) + one.master.grid_slaves(row=row + 1)
            return next(other for other in near if isinstance(other, ttk.Entry))
    raise AssertionError(f"no field {label!r}")


def fill(inside: tk.Misc, label: str, text: str) -> None:
    """Write something else into a field."""
    field = entry(inside, label)
    field.delete(0, "end")
    field.insert(0, text)


def text_of(inside: tk.Misc) -> tk.Text:
    """Return the Text inside a part of a window."""
    return next(one for one in widgets(inside) if isinstance(one, tk.Text))


def click_on(text: tk.Text, words: str) -> None:
    """Click on these words of a Text."""
    place = text.search(words, "1.0")
    text.see(place)
    text.update_idletasks()
    box = text.bbox(place)
    assert box is not None, f"{words!r} is not in view"
    for event in ("<Motion>", "<Button-1>", "<ButtonRelease-1>"):
        text.event_generate(event, x=box[0] + 2, y=box[1] + 2)


def close(root: tk.Tk) -> None:
    """Close a window, as its frame's button does."""
    root.tk.call(root.protocol("WM_DELETE_WINDOW"))


def is_closed(root: tk.Tk) -> bool:
    """Tell whether a window has gone."""
    try:
        return not root.winfo_exists()
    except tk.TclError:
        return True


def shows(window: Window, text: str) -> Callable[[], bool]:
    """Return a condition: the conversation shows this text."""
    view = window.chat.view if isinstance(window, ChatWindow) else window.history.view
    return lambda: text in view.content()


def made_entries(first: int, last: int, *, name: str = "Budi", day: int = 1) -> list[Entry]:
    """Return entries of one day, with these numbers."""
    return [
        Entry(seq, f"2026-01-{day:02}T12:00:00Z", name, f"text {seq}.", f"x-{seq}")
        for seq in range(first, last + 1)
    ]
