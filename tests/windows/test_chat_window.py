"""The chat window, from the first question to the last word, with a host beside it."""

import csv
import unittest
from functools import partial
from typing import Any
from unittest import mock

from chatroom import words
from chatroom.archive import rows
from chatroom.client import events
from chatroom.protocol.entries import Entry
from chatroom.remembered import Room
from chatroom.windows import question, win32
from chatroom.windows.asking import Move
from chatroom.windows.chat_window import ChatWindow
from chatroom.windows.host_window import HostWindow
from chatroom.windows.joining import Stage
from tests.tools.processes import PASSWORD, free_port
from tests.tools.windows import RoomTest, button, close, is_closed, press, reads, shows, text_of


def stored(host: HostWindow) -> list[str]:
    """Return the texts that the room has, as its host sees them."""
    return [entry.text for entry in host.conversation.newest_first()][::-1]


def has_keyboard(chat: ChatWindow) -> bool:
    """Tell whether what is typed goes where one writes."""
    return chat.root.focus_lastfor() is text_of(chat.chat.composer)


class Talking(RoomTest):
    def write_archive(self, count: int) -> None:
        """Have an archive of an earlier program, with so many messages."""
        with open(self.archive, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("Room", "Username", "Message"))
            rows.writerows(("r", "Siti", f"pesan {n}. {'kata ' * (n % 40)}") for n in range(count))

    def test_a_long_history_opens_at_its_newest_message_and_is_all_at_hand(self) -> None:
        self.write_archive(1500)
        self.host()
        ana = self.enter()
        view = ana.chat.view
        self.pump(shows(ana, "pesan 1499."))
        self.pump(lambda: view.is_at_end and 1500 in view.visible())
        self.assertNotIn("pesan 3.", view.content())
        view.go_to(1)
        self.pump(shows(ana, "pesan 3."))
        self.assertIn(4, view.visible())

    def test_the_next_visit_begins_at_what_was_not_read(self) -> None:
        self.write_archive(1000)
        self.host()
        self.memory.update(f"127.0.0.1 {self.port}", read=500)
        ana = self.enter()
        self.pump(shows(ana, "pesan 500."))
        self.pump(lambda: 501 in ana.chat.view.visible())
        self.assertIn("Unread from here", ana.chat.view.content())
        ana.root.focus_force()
        self.pump(lambda: ana.alerts.is_in_front)
        close(ana.root)
        self.pump(partial(is_closed, ana.root))
        self.assertEqual(self.memory.room(f"127.0.0.1 {self.port}").read, 1000)

    def test_a_search_finds_the_third_message_of_the_room(self) -> None:
        self.write_archive(1500)
        self.host()
        ana = self.enter()
        self.pump(shows(ana, "pesan 1499."))
        ana.chat.open_search("from:siti PESAN 2. ")
        self.pump(lambda: 3 in ana.chat.view.visible(), 30)
        self.pump(lambda: "1 of 1" in reads(ana.root))

    def test_empty_lines_are_not_sent_and_pasted_pages_stay_whole(self) -> None:
        host = self.host()
        ana = self.enter()
        self.say(ana, "   \n ")
        self.assertEqual(ana.conversation.waiting, ())
        page = "\n".join(f"line {n} of a page" for n in range(40))
        self.say(ana, page)
        self.pump(lambda: stored(host))
        self.assertEqual(stored(host), [f"   \n {page}"])

    def test_messages_wait_while_the_server_is_away_and_then_are_stored(self) -> None:
        host = self.host()
        ana = self.enter()
        self.stop(host)
        self.pump(lambda: "Reconnecting" in reads(ana.root))
        self.say(ana, "meanwhile")
        self.pump(shows(ana, "waiting"))
        self.assertIn("closed the room", reads(ana.root))
        self.assertIn("1 message waits", reads(ana.root))
        press(host.root, "Start")
        self.pump(lambda: stored(host) == ["meanwhile"])
        self.pump(lambda: "waiting" not in ana.chat.view.content())
        self.assertIn("Connected", reads(ana.root))
        self.assertNotIn("closed the room", reads(ana.root))

    def test_others_are_read_while_one_reads_back(self) -> None:
        self.host()
        ana, budi = self.enter("Ana"), self.enter("Budi")
        self.say(ana, "\n".join(f"line {n}" for n in range(60)))
        self.pump(shows(budi, "line 59"))
        view = budi.chat.view
        self.pump(lambda: view.is_at_end)
        view.scroll_pages(-1)
        place = view.position
        self.say(ana, "a new one")
        self.pump(shows(budi, "a new one"))
        self.assertEqual(view.position, place)
        self.assertEqual(view.unseen, 1)
        self.say(budi, "mine")
        self.pump(lambda: view.is_at_end)

    def test_own_messages_wait_and_then_are_stored(self) -> None:
        self.host()
        ana, budi = self.enter("Ana"), self.enter("Budi")
        self.say(ana, "hello")
        self.pump(shows(ana, "stored"))
        self.pump(shows(budi, "hello"))
        self.assertEqual(ana.conversation.waiting, ())
        self.assertNotIn("stored", budi.chat.view.content())

    def test_the_head_says_who_is_in_the_room(self) -> None:
        self.host()
        ana, _ = self.enter("Ana"), self.enter("Budi")
        self.pump(lambda: "3 people" in reads(ana.root))
        self.assertIn("Budi joined.", ana.chat.view.content())
        self.assertEqual(ana.root.title(), "Garden \u2013 Ana")
        self.assertNotIn("You are in", ana.chat.view.content())


