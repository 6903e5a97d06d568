"""The questions before the chat as real dialogs, answered by keyboard."""

import functools
import sys
import time
import tkinter as tk
import unittest
from collections.abc import Callable
from typing import Any
from unittest import mock

import client
from chatroom import words
from chatroom.remembered import Room
from chatroom.settings import Given, Settings
from chatroom.windows import mnemonics, prompts, theme
from chatroom.windows.asking import Asking, Move, Prompt, Question, Reply
from chatroom.windows.chat_window import ChatWindow
from chatroom.windows.joining import Stage
from chatroom.words import languages
from chatroom.words.languages import Language
from tests.tools import nasty
from tests.tools.processes import PASSWORD
from tests.tools.windows import (
    RoomTest,
    WindowTest,
    button,
    close,
    is_closed,
    press,
    reads,
    widgets,
)

NOTHING = Given(None, None, None, None, 100)
RECENT = (
    Room("192.168.1.20", 9000, "Ana", "Garden"),
    Room("office.example", 8080, "Ana Lindqvist", "Office"),
    Room("fd00::20", 8081, "", ""),
)
Step = Callable[[Any], None]


def prompt(question: Question, **fields: Any) -> Prompt:
    """Return a question in the middle of others."""
    usual = Prompt(question, "", "", 2, 4, has_back=True, is_last=False, recent=())
    return usual._replace(**fields)


def keys(*names: str) -> Step:
    """Return a step that presses keys on whatever has the keyboard."""

    def do(dialog: Any) -> None:
        for name in names:
            focused(dialog).event_generate(f"<{name}>")
            if not dialog.winfo_exists():
                break
            dialog.update()

    return do


def typed(text: str, *names: str, press: str = "") -> Step:
    """Return a step that types over what is selected, and presses keys or a button."""

    def do(dialog: Any) -> None:
        for character in text:
            at = focused(dialog)
            if character.isascii():
                at.event_generate("<Key>", keysym=KEYS.get(character, character))
            else:  # no key of every keyboard
                at.insert("insert", character)
        keys(*names)(dialog)
        if press:
            button(dialog, press).invoke()

    return do


KEYS = {
    ".": "period",
    ":": "colon",
    " ": "space",
    "/": "slash",
    "&": "ampersand",
    "\u00df": "ssharp",
}


class PromptTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.window.withdraw()
        self.seen: list[str] = []
        self.has_window_behind: list[bool] = []
        self.next_look = ""

    def plan(self, *steps: Step) -> None:
        """Do these, one after another, each with the dialog that is open then.

        One that is open when all is done is cancelled: the test fails, rather than waits.
        """
        waiting = list(steps)

        def look() -> None:
            dialog = self.dialog()
            if dialog is not None and dialog.winfo_viewable():
                self.prepare(dialog)
                try:
                    (waiting.pop(0) if waiting else cancel)(dialog)
                except BaseException:
                    cancel(dialog)
                    raise
            if not is_closed(self.window):
                self.next_look = self.window.after(20, look)

        if self.next_look:
            self.window.after_cancel(self.next_look)
        self.next_look = self.window.after(20, look)
        self.window.bind("<Destroy>", self.stop_looking)

    def stop_looking(self, event: "tk.Event[Any]") -> None:
        if event.widget is self.window:
            self.window.after_cancel(self.next_look)

    def prepare(self, dialog: Any) -> None:
        """Give a dialog the keyboard, as a window manager would; keep what it says."""
        dialog.focus_force()
        dialog.initial_focus.focus_force()
        dialog.update()
        self.seen.append(reads(dialog))
        self.has_window_behind.append(bool(self.window.winfo_viewable()))

    def dialog(self) -> Any:
        return next((one for one in self.window.winfo_children() if is_dialog(one)), None)

    def ask(self, question: Prompt, *steps: Step) -> Reply:
        self.plan(*steps)
        return prompts.ask(self.window, question)


