"""Messages in JSON: each comes back as it went, and whatever is malformed is None."""

import json
import random
import unittest
from typing import Any

from chatroom.protocol import messages
from chatroom.protocol.wire import PAYLOAD_SIZE

DEVICE = bytes(range(16))
KEY = bytes(range(100, 132))
MOST_32, MOST_53 = 2**32 - 1, 2**53 - 1
BITS = {
    **dict.fromkeys(("number", "version", "wait_ms"), 32),
    "part": 16,
    **dict.fromkeys(("last", "head", "counter", "first"), 53),
    **dict.fromkeys(("key_number", "datagrams"), 8),
}

REQUESTS: list[messages.Request] = [
    messages.Join("Zoë 🧶", DEVICE, 0, ""),
    messages.Join("x" * 128, DEVICE, MOST_53, "i" * 40),
    messages.Say(1, ()),
    messages.Say(MOST_53, ("", 'a "quoted" \\ text\n', "\0\x1f\x7f\u2028", "🧶")),
    messages.Fetch(1, MOST_53, 255),
    messages.Who(MOST_32, 2**16 - 1, 255),
    messages.Find("from:Zoë 🧶", 0),
    messages.Find("\0" * 128, MOST_53),
    messages.Ping(),
    messages.Leave(),
]
ANSWERS: list[messages.Reply | messages.Notice] = [
    messages.Joined("default", 9, True, 3, 2, 255, KEY),
    messages.Joined("Küche", 0, False, 0, 0, 0, KEY),
    messages.Stored(3, 4, 5),
    messages.Found((), 1),
    messages.Found((MOST_53, 7), 2),
    messages.Pong(5, 6, 7, KEY, 20_000),
    messages.Done(),
    *(messages.Refused(reason) for reason in messages.Refusal),
    messages.Probe(),
    *(messages.Bye(reason) for reason in messages.Refusal),
    messages.Key(255, KEY),
]
PING = {"do": "Ping", "number": 1, "token": "0000000000000000"}
SAY = {"do": "Say", "number": 1, "counter": 1, "texts": ["a"]}
JOIN = {
    "do": "Join",
    "number": 1,
    "name": "Ana",
    "device": DEVICE.hex(),
    "last": 0,
    "last_mark": "",
}


def request(values: Any) -> messages.Request | None:
    """Decode what somebody might send, with lone surrogates escaped."""
    return messages.decode_request(json.dumps(values).encode())[1]


def encode(message: messages.Request | messages.Reply | messages.Notice, number: int = 1) -> bytes:
    """Return a message of any kind as it is sent, under this number where it has one."""
    if isinstance(message, messages.Notice):
        return messages.encode_notice(message)
    if isinstance(message, messages.Request):
        return messages.encode_request(number, message)
    return messages.encode_reply(number, message)


def decode(payload: bytes) -> object:
    """Return what the payload is for either side, None where neither takes it."""
    return messages.decode_request(payload)[1] or messages.decode_reply(payload)[1]


class RoundTrip(unittest.TestCase):
    def test_requests(self) -> None:
        for message in REQUESTS:
            with self.subTest(message=message):
                self.assertEqual(messages.decode_request(encode(message, 7)), (7, message))

    def test_replies(self) -> None:
        for message in ANSWERS:
            with self.subTest(message=message):
                number = 0 if isinstance(message, messages.Notice) else 7
                self.assertEqual(messages.decode_reply(encode(message, 7)), (number, message))

    def test_every_class_is_among_them(self) -> None:
        self.assertEqual({type(one) for one in REQUESTS}, set(messages.Request.__args__))
        self.assertEqual(
            {type(one) for one in ANSWERS}, {*messages.Reply.__args__, *messages.Notice.__args__}
        )

    def test_types_come_back_exactly(self) -> None:
        _, joined = messages.decode_reply(encode(ANSWERS[0]))
        assert isinstance(joined, messages.Joined)
        self.assertIs(type(joined.same), bool)
        self.assertIs(type(joined.key), bytes)
        _, refused = messages.decode_reply(encode(messages.Refused(messages.Refusal.STORAGE)))
        assert isinstance(refused, messages.Refused)
        self.assertIs(refused.reason, messages.Refusal.STORAGE)
        _, say = messages.decode_request(encode(messages.Say(1, ("a", "b"))))
        assert isinstance(say, messages.Say)
        self.assertIs(type(say.texts), tuple)

    def test_bytes_are_compact_utf_8(self) -> None:
        self.assertEqual(
            encode(messages.Say(2, ("ü", '"'))),
            '{"do":"Say","number":1,"counter":2,"texts":["ü","\\""]}'.encode(),
        )

    def test_largest_of_the_messages_without_lists_fits_a_datagram(self) -> None:
        largest: list[messages.Request | messages.Reply] = [
            messages.Join("\0" * 128, DEVICE, MOST_53, "\0" * 40),
            messages.Joined("\0" * 128, MOST_53, False, MOST_53, MOST_32, 255, KEY),
            messages.Find("\0" * 128, MOST_53),
        ]
        for message in largest:
            self.assertLessEqual(len(encode(message, MOST_32)), PAYLOAD_SIZE)