class BeingTold(RoomTest):
    @mock.patch.object(win32, "front_process", return_value=0)  # all windows here are of one
    def test_who_is_elsewhere_is_told_of_what_others_say_alone(self, _: object) -> None:
        self.write_history()
        self.host()
        ana, budi = self.enter("Ana"), self.enter("Budi")
        budi.root.focus_force()
        self.pump(lambda: not ana.alerts.is_in_front)
        with mock.patch.object(ana.alerts, "tell") as told:
            self.say(ana, "my own")
            self.say(budi, "hello")
            self.pump(shows(ana, "hello"))
        told.assert_called_once_with("Budi", "hello")
        self.pump(lambda: ana.root.title() == "(1) Garden \u2013 Ana")
        self.assertIn("Unread from here", ana.chat.view.content())
        ana.root.focus_force()
        self.pump(lambda: ana.root.title() == "Garden \u2013 Ana")

    def write_history(self) -> None:
        """Have something said long ago, which is no news."""
        rows = "".join(f"r,Siti,pesan {n}.\n" for n in range(30))
        self.archive.write_text(f"Room,Username,Message\n{rows}", encoding="utf-8")

    def test_the_bell_of_a_room_is_remembered(self) -> None:
        self.host()
        ana = self.enter()
        key = f"127.0.0.1 {self.port}"
        press(ana.root, "Notifications")
        self.assertFalse(ana.alerts.notifies)
        self.assertFalse(self.memory.room(key).notifies)
        again = self.enter("Budi")
        self.assertFalse(again.alerts.notifies)
        press(again.root, "Notifications")
        self.assertTrue(self.memory.room(key).notifies)


class Leaving(RoomTest):
    def test_exit_leaves_and_frees_the_name(self) -> None:
        host = self.host()
        ana = self.enter()
        self.say(ana, "exit")
        self.pump(lambda: not host.people.names)
        self.pump(lambda: is_closed(ana.root))
        self.assertEqual(stored(host), [])

    def test_closing_with_unsent_messages_asks_first(self) -> None:
        host = self.host()
        ana = self.enter()
        self.stop(host)
        self.say(ana, "unsent")
        self.pump(lambda: ana.conversation.waiting)
        with mock.patch.object(question, "ask", return_value=False) as asked:
            close(ana.root)
        self.assertIn("1 of your messages", asked.call_args.args[2])
        self.assertFalse(is_closed(ana.root))
        self.assertTrue(has_keyboard(ana))
        with mock.patch.object(question, "ask", return_value=True):
            close(ana.root)
        self.pump(lambda: is_closed(ana.root))

    def test_closing_with_a_draft_asks_once_for_all_that_would_be_lost(self) -> None:
        host = self.host()
        ana = self.enter()
        self.stop(host)
        ana.chat.composer.write("half a sentence")
        with mock.patch.object(question, "ask", return_value=False) as asked:
            close(ana.root)
            self.assertIn("you have written is not sent", asked.call_args.args[2])
            ana.chat.composer.write("!")
            press(ana.root, "Send")
            self.pump(lambda: ana.conversation.waiting)
            ana.chat.composer.write("and more")
            close(ana.root)
        self.assertEqual(asked.call_count, 2)
        for lost in ("1 of your messages", "you have written"):
            self.assertIn(lost, asked.call_args.args[2])
        self.assertFalse(is_closed(ana.root))
        ana.chat.composer.write(" \n")
        with mock.patch.object(question, "ask", return_value=True):
            close(ana.root)
        self.pump(lambda: is_closed(ana.root))

    def test_blank_lines_are_no_draft(self) -> None:
        self.host()
        ana = self.enter()
        ana.chat.composer.write(" \n ")
        with mock.patch.object(question, "ask") as asked:
            close(ana.root)
        asked.assert_not_called()
        self.pump(lambda: is_closed(ana.root))

    def test_the_window_closes_where_nobody_hears_the_goodbye(self) -> None:
        ana, _ = self.chat()
        self.pump(lambda: ana.stage is Stage.CONNECTING)
        press(ana.root, "Cancel")
        self.pump(lambda: is_closed(ana.root))


