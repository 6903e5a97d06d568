"""Both windows on a real Tk, in this process: fields, buttons, and what they show."""

import contextlib
import csv
import gc
import shutil
import tempfile
import time
import unittest
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from chatroom.network.driver import Driver
from chatroom.protocol.entries import Entry
from chatroom.server.room import Room
from chatroom.settings import Given
from tests.tools.processes import PASSWORD, archived, display, free_port

try:
    import tkinter as tk
    from tkinter import messagebox

    import client
    import server
    from chatroom.windows import theme
    from chatroom.windows.chat_window import ChatWindow, Stage
    from chatroom.windows.host_window import ServerWindow
    from chatroom.windows.host_window import Stage as ServerStage
    from chatroom.windows.prompts import Prompts
except ImportError as error:
    raise unittest.SkipTest(f"no tkinter: {error}") from None


class WindowTest(unittest.TestCase):
    """A test with a display, and windows whose callbacks may not raise."""

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
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.archive = self.folder / "archive.csv"
        self.port = free_port()
        self.roots: list[tk.Tk] = []
        self.addCleanup(self.close_all)

    def close_all(self) -> None:
        for root in self.roots:
            with contextlib.suppress(tk.TclError):
                root.destroy()
        self.roots.clear()
        gc.collect()

    def root(self) -> tk.Tk:
        root = theme.make_root("Test", "900x650")
        self.roots.append(root)
        root.report_callback_exception = self.failed
        return root

    def failed(self, kind: type, error: BaseException, trace: Any) -> None:
        raise AssertionError("a callback raised") from error

    def pump(self, done: Callable[[], object], seconds: float = 20.0) -> None:
        """Run the windows until something has happened."""
        until = time.monotonic() + seconds
        while not done():
            self.assertLess(time.monotonic(), until, "it never happened")
            for root in self.roots:
                with contextlib.suppress(tk.TclError):
                    root.update()
            time.sleep(0.002)  # the drivers' threads need the processor too

    # The two windows ---------------------------------------------------------------

    def host(self, *, start: bool = True) -> ServerWindow:
        def open_room(host: str, port: int, password: str) -> Driver[Room]:
            return server.host_room(self.archive, "default", host, port, password)

        window = ServerWindow(self.root(), open_room, "127.0.0.1", self.port, PASSWORD)
        self.addCleanup(self.stop, window)
        if start:
            window._start_button.invoke()
            self.pump(lambda: window._stage is ServerStage.RUNNING)
        return window

    def stop(self, window: ServerWindow) -> None:
        driver = window._driver
        if driver is not None:
            driver.call(Room.close)
            driver.join(10)

    def chat(self, called: str = "Ana", **answers: list[Any]) -> "tuple[ChatWindow, Answers]":
        prompts = Answers(answers)
        given = Given("127.0.0.1", self.port, PASSWORD, called, 100)
        if answers:
            given = Given(None, None, None, None, 100)
        window = ChatWindow(self.root(), prompts, client.join_room, given)
        self.addCleanup(self.leave, window)
        return window, prompts

    def leave(self, window: ChatWindow) -> None:
        driver = window._driver
        if driver is not None:
            driver.call(lambda member, now: member.leave(now))
            driver.join(10)

    def enter(self, name: str = "Ana") -> ChatWindow:
        window, _ = self.chat(name)
        self.pump(lambda: window._stage is Stage.CHATTING)
        return window

    def type(self, window: ChatWindow, text: str) -> None:
        window._input.insert("1.0", text)
        window._input.event_generate("<<Modified>>")
        window._send_button.invoke()


def is_closed(root: tk.Tk) -> bool:
    """Tell whether a window has gone."""
    try:
        return not root.winfo_exists()
    except tk.TclError:
        return True


def shows(window: ChatWindow, text: str) -> Callable[[], bool]:
    """Return a condition: the conversation shows this text."""
    return lambda: text in window._transcript.content()