def focused(dialog: Any) -> Any:
    """Return what has the keyboard; a window manager may hand it on late."""
    until = time.monotonic() + 5
    while dialog.focus_get() is None and time.monotonic() < until:
        dialog.focus_lastfor().focus_force()
        dialog.update()
    return dialog.focus_get() or dialog


def cancel(dialog: Any) -> None:
    dialog.cancel()


def is_dialog(widget: tk.Misc) -> bool:
    return isinstance(widget, tk.Toplevel)


def field(dialog: Any) -> tk.Entry:
    """Return the entry of a dialog."""
    return next(one for one in widgets(dialog) if one.winfo_class() == "TEntry")  # type: ignore[return-value]


class Answers(PromptTest):
    def test_enter_takes_what_stands_there(self) -> None:
        reply = self.ask(prompt(Question.PORT, text="9000"), keys("Return"))
        self.assertEqual(reply, Reply(Move.NEXT, "9000"))

    def test_what_stands_there_is_selected_and_typed_over(self) -> None:
        reply = self.ask(prompt(Question.PORT, text="9000"), typed("8080", "Return"))
        self.assertEqual(reply, Reply(Move.NEXT, "8080"))

    def test_escape_cancels(self) -> None:
        self.assertIs(self.ask(prompt(Question.NAME), keys("Escape")).move, Move.CANCEL)

    def test_closing_the_window_cancels(self) -> None:
        reply = self.ask(
            prompt(Question.NAME),
            lambda dialog: dialog.tk.call(dialog.protocol("WM_DELETE_WINDOW")),
        )
        self.assertIs(reply.move, Move.CANCEL)

    def test_going_back_keeps_what_stands_there_good_or_not(self) -> None:
        for step in (
            typed("90x", "Alt-Left"),
            typed("90x", "Alt-b"),
            typed("90x", "Tab", "space"),
            typed("90x", "Tab", "Return"),
            typed("90x", press="Back"),
        ):
            reply = self.ask(prompt(Question.PORT, text="9000"), step)
            self.assertEqual(reply, Reply(Move.BACK, "90x"))

    def test_letters_and_the_tab_key_reach_every_button(self) -> None:
        for step, move in (
            (keys("Alt-n"), Move.NEXT),
            (keys("Alt-c"), Move.CANCEL),
            (keys("Tab", "Tab", "Return"), Move.CANCEL),
            (keys("Tab", "Tab", "Tab", "Return"), Move.NEXT),
        ):
            self.assertIs(self.ask(prompt(Question.PORT, text="9000"), step).move, move)

    def test_there_is_a_way_back_only_where_something_was_asked_before(self) -> None:
        first = prompt(Question.ADDRESS, text="a", has_back=False, step=1)
        reply = self.ask(first, keys("Alt-Left", "Alt-b", "Return"))
        self.assertIs(reply.move, Move.NEXT)
        self.assertNotIn("Back", reads(self.window))

    def test_the_program_can_end_while_a_question_is_open(self) -> None:
        reply = self.ask(prompt(Question.NAME), lambda _: self.window.destroy())
        self.assertIs(reply.move, Move.CANCEL)