class Joining(RoomTest):
    def test_wrong_password_and_taken_name_are_asked_again(self) -> None:
        self.host()
        self.enter("Ana")
        window, prompts = self.chat(
            address=["127.0.0.1"],
            port=[self.port],
            password=["wrong", PASSWORD],
            name=["ANA", "Budi"],
        )
        self.pump(lambda: window.stage is Stage.CHATTING)
        self.assertIn("wrong", prompts.problems[4])
        self.assertIn("'ANA' is taken", prompts.problems[5])
        self.assertEqual(window.root.title(), "Garden \u2013 Budi")

    def test_cancel_at_any_prompt_ends_quietly(self) -> None:
        for field in ("address", "port", "password", "name"):
            answers: dict[str, list[Any]] = {"address": ["127.0.0.1"]}
            answers |= {"port": [self.port], "password": [PASSWORD], "name": ["Ana"]}
            answers[field] = [None]
            window, _ = self.chat("", **answers)
            self.pump(partial(is_closed, window.root))

    def test_leaving_while_a_question_is_open_ends_quietly(self) -> None:
        opened: list[ChatWindow] = []
        window, _ = self.chat("", address=[lambda: opened[0].leave()])
        opened.append(window)
        self.pump(lambda: is_closed(window.root))

    def test_no_answer_names_the_causes_and_the_address_can_be_corrected(self) -> None:
        self.host()
        window, prompts = self.chat(
            address=["127.0.0.1", "127.0.0.1"],
            port=[free_port(), self.port],
            password=[PASSWORD],
            name=["Ana"],
        )
        self.pump(lambda: "firewall" in reads(window.root))
        for cause in ("address", "port", "VPN"):
            self.assertIn(cause, reads(window.root))
        press(window.root, "Change address\u2026")
        self.pump(lambda: window.stage is Stage.CHATTING)
        self.assertIn("firewall", prompts.problems[4])
        self.assertEqual(prompts.problems[5], "")

    def test_who_typed_the_password_of_another_room_goes_back_to_the_address(self) -> None:
        other = self.host()
        other.change_password("another one")
        other_port, self.port = self.port, free_port()
        self.archive = self.folder / "another.csv"
        self.host()
        window, prompts = self.chat(
            address=["127.0.0.1"],
            port=[other_port, self.port],
            password=[PASSWORD, Move.BACK, PASSWORD],
            name=["Ana"],
        )
        self.pump(lambda: window.stage is Stage.CHATTING)
        asked = [prompt.question.name for prompt in prompts.asked]
        self.assertEqual(asked[4:], ["PASSWORD", "PORT", "PASSWORD"])
        self.assertEqual([bool(problem) for problem in prompts.problems[4:]], [True, False, False])
        self.assertEqual([room.port for room in self.memory.recent()], [self.port])

    def test_a_room_is_remembered_once_somebody_was_in_it_and_its_password_never(self) -> None:
        self.host()
        self.enter("Ana")
        window, _ = self.chat(
            address=["127.0.0.1"],
            port=[self.port],
            password=["a wrong one", PASSWORD],
            name=["Ana", "Budi"],
        )
        self.assertEqual(self.memory.recent()[0].name, "Ana")
        self.pump(lambda: window.stage is Stage.CHATTING)
        room = Room("127.0.0.1", self.port, "Budi", window.root.title().split()[0])
        self.assertEqual((self.memory.recent(), self.memory.last()), ([room], room))
        kept = (self.folder / "client.json").read_text()
        for password in (PASSWORD, "a wrong one"):
            self.assertNotIn(password, kept)

    def test_unknown_host_is_explained_and_asked_again(self) -> None:
        self.host()
        window, prompts = self.chat(
            address=["no.such.host.invalid", "127.0.0.1"],
            port=[self.port, self.port],
            password=[PASSWORD],
            name=["Ana"],
        )
        self.pump(lambda: window.stage is Stage.CHATTING, 40)
        self.assertIn("no computer with the name", prompts.problems[4])


