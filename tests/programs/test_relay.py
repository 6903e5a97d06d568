"""Real programs over a bad network: what people see must not show it."""

import signal
import subprocess
import sys

from tests.tools.processes import ROOT, Program, ProgramTest, archived, free_port, wait_for
from tests.tools.relay import Faults, Relay

BAD = Faults(loss=0.2, repeat=0.05, reorder=0.1, corrupt=0.005, delay_s=0.005, rebind_s=1.0)


class BadNetwork(ProgramTest):
    def spoil(self, seed: int) -> Relay:
        """Put a bad network between the server and the clients started after this."""
        relay = Relay(self.port, BAD, seed)
        relay.start()
        self.addCleanup(relay.stop)
        self.port = relay.port
        return relay

    def consoles(self, *names: str) -> list[Program]:
        """Start consoles that talk through the relay, and wait until they are in."""
        people = [self.console(name, "--json", "--follow") for name in names]
        for person in people:
            self.wait_until_in(person)
        return people

    def wait_until_in(self, person: Program) -> None:
        wait_for(lambda: "You are in" in person.err, 30, "in the room")

    def test_all_see_one_sequence_and_the_archive_has_each_message_once(self) -> None:
        server = self.serve()
        relay = self.spoil(seed=3)
        names = ("Ana", "Budi", "Citra")
        people = self.consoles(*names)
        said = []
        for n in range(15):
            for person, name in zip(people, names, strict=True):
                said.append((name, f"{n} from {name}"))
                person.write(f"{n} from {name}\n")
        wait_for(lambda: len(archived(self.archive)) == len(said), 60, "all stored")
        for person, name in zip(people, names, strict=True):
            # Who only listens notices the change of its address with the next ping.
            said.append((name, f"last words of {name}"))
            person.write(f"last words of {name}\n")
        for person in people:
            self.wait_for_messages(person, len(said))
        shown = people[0].messages()
        for person in people:
            self.assertEqual(person.messages(), shown)
            person.write("exit\n")
        for person in people:
            self.assertEqual(person.wait(), 0, person.err)
        self.assertEqual([one["seq"] for one in shown], list(range(1, len(said) + 1)))
        for name in names:
            self.assertEqual(
                [one["text"] for one in shown if one["name"] == name],
                [text for who, text in said if who == name],
            )
        for what in ("lost", "repeated", "reordered", "address changes"):
            self.assertGreater(relay.counts[what], 0, what)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(server.err, "")
        rows = archived(self.archive)
        self.assertEqual(
            [(row["Username"], row["Message"]) for row in rows],
            [(one["name"], one["text"]) for one in shown],
        )
        self.assertEqual(len({row["Id"] for row in rows}), len(said))

    def wait_for_messages(self, person: Program, count: int) -> None:
        wait_for(lambda: len(person.messages()) >= count, 60, f"{count} messages")

    def test_history_comes_whole_through_it(self) -> None:
        self.serve()
        direct = self.console("Ana")
        direct.write("".join(f"message {n}\n" for n in range(20)) + "lang " * 3000)
        direct.end_input()
        self.assertEqual(direct.wait(), 0)
        self.spoil(seed=5)
        late = self.console("Late", "--json", "--history", "all")
        late.end_input()
        self.assertEqual(late.wait(60), 0, late.err)
        self.assertEqual(
            [one["text"] for one in late.messages()],
            [row["Message"] for row in archived(self.archive)],
        )


class Command(ProgramTest):
    def test_it_relays_and_tells_what_it_did(self) -> None:
        self.serve()
        server_port, self.port = self.port, free_port()
        command = ["--listen", self.port, "--to", server_port, "--repeat", 1]
        with open(self.folder / "relay.txt", "w+") as out:
            relay = subprocess.Popen(
                [sys.executable, "-m", "tests.tools.relay", *map(str, command)],
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
            self.addCleanup(relay.kill)
            ana = self.console("Ana")
            ana.write("hello\n")
            ana.end_input()
            self.assertEqual(ana.wait(), 0)
            relay.send_signal(signal.SIGINT)
            self.assertEqual(relay.wait(10), 0)
            out.seek(0)
            told = out.read()
        self.assertIn(f"relaying from port {self.port}", told)
        self.assertRegex(told, r"repeated: [1-9]")
        self.assertIn("lost: 0", told)
        self.assertEqual([row["Message"] for row in archived(self.archive)], ["hello"])