class Keyboard(PromptTest):
    def fields_with_keyboard(self) -> list[bool]:
        """Ask twice while another program has the keyboard; tell whether the field gets it."""
        other = self.root()
        self.pump(other.winfo_viewable)
        had: list[bool] = []

        def look() -> None:
            dialog = self.dialog()
            had.append(dialog.focus_displayof() == field(dialog))
            cancel(dialog)

        for problem in ("", "The password is wrong."):
            other.focus_force()
            self.pump(lambda: other.focus_get() is other and not self.window.focus_displayof())
            self.window.after(500, look)
            prompts.ask(self.window, prompt(Question.PASSWORD, problem=problem))
        return had

    def test_the_field_has_it_also_where_another_window_had_it(self) -> None:
        self.window.withdraw()  # as long as one is not in the room
        self.assertEqual(self.fields_with_keyboard(), [True, True])

    def test_the_field_takes_it_from_the_window_below(self) -> None:
        self.window.deiconify()
        self.window.update()
        other = self.root()
        had: list[bool] = []

        def look() -> None:
            dialog = self.dialog()
            other.focus_force()
            self.pump(lambda: other.focus_get() is other and not dialog.focus_displayof())
            self.window.focus_force()  # as a click does
            self.pump(lambda: dialog.focus_displayof() == field(dialog))
            had.append(True)
            cancel(dialog)

        self.window.after(500, look)
        prompts.ask(self.window, prompt(Question.PASSWORD, problem="It is another now."))
        self.assertEqual(had, [True])

    @unittest.skipIf(sys.platform == "win32", "there a new window has the keyboard by itself")
    def test_who_is_in_the_room_is_not_interrupted_elsewhere(self) -> None:
        self.window.deiconify()
        self.window.update()
        _, again = self.fields_with_keyboard()  # at first the keyboard is with the pointer here
        self.assertFalse(again)


class Problems(PromptTest):
    def test_a_bad_answer_is_explained_where_it_stands(self) -> None:
        steps = typed("eighty", "Return"), typed("8080", "Return")
        self.assertEqual(self.ask(prompt(Question.PORT), *steps).text, "8080")
        first, second = self.seen
        self.assertNotIn("eighty", first)
        self.assertIn("'eighty' is not a number", second)

    def test_what_is_wrong_gets_room_of_its_own(self) -> None:
        heights: list[int] = []

        def look(dialog: Any) -> None:
            dialog.update()
            heights.append(dialog.winfo_reqheight())
            keys("Return")(dialog)

        for question in (Question.PORT, Question.PASSWORD):
            self.ask(prompt(question), look, look, keys("Escape"))
            self.assertGreater(heights.pop() - heights.pop(), 15)

    def test_a_bad_answer_stays_to_be_corrected(self) -> None:
        def correct(dialog: Any) -> None:
            self.assertEqual(field(dialog).get(), "80x")
            keys("End", "BackSpace", "Return")(dialog)

        reply = self.ask(prompt(Question.PORT), typed("80x", "Return"), correct)
        self.assertEqual(reply.text, "80")

    def test_what_was_wrong_is_said_until_something_else_is_typed(self) -> None:
        def mend(dialog: Any) -> None:
            self.assertIn("taken", reads(dialog))
            self.assertIn("invalid", field(dialog).state())  # type: ignore[attr-defined]
            keys("End")(dialog)
            self.assertIn("taken", reads(dialog))
            typed("2")(dialog)
            dialog.update()
            self.assertNotIn("taken", reads(dialog))
            self.assertNotIn("invalid", field(dialog).state())  # type: ignore[attr-defined]
            keys("Return")(dialog)

        taken = prompt(Question.NAME, text="Ana", problem="The name is taken.")
        self.assertEqual(self.ask(taken, mend).text, "Ana2")

    def test_a_pasted_invitation_stands_in_one_line(self) -> None:
        def paste(dialog: Any) -> None:
            dialog.clipboard_clear()
            dialog.clipboard_append("Address: 10.0.0.1\nPort: 900\n")
            focused(dialog).event_generate("<<Paste>>")
            typed("1", "Return")(dialog)

        reply = self.ask(prompt(Question.ADDRESS, text="typed\nbefore"), paste)
        self.assertEqual(reply.text, "Address: 10.0.0.1 Port: 9001")

    def test_enter_waits_for_an_address_that_is_pasted(self) -> None:
        def paste(dialog: Any) -> None:
            def hand_over(*_: object) -> str:
                typed("1", "Return", "Return")(dialog)  # the second finds it closed
                return "10.0.0."

            with mock.patch("chatroom.windows.keys.clipboard", hand_over):
                focused(dialog).event_generate("<<Paste>>")

        reply = self.ask(prompt(Question.ADDRESS, text="192.0.2.1"), paste)
        self.assertEqual(reply.text, "10.0.0.1")

    def test_each_question_has_its_check(self) -> None:
        for question, bad, good in (
            (Question.ADDRESS, "a/b", "10.0.0.1:9000"),
            (Question.PASSWORD, "", "a password"),
            (Question.NAME, "System", "Ana"),
        ):
            with self.subTest(question):
                reply = self.ask(prompt(question), typed(bad, "Return"), typed(good, "Return"))
                self.assertEqual(reply, Reply(Move.NEXT, good))

    def test_what_was_wrong_before_is_said(self) -> None:
        self.ask(prompt(Question.NAME, text="Ana", problem="The name is taken."), keys("Escape"))
        self.assertIn("The name is taken.", self.seen[0])

    def test_whatever_is_pasted_leaves_the_buttons_on_the_screen(self) -> None:
        def look(dialog: Any) -> None:
            self.assertLess(dialog.winfo_reqheight(), dialog.winfo_screenheight() * 0.8)
            self.assertLess(dialog.winfo_reqwidth(), dialog.winfo_screenwidth() * 0.8)
            keys("Escape")(dialog)

        for text in ("x" * 1_000, "x " * 1_000, "\n".join(nasty.ALL)):
            for question in (Question.ADDRESS, Question.PORT):
                with self.subTest(question=question, text=text[:20]):
                    self.ask(prompt(question, text=text + "/"), keys("Return"), look)