class AnotherHost(RoomTest):
    """Somebody who knows the password answers at the host's address, with another key."""

    def setUp(self) -> None:
        super().setUp()
        self.first = self.host()
        self.ana = self.enter()
        self.say(self.ana, "hello")
        self.pump(shows(self.ana, "stored"))
        self.stop(self.first)
        self.say(self.ana, "not for everybody")
        self.key = self.archive.with_name(f".{self.archive.name}.key")
        self.true_key = self.key.read_bytes()
        self.key.unlink()

    def answer(self, trusts: bool) -> None:
        """Start the other host; answer the question that this brings."""
        with mock.patch.object(question, "ask", return_value=trusts) as asked:
            press(self.first.root, "Start")
            self.pump(lambda: asked.called)
        self.assertRegex(asked.call_args[0][2], "set up anew, or this is somebody else")

    def test_nothing_of_ours_goes_there_and_the_true_host_is_found_again(self) -> None:
        self.answer(trusts=False)
        self.pump(lambda: "somebody else" in reads(self.ana.root))
        self.assertNotIn("not for everybody", self.archive.read_text(encoding="utf-8-sig"))
        self.stop(self.first)
        self.key.write_bytes(self.true_key)
        press(self.first.root, "Start")
        self.pump(shows(self.first, "not for everybody"))
        self.assertNotIn("somebody else", reads(self.ana.root))

    def test_new_key_that_is_trusted_is_the_one_that_is_known(self) -> None:
        known = self.memory.room(f"127.0.0.1 {self.port}").host_key
        self.answer(trusts=True)
        self.pump(shows(self.first, "not for everybody"))
        now_known = self.memory.room(f"127.0.0.1 {self.port}").host_key
        self.assertNotEqual(now_known, known)

    def test_who_comes_anew_is_asked_and_goes_back_to_the_address(self) -> None:
        close(self.ana.root)
        with mock.patch.object(question, "ask", return_value=False):
            press(self.first.root, "Start")
            window, prompts = self.chat(
                address=["127.0.0.1", None], port=[self.port], password=[PASSWORD], name=["Budi"]
            )
            self.pump(lambda: is_closed(window.root))
        self.assertRegex(prompts.problems[-1], "key is another")

    def test_what_was_read_at_the_host_before_says_nothing_of_this_one(self) -> None:
        close(self.ana.root)
        self.memory.update(f"127.0.0.1 {self.port}", read=1)
        told = [Entry(n, "", "Budi", f"another room {n}", f"older-{n}") for n in range(2, 60)]
        with open(self.archive, "ab") as archive:
            archive.writelines(rows.encode_row("default", one) for one in told)
        with mock.patch.object(question, "ask", return_value=True):
            press(self.first.root, "Start")
            ana = self.enter()
        self.pump(shows(ana, "another room 59"))
        self.assertIsNone(ana.conversation.unread)
        self.assertTrue(ana.chat.view.is_at_end)


