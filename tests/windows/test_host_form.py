"""The host's form: what is wrong is explained, and what is good is done."""

import unittest
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from tkinter import Misc, filedialog
from unittest import mock

from chatroom.archive.troubles import Trouble
from chatroom.network.driver import Fault
from chatroom.network.sockets import NoSocket
from chatroom.problems import Problem
from chatroom.protocol.addresses import Network
from chatroom.windows import cards, host_invitation, mnemonics, theme
from chatroom.windows.host_form import Filled, HostForm, Stage, Values
from chatroom.words import languages
from chatroom.words.languages import Language
from tests.tools.windows import WindowTest, button, entry, fill, press, reads, widgets

FILLED = Filled("127.0.0.1", "8080", "frogs", "", "a.csv", "Garden", "Rosa")

EVERY_FIELD = {
    *("Password", "Room name", "Your name"),
    *("IP address", "Port", "Allow only", "Archive"),
}
COLUMN_WIDTH, COLUMN_HEIGHT = 344, 396
"""Pixels at 100 % that the host's smallest window has for the form and the invitation."""


class Done:
    """What the form had done."""

    def __init__(self) -> None:
        self.calls: list[object] = []

    def start(self, values: Values) -> None:
        self.calls.append(values)

    def stop(self) -> None:
        self.calls.append("stop")

    def change_password(self, password: str) -> None:
        self.calls.append(password)

    def allow_only(self, networks: list[Network]) -> None:
        self.calls.append(networks)


class FormTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done = Done()
        self.form = HostForm(self.root(), self.done, FILLED)
        self.form.pack()
        self.form.show(Stage.STOPPED)
        self.form.update()

    def test_start_hands_over_what_was_given(self) -> None:
        fill(self.form, "Allow only", "10.0.0.0/8, 192.168.1.7")
        press(self.form, "Start")
        networks = [ip_network("10.0.0.0/8"), ip_network("192.168.1.7")]
        self.assertEqual(
            self.done.calls,
            [Values("127.0.0.1", 8080, "frogs", networks, Path("a.csv"), "Garden", "Rosa")],
        )

    def test_each_wrong_field_is_explained_and_the_form_stays_filled(self) -> None:
        for label, value, words in (
            ("IP address", "", "please type one"),
            ("IP address", "10.1.2", "is not an IP address"),
            ("Port", "eighty", "is not a number"),
            ("Port", "70000", "1 to 65535"),
            ("Port", "0", "1 to 65535"),
            ("Password", "", "Password: please type one"),
            ("Allow only", "10.0.0.0/8, nonsense", "'nonsense' is neither"),
            ("Archive", " ", "Archive: please choose"),
            ("Room name", "", "Room: a name has"),
            ("Your name", "", "Please type a name"),
            ("Your name", "System", "is reserved"),
        ):
            with self.subTest(value):
                before = entry(self.form, label).get()
                fill(self.form, label, value)
                press(self.form, "Start")
                self.assertIn(words, reads(self.form))
                self.assertEqual(entry(self.form, label).get(), value)
                fill(self.form, label, before)
        self.assertEqual(self.done.calls, [])

    def test_all_that_is_wrong_is_said_at_once_and_no_more_once_it_is_right(self) -> None:
        fill(self.form, "Port", "eighty")
        fill(self.form, "Password", "")
        press(self.form, "Start")
        self.assertIn("'eighty'", reads(self.form))
        self.assertIn("Password: please", reads(self.form))
        fill(self.form, "Port", "80")
        fill(self.form, "Password", "x")
        press(self.form, "Start")
        self.assertNotIn("please", reads(self.form))
        self.assertEqual(len(self.done.calls), 1)

    def test_while_the_room_is_open_only_the_field_in_question_must_be_right(self) -> None:
        fill(self.form, "Allow only", "nonsense")
        self.form.show(Stage.RUNNING)
        press(self.form, "Change")
        press(self.form, "Apply")
        self.assertEqual(self.done.calls, ["frogs"])
        self.assertIn("'nonsense' is neither", reads(self.form))
        fill(self.form, "Allow only", "")
        fill(self.form, "Password", "")
        press(self.form, "Apply")
        press(self.form, "Change")
        self.assertEqual(self.done.calls, ["frogs", []])

    def test_each_stage_says_what_it_is_and_lets_do_what_can_be_done(self) -> None:
        while_stopped, while_running = {"Start"}, {"Stop", "Change", "Apply"}
        for stage, said, buttons, fields in (
            (Stage.STOPPED, "Stopped", while_stopped, EVERY_FIELD),
            (Stage.STARTING, "Starting \u2026", set(), set()),
            (Stage.RUNNING, "Running", while_running, {"Password", "Allow only"}),
            (Stage.STOPPING, "Stopping \u2026", set(), set()),
        ):
            with self.subTest(stage):
                self.form.show(stage)
                self.assertIn(said, reads(self.form).split("\n"))
                self.assertEqual(self.enabled(while_stopped | while_running, button), buttons)
                self.assertEqual(self.enabled(EVERY_FIELD, entry), fields)

    def enabled(self, labels: set[str], find: Callable[[HostForm, str], object]) -> set[str]:
        return {one for one in labels if "disabled" not in find(self.form, one).state()}  # type: ignore[attr-defined]

    def test_what_is_wrong_is_marked_until_it_is_typed_anew(self) -> None:
        port = entry(self.form, "Port")
        for value in ("eighty", "ninety"):
            fill(self.form, "Port", value)
            self.assertFalse(port.instate(["invalid"]))
            press(self.form, "Start")
            self.assertTrue(port.instate(["invalid"]))
        self.assertIn("'ninety' is not a number", reads(self.form))
        fill(self.form, "Port", "80")
        self.assertNotIn("ninety", reads(self.form))

    def test_keyboard_goes_to_the_first_that_is_wrong(self) -> None:
        for wrong, first in (
            ({"Archive": "", "Port": ""}, "Port"),
            ({"Your name": "", "Port": "80"}, "Your name"),
            ({"Password": "", "Archive": ""}, "Password"),
        ):
            for label, value in wrong.items():
                fill(self.form, label, value)
            press(self.form, "Start")
            self.form.update()
            self.assertIs(self.form.focus_lastfor(), entry(self.form, first))
            for label in wrong:
                self.assertTrue(entry(self.form, label).winfo_viewable(), label)

    def test_what_the_system_refuses_is_said_where_it_can_be_mended(self) -> None:
        for problem, label, words in (
            (Problem(NoSocket.PORT_IN_USE, port=80), "Port", "Port 80 is in use"),
            (Problem(NoSocket.ADDRESS_NOT_OURS, host="10.0.0.1"), "IP address", "10.0.0.1 is not"),
            (Problem(Trouble.IS_FOLDER, path="a"), "Archive", "a is a folder"),
        ):
            with self.subTest(label):
                self.form.show_failure(problem)
                self.form.show(Stage.STOPPED)
                self.form.update()
                self.assertIn(words, reads(self.form))
                self.assertTrue(entry(self.form, label).instate(["invalid"]))
                self.assertIs(self.form.focus_lastfor(), entry(self.form, label))
        self.form.show_failure(Problem(Fault.UNEXPECTED, error="x"))
        self.assertIn("has a fault: x", reads(self.form))

    def test_only_a_password_is_missing_and_enter_starts(self) -> None:
        form = HostForm(self.root(), self.done, FILLED._replace(password=""))
        form.pack()
        form.update()
        password = entry(form, "Password")
        self.assertIs(form.focus_lastfor(), password)
        password.focus_force()
        form.update()
        password.insert(0, "frogs")
        password.event_generate("<Return>")
        self.assertEqual([values.password for values in self.done.calls], ["frogs"])  # type: ignore[attr-defined]

    def test_with_a_password_given_enter_starts_at_once(self) -> None:
        mnemonics.set_up(self.roots[0])
        start = button(self.form, "Start")
        self.assertIs(self.form.focus_lastfor(), start)
        start.focus_force()
        self.form.update()
        start.event_generate("<Return>")
        self.assertEqual(len(self.done.calls), 1)

    def test_less_needed_is_shown_on_wish(self) -> None:
        less = ("IP address", "Port", "Allow only", "Archive")
        for shown in (False, True, False):
            for label in less:
                self.assertEqual(entry(self.form, label).winfo_viewable(), shown, label)
            for label in ("Password", "Room name", "Your name"):
                self.assertTrue(entry(self.form, label).winfo_viewable(), label)
            press(self.form, "More settings")
            self.form.update()
        self.form.show(Stage.RUNNING)
        self.form.update()
        self.assertFalse(entry(self.form, "Allow only").winfo_viewable())
        self.form.show(Stage.STOPPED)
        self.form.update()
        self.assertTrue(entry(self.form, "Allow only").winfo_viewable())

    def test_while_the_room_is_open_the_form_is_small(self) -> None:
        self.form.show(Stage.RUNNING)
        self.form.show_running("14:02", 1, 1204)
        self.form.update()
        self.assertIn("Running since 14:02", reads(self.form))
        self.assertIn("You and 1 other  \u00b7  1,204 messages", reads(self.form))
        self.assertIn("Garden", reads(self.form))
        self.assertTrue(button(self.form, "Stop").winfo_viewable())
        for label in EVERY_FIELD:
            self.assertFalse(entry(self.form, label).winfo_viewable(), label)
        press(self.form, "Password and access")
        self.form.update()
        for label in ("Change", "Apply"):
            self.assertTrue(button(self.form, label).winfo_viewable())
        self.form.show(Stage.STOPPING)
        self.assertNotIn("14:02", reads(self.form))

    def test_how_much_of_the_archive_has_been_read_is_shown_until_it_is_open(self) -> None:
        self.form.show(Stage.STARTING)
        for percent in (0, 43, 99):
            self.form.show_read(percent)
            self.assertIn(f"Reading the archive: {percent} %", reads(self.form).split("\n"))
        self.form.show(Stage.RUNNING)
        self.assertNotIn("Reading", reads(self.form))

    def test_keyboard_is_never_at_what_cannot_be_seen(self) -> None:
        for stage in (Stage.STARTING, Stage.RUNNING, Stage.STOPPING, Stage.STOPPED):
            self.form.show(stage)
            self.form.update()
            focus = self.form.focus_lastfor()
            assert focus is not None
            self.assertTrue(focus.winfo_viewable(), stage)

    def test_tab_goes_through_the_form_from_the_top_to_the_bottom(self) -> None:
        press(self.form, "More settings")
        for stage, first, last in (
            (Stage.STOPPED, entry(self.form, "Password"), button(self.form, "Start")),
            (Stage.RUNNING, button(self.form, "More settings"), button(self.form, "Stop")),
        ):
            self.form.show(stage)
            self.form.update()
            widget: Misc | None = first
            before = 0
            while widget is not None and widget is not last:
                below = widget.winfo_rooty() + widget.winfo_height()
                self.assertGreaterEqual(below, before - 40)  # beside each other, at most
                before, widget = below, widget.tk_focusNext()
            self.assertIs(widget, last)

    def test_form_made_anew_is_filled_as_it_was(self) -> None:
        fill(self.form, "Port", "eighty")
        fill(self.form, "Allow only", "10.0.0.0/8, nonsense")
        press(self.form, "More settings")
        filled = self.form.filled()
        expected = FILLED._replace(port="eighty", allowed="10.0.0.0/8, nonsense")
        self.assertEqual(filled, expected._replace(opened=(True, False)))
        anew = HostForm(self.root(), self.done, filled)
        self.assertEqual(anew.filled(), filled)
        anew.pack()
        anew.update()
        self.assertTrue(entry(anew, "Port").winfo_viewable())

    def test_archive_is_chosen_in_a_dialog(self) -> None:
        with mock.patch.object(filedialog, "asksaveasfilename") as asked:
            for chosen, expected in (("/x/new.csv", Path("/x/new.csv")), ("", Path("/x/new.csv"))):
                asked.return_value = chosen
                press(self.form, "Choose \u2026")
                self.assertEqual(Path(entry(self.form, "Archive").get()), expected)
        self.assertIs(asked.call_args.kwargs["confirmoverwrite"], False)  # it is added to
        self.assertEqual(asked.call_args.kwargs["initialfile"], "new.csv")

    def test_letters_lead_to_fields_and_press_buttons(self) -> None:
        mnemonics.set_up(self.roots[0])
        for letter, label in (("w", "Password"), ("n", "Room name"), ("y", "Your name")):
            self.alt(letter)
            self.assertIs(self.form.focus_get(), entry(self.form, label))
        self.alt("m")
        self.form.update()
        for letter, label in (("i", "IP address"), ("o", "Port"), ("v", "Archive")):
            self.alt(letter)
            self.assertIs(self.form.focus_get(), entry(self.form, label))
        self.alt("s")
        self.assertEqual(len(self.done.calls), 1)

    def alt(self, letter: str) -> None:
        self.roots[0].focus_force()
        self.form.update()
        self.roots[0].event_generate(f"<Alt-{letter}>")
        self.form.update()

    def test_no_two_have_the_same_letter(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        for language in Language:
            languages.use(language)
            form = HostForm(self.root(), self.done, FILLED)
            letters = [one for one in map(mnemonics.letter, widgets(form)) if one]
            self.assertEqual(len(letters), len(set(letters)), letters)
            self.assertGreater(len(letters), 10)

    def test_what_was_done_is_said_where_a_problem_stood(self) -> None:
        self.form.show_problem("It went wrong.")
        self.form.show_done("It is done.")
        self.form.update()
        self.assertIn("It is done.", reads(self.form))
        self.assertNotIn("wrong", reads(self.form))

    def test_password_is_dots_until_shown(self) -> None:
        password = entry(self.form, "Password")
        for shown in ("\u2022", "", "\u2022"):
            self.assertEqual(password["show"], shown)
            press(self.form, "Show")

    def test_password_made_on_wish_is_strong_and_read_and_copied(self) -> None:
        self.assertIn("short enough to be guessed", reads(self.form))
        press(self.form, "Make a strong one")
        password = entry(self.form, "Password")
        self.assertEqual(len(password.get().split("-")), 5)
        self.assertEqual(password["show"], "")
        self.assertNotIn("guessed", reads(self.form))
        press(self.form, "Copy the password")
        self.assertEqual(self.form.clipboard_get(), password.get())
        self.assertIn("was copied", reads(self.form))
        press(self.form, "Make a strong one")
        self.assertNotEqual(self.form.clipboard_get(), password.get())

    def test_weak_password_is_told_but_not_refused(self) -> None:
        fill(self.form, "Password", "password1234")
        self.assertIn("among the first that people guess", reads(self.form))
        press(self.form, "Start")
        self.assertEqual(len(self.done.calls), 1)
        fill(self.form, "Password", "")
        self.assertNotIn("guess", reads(self.form))

    def test_what_is_said_of_a_password_moves_no_button_beside_it(self) -> None:
        make = button(self.form, "Make a strong one")
        places = set()
        for password in ("", "weak", "correct horse battery staple"):
            fill(self.form, "Password", password)
            press(self.form, "Start")
            self.form.update()
            places.add(make.winfo_rooty())
        self.assertEqual(len(places), 1)

    def test_end_of_a_long_path_is_shown(self) -> None:
        press(self.form, "More settings")
        path = entry(self.form, "Archive")
        for chosen in ("a.csv", str(Path("/folder" * 30) / "b.csv")):
            with mock.patch.object(filedialog, "asksaveasfilename", return_value=chosen):
                press(self.form, "Choose \u2026")
            self.form.update()
            self.assertEqual(path.xview()[1], 1.0)
        form = HostForm(self.root(), self.done, self.form.filled())
        form.pack()
        form.update()
        self.assertEqual(entry(form, "Archive").xview()[1], 1.0)
        self.assertGreater(entry(form, "Archive").xview()[0], 0.5)

    def test_enter_in_any_field_starts(self) -> None:
        press(self.form, "More settings")
        self.form.update()
        for label in EVERY_FIELD:
            entry(self.form, label).focus_force()
            self.form.update()
            entry(self.form, label).event_generate("<Return>")
            self.form.update()
        self.assertEqual(len(self.done.calls), len(EVERY_FIELD))

    def test_enter_while_the_room_is_open_hands_over_that_field(self) -> None:
        self.form.show(Stage.RUNNING)
        press(self.form, "Password and access")
        self.form.update()
        for label in ("Password", "Allow only"):
            entry(self.form, label).focus_force()
            self.form.update()
            entry(self.form, label).event_generate("<Return>")
            self.form.update()
        self.assertEqual(self.done.calls, ["frogs", []])


class InTheSmallestWindow(WindowTest):
    """What matters while the room is open is seen without scrolling, as large as all is drawn."""

    def test_form_and_invitation(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        for scale in (1.0, 1.5, 2.0):
            for language in Language:
                languages.use(language)
                with self.subTest(scale=scale, language=language):
                    self.check(scale)

    def check(self, scale: float) -> None:
        root = theme.make_root("Test", "700x420", dark=False, scale=scale)
        self.roots.append(root)
        px = theme.of(root).px
        column = cards.Column(root, px(COLUMN_WIDTH), px(12))
        column.place(x=0, y=0, height=px(COLUMN_HEIGHT))
        form = HostForm(column.inner, Done(), FILLED._replace(room="A name of a room " * 3))
        form.pack(fill="x")
        invitation = host_invitation.Invitation(column.inner, lambda: None)
        invitation.pack(fill="x", pady=(px(10), 0))
        invitation.show(["fe80:1234:5678:9abc:def0:1234:5678:9abc", "10.0.0.7"], 65535)
        form.show(Stage.RUNNING)
        form.show_running("14:02", 1204, 1_000_000)
        for _ in range(3):
            root.update()
        self.assertFalse(column.scrolls)


if __name__ == "__main__":
    unittest.main()