class Answers:
    """Prompts that answer by themselves and keep what they were told."""

    def __init__(self, answers: dict[str, list[Any]]) -> None:
        self._answers = answers
        self.problems: list[str] = []

    def _next(self, field: str, problem: str = "") -> Any:
        self.problems.append(problem)
        return self._answers[field].pop(0)

    def server(self, initial: str = "", problem: str = "") -> str | None:
        answer: str | None = self._next("server", problem)
        return answer

    def port(self, initial: str = "") -> int | None:
        answer: int | None = self._next("port")
        return answer

    def password(self, problem: str = "") -> str | None:
        answer: str | None = self._next("password", problem)
        return answer

    def name(self, initial: str = "", problem: str = "") -> str | None:
        answer: str | None = self._next("name", problem)
        return answer


class HostsForm(WindowTest):
    def test_each_wrong_field_is_explained_and_the_form_stays_filled(self) -> None:
        window = self.host(start=False)
        for field, value, words in (
            (window._host, "", "please type one"),
            (window._host, "10.1.2", "is not an IP address"),
            (window._port, "eighty", "is not a number"),
            (window._port, "70000", "1 to 65535"),
            (window._port, "0", "1 to 65535"),
            (window._password, "", "Password: please type one"),
            (window._allowed, "10.0.0.0/8, nonsense", "'nonsense' is neither"),
        ):
            with self.subTest(value):
                before = field.get()
                field.set(value)
                window._start_button.invoke()
                self.assertIn(words, str(window._problem["text"]))
                self.assertEqual(field.get(), value)
                self.assertIs(window._stage, ServerStage.STOPPED)
                field.set(before)

    def check_cannot_start(self, window: ServerWindow, words: str) -> None:
        window._start_button.invoke()
        self.pump(lambda: window._stage is ServerStage.STOPPED)
        self.assertIn(words, str(window._problem["text"]))
        self.assertEqual(str(window._start_button["state"]), "normal")

    def test_what_the_system_refuses_is_explained(self) -> None:
        self.host()
        second = self.host(start=False)
        self.check_cannot_start(second, f"Port {self.port} is in use")
        second._port.set(str(free_port()))
        self.check_cannot_start(second, "in use by another server")
        second._host.set("192.0.2.77")
        self.check_cannot_start(second, "not an address of this computer")
        second._host.set("127.0.0.1")
        self.archive = self.folder / "missing" / "archive.csv"
        self.check_cannot_start(second, "cannot be opened")

    def test_password_is_dots_until_shown(self) -> None:
        window = self.host(start=False)
        self.assertEqual(window._password_entry["show"], "\u2022")
        window._shows.set(True)
        window._show_password()
        self.assertEqual(window._password_entry["show"], "")

    def test_stop_frees_the_port_and_start_works_again(self) -> None:
        window = self.host()
        stop = next(b for b in window._running_buttons if b["text"] == "Stop Server")
        for _ in range(2):
            stop.invoke()
            self.pump(lambda: window._stage is ServerStage.STOPPED)
            window._start_button.invoke()
            self.pump(lambda: window._stage is ServerStage.RUNNING)

    def test_address_is_copied(self) -> None:
        window = self.host()
        window._copy_address()
        self.assertEqual(window._root.clipboard_get(), "127.0.0.1")