class PutOut(RoomTest):
    """What the host does to somebody, as that person sees it."""

    def choose(self, host: HostWindow, name: str) -> None:
        self.pump(lambda: name in host.people.names)
        host.people.choose(name)

    def test_a_removed_person_is_told_and_can_still_read(self) -> None:
        host = self.host()
        ana = self.enter()
        self.say(ana, "hello")
        self.pump(shows(ana, "stored"))
        ana.chat.composer.write("a draft")
        self.choose(host, "Ana")
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Remove")
        self.pump(lambda: ana.stage is Stage.ENDED)
        self.assertIn("removed you", ana.chat.view.content())
        self.assertIn("hello", ana.chat.view.content())
        self.assertIn("Ended", reads(ana.root).split("\n"))
        press(ana.root, "Send")
        self.assertEqual(ana.chat.composer.draft, "a draft")
        self.pump(lambda: not host.people.names)
        press(ana.root, "Rejoin")
        self.pump(lambda: ana.stage is Stage.CHATTING and "Connected" in reads(ana.root))
        self.assertEqual(ana.chat.composer.draft, "a draft")
        press(ana.root, "Send")
        self.pump(shows(host, "a draft"))

    def test_who_was_removed_can_just_close_the_window(self) -> None:
        host = self.host()
        ana = self.enter()
        self.choose(host, "Ana")
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Remove")
        self.pump(lambda: ana.stage is Stage.ENDED)
        close(ana.root)
        self.pump(lambda: is_closed(ana.root))

    def test_a_changed_password_is_asked_for(self) -> None:
        host = self.host()
        ana, prompts = self.chat(
            address=["127.0.0.1"],
            port=[self.port],
            password=[PASSWORD, "new one"],
            name=["Ana"],
        )
        self.pump(lambda: ana.stage is Stage.CHATTING)
        ana.chat.composer.write("a draft")
        host.change_password("new one")
        self.pump(shows(ana, "back in the room Garden"))
        self.assertIn("changed the password", prompts.problems[-1])
        self.assertEqual(prompts.asked[-1].text, "")
        self.assertEqual(ana.chat.composer.draft, "a draft")
        self.assertNotIn("changed the password", reads(ana.root))

    def test_who_does_not_know_the_changed_password_yet_is_asked_when_they_want(self) -> None:
        host = self.host()
        ana, prompts = self.chat(
            address=["127.0.0.1"],
            port=[self.port],
            password=[PASSWORD, None, "mistyped", "new one"],
            name=["Ana"],
        )
        self.pump(lambda: ana.stage is Stage.CHATTING)
        host.change_password("new one")
        self.pump(lambda: len(prompts.asked) == 5)
        self.assertIn("host changed the password", reads(ana.root))
        self.assertIs(ana.stage, Stage.CHATTING)
        button(ana.root, "Enter it").focus_force()  # as the mouse does
        press(ana.root, "Enter it")
        self.pump(shows(ana, "back in the room Garden"))
        self.assertEqual([one.text for one in prompts.asked[-2:]], ["", "mistyped"])
        self.assertTrue(has_keyboard(ana))

    def test_who_comes_back_to_a_name_that_is_taken_loses_no_draft(self) -> None:
        host = self.host()
        ana, prompts = self.chat(
            address=["127.0.0.1"],
            port=[self.port],
            password=[PASSWORD],
            name=["Ana", None, "Anna"],
        )
        self.pump(lambda: ana.stage is Stage.CHATTING)
        ana.chat.composer.write("a draft")
        self.choose(host, "Ana")
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Remove")
        self.pump(lambda: ana.stage is Stage.ENDED)
        self.enter("Ana")
        with mock.patch.object(question, "ask", return_value=False) as asked:
            press(ana.root, "Rejoin")
            self.pump(lambda: ana.root.title() == "Garden \u2013 Anna")
        self.assertIn("not sent", asked.call_args.args[2])
        self.assertEqual([prompt.question.name for prompt in prompts.asked[4:]], ["NAME"] * 2)
        self.assertEqual(ana.chat.composer.draft, "a draft")

    def test_a_blocked_address_is_put_out(self) -> None:
        host = self.host()
        ana = self.enter()
        self.choose(host, "Ana")
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Block address")
        self.pump(lambda: ana.stage is Stage.ENDED)
        budi, _ = self.chat("Budi")
        self.pump(lambda: "does not let" in reads(budi.root))
        self.pump(lambda: "not allowed" in host.log.content())

    def test_who_comes_back_to_a_room_that_does_not_let_them_in_is_told_so(self) -> None:
        host = self.host()
        ana = self.enter()
        self.choose(host, "Ana")
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Block address")
        self.pump(lambda: ana.stage is Stage.ENDED)
        press(ana.root, "Rejoin")
        self.pump(lambda: "does not let your address in" in reads(ana.root))
        self.assertIn("Not let in", reads(ana.root).split("\n"))
        self.assertIn("does not let your address in", ana.chat.view.content())
        silence = events.ServerLost(stopped=False)  # which follows
        ana._handle(silence)
        self.assertNotIn(words.sentence(silence) or "?", ana.chat.view.content())
        host.access.unblock(host.access.blocked)
        press(ana.root, "Try now")
        self.pump(lambda: "Connected" in reads(ana.root))
        self.assertEqual(ana.chat.banner.text, "")


if __name__ == "__main__":
    unittest.main()