class Words(PromptTest):
    def test_title_hint_and_step(self) -> None:
        self.ask(prompt(Question.ADDRESS), keys("Escape"))
        for text in ("Address of the server", "192.168.1.20:8080", "Step 2 of 4"):
            self.assertIn(text, self.seen[0])

    def test_a_question_asked_alone_is_no_step(self) -> None:
        self.ask(prompt(Question.PASSWORD, step=1, steps=1), keys("Escape"))
        self.assertNotIn("Step", self.seen[0])

    def test_the_last_button_says_what_it_does(self) -> None:
        for is_last, label in ((False, "Next"), (True, "Join")):
            self.ask(
                prompt(Question.PORT, text="1", is_last=is_last),
                lambda dialog, label=label: press(dialog, label),  # type: ignore[misc]
            )

    def test_indonesian(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        languages.use(Language.INDONESIAN)
        reply = self.ask(prompt(Question.PASSWORD), keys("Return"), keys("Alt-k"))
        self.assertIs(reply.move, Move.BACK)
        self.assertIn("Kata sandi ruang", self.seen[0])
        self.assertIn("Langkah 2 dari 4", self.seen[0])
        self.assertIn("silakan ketik", self.seen[1])

    def test_two_letters_of_a_dialog_are_never_the_same(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        for language in Language:
            languages.use(language)
            for question in Question:
                for is_last in (False, True):
                    asked = prompt(question, text="1", is_last=is_last)
                    if question is Question.ADDRESS:
                        asked = asked._replace(recent=RECENT)
                    found: list[str] = []

                    def look(dialog: Any, found: list[str] = found) -> None:
                        found += filter(None, map(mnemonics.letter, widgets(dialog)))
                        keys("Escape")(dialog)

                    self.ask(asked, look)
                    self.assertGreaterEqual(len(found), 3)
                    self.assertEqual(len(found), len(set(found)), (language, question, found))


class Password(PromptTest):
    def test_it_stands_as_dots_until_it_is_to_be_seen(self) -> None:
        shown: list[str] = []

        def look(dialog: Any) -> None:
            shown.append(str(field(dialog)["show"]))
            keys("Alt-s")(dialog)
            shown.append(str(field(dialog)["show"]))
            button(dialog, "Show the password").invoke()
            shown.append(str(field(dialog)["show"]))
            keys("Return")(dialog)

        reply = self.ask(prompt(Question.PASSWORD, text="a secret"), look)
        self.assertEqual(shown, ["\u2022", "", "\u2022"])
        self.assertEqual(reply.text, "a secret")

    def test_other_answers_can_be_read(self) -> None:
        def look(dialog: Any) -> None:
            self.assertEqual(str(field(dialog)["show"]), "")
            keys("Escape")(dialog)

        self.ask(prompt(Question.NAME, text="Ana"), look)


class RecentRooms(PromptTest):
    def test_one_is_chosen_by_keyboard(self) -> None:
        for names, expected in (
            (("Down", "Return"), "192.168.1.20:9000"),
            (("Down", "Down", "Return"), "office.example:8080"),
            (("Alt-r", "Down", "Down", "Down", "Return"), "[fd00::20]:8081"),
            (("Down", "Down", "Up", "Up", "Return"), "192.168.1.20:9000"),
        ):
            with self.subTest(names):
                reply = self.ask(prompt(Question.ADDRESS, recent=RECENT), keys(*names))
                self.assertEqual(reply, Reply(Move.NEXT, expected))

    def test_the_way_up_leads_back_to_what_can_be_typed(self) -> None:
        reply = self.ask(
            prompt(Question.ADDRESS, recent=RECENT), keys("Down", "Up"), typed("a.b", "Return")
        )
        self.assertEqual(reply.text, "a.b")

    def test_each_says_what_is_known_of_it(self) -> None:
        rows: list[Any] = []

        def look(dialog: Any) -> None:
            table = next(one for one in widgets(dialog) if one.winfo_class() == "Treeview")
            rows.extend(table.item(row)["values"] for row in table.get_children())  # type: ignore[attr-defined]
            keys("Escape")(dialog)

        self.ask(prompt(Question.ADDRESS, recent=RECENT), look)
        self.assertEqual(rows[0], ["192.168.1.20:9000", "Garden \u00b7 as Ana"])
        self.assertEqual(rows[2], ["[fd00::20]:8081", ""])

    def test_more_than_fit_and_any_name_leave_the_dialog_its_size(self) -> None:
        sizes: list[tuple[int, int]] = []

        def look(dialog: Any) -> None:
            sizes.append((dialog.winfo_reqwidth(), dialog.winfo_reqheight()))
            keys("Alt-r", "End", "Return")(dialog)

        rooms = [Room(f"host-{n}", 8080, "Ana", "Garden") for n in range(50)]
        self.ask(prompt(Question.ADDRESS, recent=rooms), look)
        texts = [text for text in nasty.ALL if text.isprintable()]
        odd = [Room("x" * 250, n + 1, text, text) for n, text in enumerate(texts)]
        self.ask(prompt(Question.ADDRESS, recent=odd), look)
        self.assertEqual(sizes[0], sizes[1])

    def test_a_single_one_stands_in_the_field_already(self) -> None:
        self.ask(prompt(Question.ADDRESS, recent=RECENT[:1]), keys("Escape"))
        self.assertNotIn("Recent", self.seen[0])


class Sizes(PromptTest):
    def test_the_dialog_stands_in_the_middle_of_the_screen(self) -> None:
        def look(dialog: Any) -> None:
            left, top = dialog.winfo_rootx(), dialog.winfo_rooty()
            width, height = dialog.winfo_width(), dialog.winfo_height()
            self.assertAlmostEqual(left + width / 2, dialog.winfo_screenwidth() / 2, delta=20)
            self.assertAlmostEqual(top + height / 2, dialog.winfo_screenheight() / 2, delta=40)
            keys("Escape")(dialog)

        self.ask(prompt(Question.ADDRESS, recent=RECENT), look)

    def test_the_dialog_fits_a_small_screen_at_200_percent(self) -> None:
        self.window, self.next_look = theme.make_root("T", "900x650", dark=False, scale=2.0), ""
        self.roots.append(self.window)
        self.window.withdraw()
        tables: list[int] = []

        def look(dialog: Any) -> None:
            self.assertLess(dialog.winfo_reqheight(), height * 0.9)
            self.assertLessEqual(dialog.winfo_reqwidth(), width)
            tables.append(sum(one.winfo_class() == "Treeview" for one in widgets(dialog)))
            keys("Escape")(dialog)

        no_answer = words.no_answer("192.168.1.20 port 8080")
        asked = prompt(Question.ADDRESS, recent=RECENT, text="192.168.1.20")
        for width, height in ((1024, 768), (1280, 1024)):
            with (
                mock.patch.object(tk.Misc, "winfo_screenwidth", return_value=width),
                mock.patch.object(tk.Misc, "winfo_screenheight", return_value=height),
            ):
                for problem in ("", no_answer):
                    self.ask(asked._replace(problem=problem), look)
        self.assertEqual(tables, [1, 0, 1, 1])


class FourEnters(PromptTest):
    """All four questions in real dialogs, as in the program."""

    def answer(self, given: Given, *steps: Step) -> Settings | None:
        self.plan(*steps)
        asking = Asking(lambda asked: prompts.ask(self.window, asked), given, RECENT)
        return asking.start()

    def test_four_enters_rejoin_one_of_them_after_the_password(self) -> None:
        enter = keys("Return")
        answers = self.answer(NOTHING, enter, enter, typed("secret", "Return"), enter)
        self.assertEqual(answers, Settings("192.168.1.20", 9000, "secret", "Ana", 100))

    def test_three_where_the_password_is_given(self) -> None:
        given = NOTHING._replace(password="secret")
        answers = self.answer(given, *[keys("Return")] * 3)
        self.assertEqual(answers, Settings("192.168.1.20", 9000, "secret", "Ana", 100))

    def test_back_and_forth(self) -> None:
        answers = self.answer(
            NOTHING,
            typed("10.0.0.1", "Return"),
            keys("Return"),
            typed("half", "Alt-Left"),
            keys("Alt-b"),
            keys("Return"),
            typed("9001", "Return"),
            keys("End", "x", "Return"),
            typed("Budi", "Return"),
        )
        self.assertEqual(answers, Settings("10.0.0.1", 9001, "halfx", "Budi", 100))


class Rejoin(PromptTest, RoomTest):
    """From the first question into the room, and again."""

    def start(self, *steps: Step) -> ChatWindow:
        """Start the client anew, answer, and be in the room."""
        self.window, self.next_look = self.root(), ""
        self.plan(*steps)
        ask = functools.partial(prompts.ask, self.window)
        chat = ChatWindow(self.window, ask, client.join_room, NOTHING, self.memory)
        self.pump(lambda: chat.stage is Stage.CHATTING)
        return chat

    def leave(self, chat: ChatWindow) -> None:
        close(chat.root)
        self.pump(lambda: is_closed(chat.root))

    def test_four_enters_rejoin(self) -> None:
        self.host()
        enter = keys("Return")
        password = typed(PASSWORD, "Return")
        first = self.start(
            typed(f"127.0.0.1:{self.port}", "Return"), password, typed("Ana", "Return")
        )
        self.leave(first)
        again = self.start(enter, enter, password, enter)
        self.assertEqual(again.conversation.name, "Ana")
        self.leave(again)

    def test_what_is_wrong_is_mended_in_its_own_question(self) -> None:
        self.host()
        self.enter("Ana")
        chat = self.start(
            typed(f"127.0.0.1:{self.port}", "Return"),
            typed("wrong one", "Return"),
            typed("Ana", "Return"),
            typed(PASSWORD, "Return"),
            typed("Budi", "Return"),
        )
        said = ["wrong" in seen or "taken" in seen for seen in self.seen]
        self.assertEqual(said, [False, False, False, True, True])
        self.assertIn("The password is wrong", self.seen[3])
        self.assertEqual(self.has_window_behind, [False] * 5)
        self.assertTrue(chat.root.winfo_viewable())
        self.assertIn("'Ana' is taken", self.seen[4])
        self.assertEqual(self.memory.recent()[0].name, "Budi")
        self.leave(chat)


if __name__ == "__main__":
    unittest.main()