class Conversation(WindowTest):
    def test_people_history_and_log_follow_what_happens(self) -> None:
        host = self.host()
        ana = self.enter()
        self.type(ana, "hello \U0001f600")
        self.pump(lambda: "hello \U0001f600" in host._transcript.content())
        self.assertEqual(list(host._people), ["Ana"])
        self.assertIn("Ana joined from 127.0.0.1", host._log.get("1.0", "end"))
        self.assertNotIn("hello", host._log.get("1.0", "end"))
        self.pump(lambda: "stored" in ana._transcript.content())
        self.assertEqual(ana._waiting, [])
        self.assertEqual(archived(self.archive)[0]["Message"], "hello \U0001f600")

    def test_history_comes_first_and_earlier_messages_on_request(self) -> None:
        with open(self.archive, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("Room", "Username", "Message"))
            rows.writerows(("r", "Siti", f"pesan {n}.") for n in range(250))
        self.host()
        ana = self.enter()
        self.pump(lambda: "pesan 249." in ana._transcript.content())
        self.assertNotIn("pesan 149.", ana._transcript.content())
        for oldest in (50, 0):
            self.assertIn("Show earlier", ana._transcript.content())
            ana._fetch_earlier()
            self.pump(shows(ana, f"pesan {oldest}."))
        self.assertNotIn("Show earlier", ana._transcript.content())
        shown = [line for line in ana._transcript.content().split("\n") if "pesan" in line]
        self.assertEqual(shown, [f"pesan {n}." for n in range(250)])

    def test_empty_lines_are_not_sent_and_pasted_pages_stay_whole(self) -> None:
        self.host()
        ana = self.enter()
        self.type(ana, "   \n ")
        page = "\n".join(f"line {n} of a page" for n in range(40))
        self.type(ana, page)
        self.pump(lambda: len(self.messages()) == 1)
        self.assertEqual(self.messages(), [page])

    def messages(self) -> list[str]:
        if not self.archive.exists():
            return []
        from chatroom.archive.rows import decode_row

        lines = self.archive.read_bytes().split(b"\n")[1:-1]
        entries = [decode_row(line + b"\n", 1) for line in lines]
        return [entry.text for entry in entries if isinstance(entry, Entry)]

    def test_messages_wait_while_the_server_is_away_and_then_are_stored(self) -> None:
        host = self.host()
        ana = self.enter()
        host._stop()
        self.pump(lambda: host._stage is ServerStage.STOPPED)
        self.pump(lambda: "reconnecting" in str(ana._connection["text"]))
        self.type(ana, "meanwhile")
        self.pump(lambda: "waiting" in ana._transcript.content())
        host._start_button.invoke()
        self.pump(lambda: self.messages() == ["meanwhile"])
        self.pump(lambda: "waiting" not in ana._transcript.content())
        self.assertEqual(ana._connection["text"], "connected")

    def test_view_stays_where_somebody_reads(self) -> None:
        self.host()
        ana, budi = self.enter("Ana"), self.enter("Budi")
        self.type(ana, "\n".join(f"line {n}" for n in range(60)))
        self.pump(lambda: "line 59" in budi._transcript.content())
        text = budi._transcript._text
        self.pump(lambda: text.yview()[1] >= 1.0)
        text.yview_moveto(0.0)
        top = text.index("@0,0")
        self.type(ana, "a new one")
        self.pump(lambda: "a new one" in budi._transcript.content())
        self.pump(lambda: budi._transcript._jump.winfo_ismapped())
        self.assertEqual(text.index("@0,0"), top)
        budi._transcript._jump.invoke()
        self.pump(lambda: text.yview()[1] >= 1.0)

    def test_exit_leaves_and_frees_the_name(self) -> None:
        host = self.host()
        ana = self.enter()
        self.type(ana, "exit")
        self.pump(lambda: not host._people)
        self.pump(lambda: is_closed(ana._root))
        self.assertEqual(self.messages(), [])

    def test_closing_with_unsent_messages_asks_first(self) -> None:
        host = self.host()
        ana = self.enter()
        host._stop()
        self.pump(lambda: host._stage is ServerStage.STOPPED)
        self.type(ana, "unsent")
        self.pump(lambda: ana._waiting)
        with mock.patch.object(messagebox, "askyesno", return_value=False) as asked:
            ana._close()
        self.assertIn("1 of your messages", asked.call_args.args[1])
        self.assertFalse(is_closed(ana._root))


