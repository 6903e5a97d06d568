"""The host's form: what is wrong is explained, and what is good is done."""

import unittest
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

from chatroom.protocol.addresses import Network
from chatroom.windows.host_form import Filled, HostForm, Stage, Values
from tests.tools.windows import WindowTest, button, entry, fill, press, reads

FILLED = Filled("127.0.0.1", "8080", "frogs", "", "a.csv", "Garden", "Rosa")


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
            ("IP Address", "", "please type one"),
            ("IP Address", "10.1.2", "is not an IP address"),
            ("Port", "eighty", "is not a number"),
            ("Port", "70000", "1 to 65535"),
            ("Port", "0", "1 to 65535"),
            ("Password", "", "Password: please type one"),
            ("Allow only", "10.0.0.0/8, nonsense", "'nonsense' is neither"),
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
        for stage, buttons, fields in (
            (Stage.STOPPED, while_stopped, {"IP Address", "Port", "Password", "Allow only"}),
            (Stage.STARTING, set(), set()),
            (Stage.RUNNING, while_running, {"Password", "Allow only"}),
            (Stage.STOPPING, set(), set()),
        ):
            with self.subTest(stage):
                self.form.show(stage)
                self.assertIn(stage.value, reads(self.form))
                self.assertEqual(self.enabled(while_stopped | while_running, button), buttons)
                every = {"IP Address", "Port", "Password", "Allow only"}
                self.assertEqual(self.enabled(every, entry), fields)
                self.form.update()
                for label in ("Change", "Apply"):  # they stand there as long as they work
                    self.assertEqual(button(self.form, label).winfo_viewable(), label in buttons)

    def enabled(self, labels: set[str], find: Callable[[HostForm, str], object]) -> set[str]:
        return {one for one in labels if "disabled" not in find(self.form, one).state()}  # type: ignore[attr-defined]

    def test_what_is_wrong_is_marked_until_it_is_right(self) -> None:
        port = entry(self.form, "Port")
        for value, wrong in (("eighty", True), ("80", False)):
            fill(self.form, "Port", value)
            press(self.form, "Start")
            self.assertIs(port.instate(["invalid"]), wrong)

    def test_while_the_room_is_open_it_says_where_and_for_how_long(self) -> None:
        self.form.show(Stage.RUNNING)
        self.form.show_running(8080, "00:12:31")
        self.assertIn("Running on port 8080 for 00:12:31", reads(self.form))
        self.form.show(Stage.STOPPING)
        self.assertNotIn("8080 for", reads(self.form))

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

    def test_enter_in_any_field_starts(self) -> None:
        for label in ("IP Address", "Port", "Password", "Allow only"):
            entry(self.form, label).focus_force()
            self.form.update()
            entry(self.form, label).event_generate("<Return>")
            self.form.update()
        self.assertEqual(len(self.done.calls), 4)

    def test_enter_while_the_room_is_open_hands_over_that_field(self) -> None:
        self.form.show(Stage.RUNNING)
        for label in ("Password", "Allow only"):
            entry(self.form, label).focus_force()
            self.form.update()
            entry(self.form, label).event_generate("<Return>")
            self.form.update()
        self.assertEqual(self.done.calls, ["frogs", []])


if __name__ == "__main__":
    unittest.main()
