"""What is not given is asked at a terminal, and asked again where it was wrong."""

from tests.tools.processes import PASSWORD, ROOT, ProgramTest, wait_for
from tests.tools.terminal import Terminal, TerminalTest

QUESTIONS = "Address of the server:", "Password (not shown):", "Your name:"


class Questions(ProgramTest, TerminalTest):
    def start(self, *options: str, environment: dict[str, str] | None = None) -> Terminal:
        command = str(ROOT / "client.py"), "--console", *options
        return self.terminal(*command, folder=self.folder, environment=environment)

    def answer(self, client: Terminal, *dialogue: tuple[str, str]) -> None:
        """Wait for each question, and type the answer to it."""
        for question, answer in dialogue:
            client.wait_for_row(question.rstrip())
            client.type(f"{answer}\n")

    def leave(self, client: Terminal) -> None:
        client.wait_for("/help lists")
        client.type("/exit\n")
        self.assertEqual(client.wait(), 0)

    def test_four_questions_and_the_next_time_enter_alone(self) -> None:
        self.serve()
        client = self.start()
        self.answer(
            client,
            ("Address of the server:", "127.0.0.1"),
            ("Port [8080]:", str(self.port)),
            ("Password (not shown):", PASSWORD),
            ("Your name:", "Ana"),
        )
        client.wait_for("You are in the room default as Ana.")
        self.assertNotIn(PASSWORD, client.printed)
        self.leave(client)
        again = self.start()
        self.answer(
            again,
            ("Address of the server [127.0.0.1]:", ""),
            (f"Port [{self.port}]:", ""),
            ("Password (not shown):", PASSWORD),
            ("Your name [Ana]:", ""),
        )
        again.wait_for("You are in the room default as Ana.")
        self.leave(again)
        for file in (self.folder / "settings").rglob("*"):
            if file.is_file():
                self.assertNotIn(PASSWORD, file.read_text(encoding="utf-8"))

    def test_address_with_its_port_answers_both(self) -> None:
        self.serve()
        client = self.start("--name", "Ana")
        where = f"127.0.0.1:{self.port}"
        self.answer(client, (QUESTIONS[0], where), (QUESTIONS[1], PASSWORD))
        self.leave(client)

    def test_wrong_answers_are_asked_again_with_the_reason(self) -> None:
        self.serve()
        budi = self.console("Budi", "--follow")
        wait_for(lambda: "You are in" in budi.err, 20)
        client = self.start("--lang", "en")
        self.answer(client, (QUESTIONS[0], "http://room"))
        client.wait_for("'http://room' is not an address")
        self.answer(client, (QUESTIONS[0], ""))
        client.wait_for("Please type the server's IP address")
        self.answer(client, (QUESTIONS[0], "no.such.host.invalid"))
        client.wait_for("no computer with the name")
        self.answer(client, (QUESTIONS[0], "127.0.0.1"), ("Port [8080]:", "99999"))
        client.wait_for("out of range")
        self.answer(client, ("Port [8080]:", str(self.port)), (QUESTIONS[1], ""))
        client.wait_for("please type one")
        self.answer(client, (QUESTIONS[1], "wrong"), (QUESTIONS[2], "System"))
        client.wait_for("is reserved")
        self.answer(client, (QUESTIONS[2], "budi"))
        client.wait_for("The password is wrong")
        self.answer(client, (QUESTIONS[1], PASSWORD))
        client.wait_for("is taken")
        self.answer(client, (QUESTIONS[2], "Citra"))
        client.wait_for("You are in the room default as Citra.")
        self.leave(client)

    def test_what_is_given_and_wrong_is_not_asked(self) -> None:
        self.serve()
        where = "--host", "127.0.0.1", "--port", str(self.port), "--name", "Ana"
        client = self.start(*where, environment={"CHATROOM_PASSWORD": "wrong"})
        self.assertEqual(client.wait(), 3)
        client = self.start(*where[:4], "--name", "System")
        self.answer(client, (QUESTIONS[1], PASSWORD))
        self.assertEqual(client.wait(), 2)

    def test_who_will_not_answer_leaves_without_a_word(self) -> None:
        for number, key in enumerate(("\x04", "\x03", "\x04", "\x03")):
            client = self.start()
            if number >= 2:
                self.answer(client, (QUESTIONS[0], "127.0.0.1:1"))
                client.wait_for_row(QUESTIONS[1].rstrip())
            else:
                client.wait_for_row(QUESTIONS[0].rstrip())
            client.type(key)
            self.assertEqual(client.wait(), 0)
            self.assertNotIn("Traceback", client.printed)

    def test_questions_are_asked_in_indonesian(self) -> None:
        client = self.start("--lang", "id")
        self.answer(client, ("Alamat server:", "127.0.0.1"), ("Port [8080]:", "x"))
        client.wait_for("bukan angka")
        self.answer(client, ("Port [8080]:", ""))
        client.wait_for_row("Kata sandi (tidak ditampilkan):")


if __name__ == "__main__":
    import unittest

    unittest.main()