class Malformed(unittest.TestCase):
    def refuse(self, payload: bytes) -> None:
        with self.subTest(payload=payload[:60]):
            self.assertIsNone(messages.decode_request(payload)[1])
            self.assertIsNone(messages.decode_reply(payload)[1])

    def refuse_values(self, base: dict[str, Any], **changes: Any) -> None:
        self.assertIsNotNone(request(base), "the base itself must be good")
        with self.subTest(**changes):
            self.assertIsNone(request(base | changes))

    def test_what_is_not_json(self) -> None:
        for payload in (
            b"",
            b"\0",
            b"nonsense",
            b"{'do':'Ping','number':1}",
            b'{"do":"Ping","number":1',
            b'{"do":"Ping","number":1}}',
            b'{"do":"Ping","number":1,}',
            b'{"do":"Ping","number":01}',
            b'{"do":"Ping","number":+1}',
            b'{"do":"Ping","number":0x1}',
            b'{"do":"Ping","number":1_0}',
            b'\xef\xbb\xbf{"do":"Ping","number":1}',
        ):
            self.refuse(payload)

    def test_bytes_that_are_not_utf_8(self) -> None:
        say = encode(messages.Say(1, ("x",)))
        for bad in (
            b"\xff",
            b"\xc3",
            b"\xc0\x80",
            b"\xed\xa0\x80",
            b"\xf4\x90\x80\x80",
        ):
            self.refuse(say.replace(b'"x"', b'"' + bad + b'"'))
        self.refuse('{"do":"Ping","number":1}'.encode("utf-16"))

    def test_deep_nesting(self) -> None:
        for payload in (
            b"[" * 1200,
            b"[" * 600 + b"]" * 600,
            b'{"a":' * 240,
            b"[" * 100_000,
            b'{"do":"Ping","number":' + b"[" * 500 + b"]" * 500 + b"}",
        ):
            self.refuse(payload)

    def test_what_is_json_and_no_object(self) -> None:
        for payload in (b"null", b"true", b"1", b'"Ping"', b"[]", b'["do","Ping"]'):
            self.refuse(payload)

    def test_unknown_kind(self) -> None:
        kinds: list[Any] = [
            "Nothing",
            "ping",
            "Ping ",
            "__class__",
            "",
            None,
            1,
            ["Ping"],
            {},
        ]
        for do in kinds:
            self.refuse(json.dumps({"do": do, "number": 1}).encode())
        self.refuse(b'{"number":1}')
        self.refuse(b"{}")

    def test_request_is_no_reply_and_reply_no_request(self) -> None:
        for one in REQUESTS:
            self.assertIsNone(messages.decode_reply(encode(one))[1], one)
        for other in ANSWERS:
            self.assertIsNone(messages.decode_request(encode(other))[1], other)

    def test_missing_field(self) -> None:
        for message in (*REQUESTS, *ANSWERS):
            values = json.loads(encode(message))
            for key in values:
                rest = {name: value for name, value in values.items() if name != key}
                self.refuse(json.dumps(rest).encode())

    def test_added_field(self) -> None:
        for message in (*REQUESTS, *ANSWERS):
            for extra in ({"admin": True}, {"__class__": "x"}, {"": 1}):
                values = json.loads(encode(message)) | extra
                self.refuse(json.dumps(values).encode())

    def test_duplicate_key(self) -> None:
        self.refuse(b'{"do":"Ping","number":1,"number":2}')
        self.refuse(b'{"do":"Ping","do":"Leave","number":1}')
        self.refuse(b'{"do":"Ping","number":1,"n\\u0075mber":1}')

    def test_every_value_of_another_type(self) -> None:
        others: tuple[Any, ...] = (
            None,
            True,
            False,
            1,
            "1",
            [],
            ["a"],
            [1],
            {},
            {"a": 1},
        )
        for message in (*REQUESTS, *ANSWERS):
            good = json.loads(encode(message))
            for key, value in good.items():
                for other in others:
                    if type(other) is type(value):
                        continue
                    self.refuse(json.dumps(good | {key: other}).encode())

    def test_list_that_holds_something_else(self) -> None:
        others: list[Any] = [
            [1],
            ["a", 1],
            [None],
            [["a"]],
            [{}],
            [True],
            {"0": "a"},
            "ab",
        ]
        for texts in others:
            self.refuse_values(SAY, texts=texts)

    def test_number_that_is_not_whole(self) -> None:
        for literal in (
            b"NaN",
            b"Infinity",
            b"-Infinity",
            b"1.0",
            b"1.5",
            b"1e2",
            b"-1",
            b"true",
            b'"1"',
        ):
            self.refuse(b'{"do":"Ping","number":' + literal + b"}")

    def test_number_out_of_range(self) -> None:
        for message in (*REQUESTS, *ANSWERS):
            values = json.loads(encode(message))
            for key in BITS.keys() & values.keys():
                for number in (-1, 1 << BITS[key], 10**1000):
                    self.refuse(json.dumps(values | {key: number}).encode())
                most = json.dumps(values | {key: (1 << BITS[key]) - 1}).encode()
                self.assertIsNotNone(decode(most), key)
        self.refuse(b'{"do":"Ping","number":' + b"9" * 5000 + b"}")

    def test_lone_surrogate(self) -> None:
        for lone in ("\ud800", "\udfff", "a\udc00b", "\udc00\ud800"):
            self.refuse_values(SAY, texts=["fine", lone])
            self.refuse_values(JOIN, name=lone)
            self.refuse_values(JOIN, last_mark=lone)
            self.refuse_values(PING, **{lone: 1})

    def test_escaped_surrogate_pair_is_one_character(self) -> None:
        payload = b'{"do":"Say","number":1,"counter":1,"texts":["\\ud83e\\uddf6"]}'
        self.assertEqual(messages.decode_request(payload), (1, messages.Say(1, ("🧶",))))

    def test_bytes_that_are_not_exactly_so_many_hexadecimal_digits(self) -> None:
        digits = DEVICE.hex()
        for device in (
            "",
            digits[:-2],
            digits[:-1],
            digits + "00",
            digits + " ",
            " " + digits,
            digits[:30] + " " + digits[30:],
            " ".join(digits[n : n + 2] for n in range(0, 32, 2)),
            digits[:30] + "  ",
            digits[:29] + "\n" + digits[29:31],
            digits[:30] + "0g",
            "AB" * 16,
            "0x" + digits[2:],
            "٠" * 32,
        ):
            self.refuse_values(JOIN, device=device)

    def test_text_too_long(self) -> None:
        self.refuse_values(JOIN, name="x" * 129)
        self.refuse_values(JOIN, name="é" * 65)
        self.refuse_values(JOIN, last_mark="x" * 41)
        self.refuse_values(SAY, texts=["x" * 1201])

    def test_unknown_reason(self) -> None:
        for reason in (0, len(messages.Refusal) + 1, 255, 256, "STORAGE"):
            self.refuse(json.dumps({"do": "Bye", "reason": reason}).encode())

    def test_damaged_messages_never_raise(self) -> None:
        chance = random.Random(2)
        for _ in range(5000):
            payload = bytearray(encode(chance.choice([*REQUESTS, *ANSWERS])))
            for _ in range(chance.randint(1, 3)):
                payload[chance.randrange(len(payload))] = chance.randrange(256)
            for of_number, message in (
                messages.decode_request(bytes(payload)),
                messages.decode_reply(bytes(payload)),
            ):
                if message is not None:
                    self.assertEqual(decode(encode(message, of_number)), message)

    def test_number_is_told_where_the_rest_is_malformed(self) -> None:
        for payload, number in (
            (b'{"do":"Pong","number":5}', 5),
            (b'{"number":6}', 6),
            (b'{"do":"Say","number":7,"counter":-1,"texts":[]}', 7),
            (b'{"do":"Leave","number":0}', 0),
            (b'{"do":"Leave","number":-1}', 0),
            (b"nonsense", 0),
        ):
            with self.subTest(payload):
                self.assertEqual(messages.decode_request(payload), (number, None))

    def test_notice_has_no_number_and_a_reply_has(self) -> None:
        self.refuse(b'{"do":"Bye","number":1,"reason":7}')
        self.refuse(b'{"do":"Done","number":0}')
        refused = b'{"do":"Refused","number":0,"reason":10}'
        self.assertEqual(
            messages.decode_reply(refused), (0, messages.Refused(messages.Refusal.MALFORMED))
        )