class HostsControl(WindowTest):
    def select(self, host: ServerWindow, name: str) -> None:
        self.pump(lambda: name in host._people)
        rows = host._list.get_children()
        host._list.selection_set([row for row in rows if host._list.set(row, "name") == name])

    def test_a_removed_person_is_told(self) -> None:
        host = self.host()
        ana = self.enter()
        self.select(host, "Ana")
        host._remove()
        self.pump(lambda: ana._stage is Stage.ENDED)
        self.assertIn("removed you", ana._transcript.content())
        self.assertEqual(str(ana._input["state"]), "disabled")
        self.pump(lambda: not host._people)

    def test_a_changed_password_is_asked_for(self) -> None:
        host = self.host()
        ana, prompts = self.chat(
            server=["127.0.0.1"],
            port=[self.port],
            password=[PASSWORD, "new one"],
            name=["Ana"],
        )
        self.pump(lambda: ana._stage is Stage.CHATTING)
        host._password.set("new one")
        host._change_password()
        self.pump(shows(ana, "back in the room default"))
        self.assertIn("password", prompts.problems[-1])

    def test_a_blocked_address_is_put_out(self) -> None:
        host = self.host()
        ana = self.enter()
        self.select(host, "Ana")
        with mock.patch.object(messagebox, "askyesno", return_value=True):
            host._block()
        self.pump(lambda: ana._stage is Stage.ENDED)
        budi, _ = self.chat("Budi")
        self.pump(lambda: "does not let" in str(budi._advice["text"]))
        self.pump(lambda: "not allowed" in host._log.get("1.0", "end"))


class Joining(WindowTest):
    def test_wrong_password_and_taken_name_are_asked_again(self) -> None:
        self.host()
        self.enter("Ana")
        window, prompts = self.chat(
            server=["127.0.0.1"],
            port=[self.port],
            password=["wrong", PASSWORD],
            name=["ANA", "Budi"],
        )
        self.pump(lambda: window._stage is Stage.CHATTING)
        self.assertIn("wrong", prompts.problems[4])
        self.assertIn("'ANA' is taken", prompts.problems[5])
        self.assertEqual(window._settings.name, "Budi")

    def test_cancel_at_any_prompt_ends_quietly(self) -> None:
        for field in ("server", "port", "password", "name"):
            answers: dict[str, list[Any]] = {"server": ["127.0.0.1"]}
            answers |= {"port": [self.port], "password": [PASSWORD], "name": ["Ana"]}
            answers[field] = [None]
            window, _ = self.chat("", **answers)
            self.pump(partial(is_closed, window._root))

    def test_no_answer_names_the_causes_and_the_address_can_be_corrected(self) -> None:
        self.host()
        window, _ = self.chat(
            server=["127.0.0.1", "127.0.0.1"],
            port=[free_port(), self.port],
            password=[PASSWORD],
            name=["Ana"],
        )
        self.pump(lambda: "firewall" in str(window._advice["text"]))
        for cause in ("address", "port", "VPN"):
            self.assertIn(cause, str(window._advice["text"]))
        window._ask_address()
        self.pump(lambda: window._stage is Stage.CHATTING)

    def test_unknown_host_is_explained_and_asked_again(self) -> None:
        self.host()
        window, prompts = self.chat(
            server=["no.such.host.invalid", "127.0.0.1"],
            port=[self.port, self.port],
            password=[PASSWORD],
            name=["Ana"],
        )
        self.pump(lambda: window._stage is Stage.CHATTING, 40)
        self.assertIn("no computer with the name", prompts.problems[4])


class Dialogs(WindowTest):
    """The real simpledialog, answered as a person would."""

    def test_a_bad_answer_is_explained_inside_the_next_dialog(self) -> None:
        root = self.root()
        root.withdraw()
        answers = iter(("eighty", "8080"))
        questions: list[tuple[str, str]] = []

        def answer() -> None:
            dialogs: list[Any] = [
                one for one in root.winfo_children() if one.winfo_class() == "Toplevel"
            ]
            if not dialogs:
                root.after(20, answer)
                return
            texts = self.labels(dialogs[0])
            entry = dialogs[0].entry
            questions.append((texts, entry.get()))
            entry.delete(0, "end")
            entry.insert(0, next(answers))
            dialogs[0].ok()
            if len(questions) < 2:
                root.after(20, answer)

        root.after(20, answer)
        self.assertEqual(Prompts(root).port("8080"), 8080)
        self.assertIn("'eighty' is not a number", questions[1][0])
        self.assertEqual(questions[1][1], "eighty")

    def labels(self, widget: tk.Misc) -> str:
        own = str(widget["text"]) if widget.winfo_class() == "Label" else ""
        return own + "".join(self.labels(child) for child in widget.winfo_children())


if __name__ == "__main__":
    unittest.main()
