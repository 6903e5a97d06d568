"""The page of the protocol, the docstring of `wire`, says what the code does."""

import importlib
import re
import unittest
from typing import Any

from chatroom.crypto import replay
from chatroom.protocol import messages, wire
from chatroom.server.repeats import REPEAT_GAPS_S, REPEAT_SPAN_S, TO_ALL

PAGE = wire.__doc__ or ""
NAMED_LIMIT = re.compile(
    r"^    (\S.*?) +([\d.]+) *(s|/s|B|) +((?:client|server|protocol)\.\w+)\.([A-Z_]+)$",
    re.MULTILINE,
)


def table(heading: str) -> list[list[str]]:
    """Return the rows below a heading that begins so, split at two spaces or more."""
    lines = PAGE.split("\n")
    start = next(n for n, line in enumerate(lines) if re.match(rf"    {heading}", line))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("    "):
            break
        if not line.startswith("     " * 2):  # or it goes on from the one before
            rows.append(re.split(r" {2,}", line.strip()))
    return rows


class Tables(unittest.TestCase):
    def test_kinds(self) -> None:
        rows = table("byte  kind")
        self.assertEqual(
            {(int(number), name) for number, name, *_ in rows},
            {(kind.value, kind.name) for kind in wire.Kind},
        )

    def test_sizes_of_datagrams_without_a_seal(self) -> None:
        examples: dict[str, Any] = {
            "COOKIE": wire.Cookie(bytes(16), bytes(24)),
            "KNOCK": wire.Knock(bytes(16), bytes(24), bytes(32), bytes(32)),
            "ANSWER": wire.Answer(bytes(16), bytes(8), bytes(32), bytes(32)),
            "HELLO": wire.Hello(wire.VERSION, bytes(16)),
            "GONE": wire.Gone(bytes(8), 1),
        }
        for _, name, _, layout in table("byte  kind"):
            if name in examples and name != "HELLO":
                with self.subTest(name):
                    bare = re.sub(r"\(.*?\)", "", layout)
                    size = 1 + sum(map(int, re.findall(r"\b(\d+)\b", bare)))
                    self.assertEqual(len(wire.encode_datagram(examples[name])), size)
        self.assertEqual(len(wire.encode_datagram(examples["HELLO"])), 1200)

    def test_hints_and_refusals(self) -> None:
        for heading, kind in (("hint  name", wire.Hint), ("reason  name", messages.Refusal)):
            told = {(int(row[0]), row[1]) for row in table(heading)}
            self.assertEqual(told, {(one.value, one.name) for one in kind})

    def test_fields_of_requests_replies_and_notices(self) -> None:
        for heading, union in (
            ("request  fields", messages.Request),
            ("reply    fields", messages.Reply),
            ("notice   fields", messages.Notice),
        ):
            told = {row[0]: self.fields_of(row) for row in table(heading)}
            self.assertEqual(
                told,
                {kind.__name__: list(kind.__match_args__) for kind in union.__args__},
            )

    def fields_of(self, row: list[str]) -> list[str]:
        known = {row[0] for row in table("field  ")}
        names = row[1].split(", ") if len(row) > 1 else []
        return names if set(names) <= known else []

    def test_types_of_fields(self) -> None:
        for name, kind, *_ in table("field  "):
            with self.subTest(name):
                self.assert_reads(name, kind)

    def assert_reads(self, name: str, kind: str) -> None:
        """Check that the field takes what the page says, and nothing beyond it."""
        size = int((re.findall(r"\d+", kind) or ["0"])[0])
        largest: Any
        beyond: Any
        match kind.split()[-1]:
            case "bits" if name == "reason":
                largest, beyond = max(messages.Refusal).value, max(messages.Refusal).value + 1
            case "bits":
                largest, beyond = (1 << size) - 1, 1 << size
            case "bytes":
                largest, beyond = "x" * size, "x" * (size + 1)
            case "true/false":
                largest, beyond = True, 1
            case "list" if name == "numbers":
                largest, beyond = [(1 << 53) - 1], [1 << 53]
            case "list":
                largest, beyond = ["x"], "x"
            case _:  # hex N
                largest, beyond = "0f" * size, "0f" * (size + 1)
        self.assertTrue(self.is_taken(name, largest), f"{name} takes {kind}")
        self.assertFalse(self.is_taken(name, beyond), f"{name} takes more than {kind}")

    def is_taken(self, name: str, value: Any) -> bool:
        """Tell whether a message with this value in this field is a message."""
        unions = (*messages.Request.__args__, *messages.Reply.__args__, *messages.Notice.__args__)
        for kind in unions:
            names = list(kind.__match_args__)
            if name == "number" or name in names:
                values = {one: SOME[one] for one in names} | {name: value}
                if kind not in messages.Notice.__args__:
                    values.setdefault("number", 1)
                payload = messages.to_json({"do": kind.__name__} | values)
                decoded = messages.decode_request(payload)[1] or messages.decode_reply(payload)[1]
                return decoded is not None
        raise AssertionError(f"no message has a field {name}")


SOME: dict[str, Any] = {
    **dict.fromkeys(("last", "head", "counter", "first", "datagrams", "part"), 0),
    **dict.fromkeys(("version", "key_number", "wait_ms", "before", "back_to"), 0),
    "name": "Ana",
    "last_mark": "",
    "room": "r",
    "same": True,
    "texts": [],
    "words": "a",
    "numbers": [],
    "device": "00" * 16,
    "token": "00" * 4,
    "key": "00" * 32,
    "reason": 1,
}


class Limits(unittest.TestCase):
    def test_every_limit_is_the_constant_that_it_names(self) -> None:
        rows = NAMED_LIMIT.findall(PAGE)
        self.assertGreater(len(rows), 40)
        for what, value, _, module, name in rows:
            with self.subTest(what):
                constant = getattr(importlib.import_module(f"chatroom.{module}"), name)
                self.assertEqual(float(value), float(constant))

    def test_every_line_of_those_tables_is_read(self) -> None:
        naming = [
            line for line in PAGE.split("\n") if re.search(r"(client|server|protocol)\.", line)
        ]
        self.assertEqual(len(naming), len(NAMED_LIMIT.findall(PAGE)))

    def test_what_stands_in_the_text(self) -> None:
        *some, last = (f"{gap:g}" for gap in REPEAT_GAPS_S)
        text = " ".join(PAGE.split())
        self.assertIn(f"after {', '.join(some)} and {last} s", text)
        self.assertEqual(TO_ALL, (1, 3, 5))
        self.assertIn("to all after every second one of these gaps", text)
        self.assertIn(f"not older than {REPEAT_SPAN_S:g} s", text)
        self.assertIn(f"{replay.REPLAY_WINDOW} or more below the highest", text)
        self.assertIn(f"The version is {wire.VERSION}.", text)
        self.assertIn('lv_cat("chatroom 4", "client", "server")', text)


if __name__ == "__main__":
    unittest.main()
