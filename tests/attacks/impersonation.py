"""A member that knows all a member knows, and speaks as the server or as another."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.crypto import sealing
from chatroom.crypto.replay import ReplayWindow
from chatroom.protocol import entries, messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.wire import Hint
from tests.attacks.scene import (
    Client,
    Figure,
    Scene,
    Tape,
    cheap_curve,
    exactly,
    session_numbers,
)
from tests.tools.link import PASSWORD, SERVER, Person

MALLORY: Address = ("10.0.0.66", 6)


def run(full: bool) -> list[Figure]:
    """Forge, mix up, reflect and replay; what others show must stay what was said."""
    rounds = 200 if full else 5
    with cheap_curve():
        return [
            *_speak_as_server(rounds),
            *_speak_as_host(rounds),
            *_mix_up(),
            *_replay(),
            *_hints(rounds),
        ]


def _talk(scene: Scene, people: list[Person]) -> None:
    for n in range(3):
        for person in people:
            person.say(f"{person.member.name} {n}")
        scene.run(1.0)


def _others(scene: Scene) -> list[Person]:
    people = [scene.join("Ana"), scene.join("Ben")]
    _talk(scene, people)
    return people


def _unmoved(scene: Scene, people: list[Person], before: list[int]) -> str:
    """Say what is wrong with what people were shown, or "nothing"."""
    scene.run(10.0)
    stored = list(scene.log.read(1, scene.log.head))
    for person, events in zip(people, before, strict=True):
        kinds = {type(event).__name__ for event in person.events[events:]}
        if person.shown != stored or not person.member.is_settled or kinds:
            return f"{person.member.name} was shown {kinds or person.texts}"
    return "nothing"


def _speak_as_server(rounds: int) -> list[Figure]:
    """Cast under the room's key, with all the tags that Mallory can make."""
    scene = Scene()
    people = _others(scene)
    mallory = Client(scene, MALLORY)
    joined = mallory.enter("Mallory")
    assert isinstance(joined, messages.Joined) and mallory.session is not None
    scene.run(5.0)
    before, head = [len(person.events) for person in people], scene.log.head
    taggers = [
        mallory.session.cast_tagger,
        sealing.Tagger(joined.key),
        sealing.Tagger(bytes(32)),
    ]
    for n in range(rounds):
        entry = entries.Entry(head + 1, "", "Ana", "I never said that", f"u-{n}")
        [body] = entries.pack_entries([entry], 1)
        payload = entries.encode_entries(body, head=head + 1, version=99)
        prefix = wire.cast_prefix(joined.key_number)
        sealed = sealing.encrypt(joined.key, 10_000 + n, prefix, payload)
        bye = messages.encode_notice(messages.Bye(messages.Refusal.REMOVED))
        pong = messages.encode_reply(n + 1, messages.Pong(1 << 40, 1 << 20, 9, bytes(32), 1))
        for person in people:
            for tagger in taggers:
                scene.inject(sealed + tagger.tag(sealing.digest(sealed)), SERVER, person.address)
            scene.inject(sealed + bytes(sealing.TAG_SIZE), SERVER, person.address)
            number = person.member.figures().session
            assert number is not None
            for plain in (bye, pong, payload):
                for forged in _forge(mallory, number, joined.key, plain, n):
                    scene.inject(forged, SERVER, person.address)
                    scene.inject(forged, person.address, SERVER)
    wrong = _unmoved(scene, people, before)
    return [
        exactly("taken from a member that casts as the server", wrong, "nothing"),
        exactly("stored of it", scene.log.head - head, 0),
    ]


def _forge(
    mallory: Client, number: bytes, room_key: bytes, plain: bytes, n: int
) -> Iterator[bytes]:
    """Seal for another's session with the keys that Mallory has or can think of."""
    assert mallory.session is not None
    prefix = wire.sealed_prefix(number)
    yield mallory.session.channel._sealer.seal(prefix, plain)
    for secret in (room_key, bytes(64), PASSWORD.encode()):
        keys = sealing.SessionKeys.from_secret(secret)
        for direction in (keys.server, keys.client):
            sealer = sealing.Sealer(direction)
            sealer._next_number = 10_000 + n
            yield sealer.seal(prefix, plain)
    yield prefix + (1 << 40).to_bytes(8, "big") + plain + bytes(sealing.TAG_SIZE)


def _speak_as_host(rounds: int) -> list[Figure]:
    """Ask for the host's name, in spellings that look the same, while the host is silent."""
    scene = Scene()
    scene.room.reserve("Tuan", scene.now)
    scene.room.say("it is me", scene.now)
    mallory = Client(scene, MALLORY)
    mallory.enter("Mallory")
    let_in = 0
    for n in range(rounds):
        name = ("Tuan", "TUAN", "\uff34uan", "Tu\u200dan")[n % 4]
        replies = mallory.ask(messages.Join(name, mallory.device, 0, ""))
        let_in += replies != [messages.Refused(messages.Refusal.NAME_TAKEN)]
        mallory.ask(messages.Say(n + 1, (f"I am {name}",)))
        scene.run(3.0)
    told = list(scene.log.read(1, scene.log.head))
    hosts = {entry.id for entry in told if entry.name == "Tuan"}
    return [
        exactly("times let in by the host's name", let_in, 0),
        exactly("all others are Mallory's", {one.name for one in told[1:]}, {"Mallory"}),
        exactly("told as the host", hosts, {f"{scene.room.host_device}-1"}),
    ]


def _mix_up() -> list[Figure]:
    """Give datagrams of one session to another, and back to where they came from."""
    scene = Scene()
    tape: Tape = []
    scene.tape = tape
    people = _others(scene)
    mallory = Client(scene, MALLORY)
    mallory.enter("Mallory")
    scene.run(5.0)
    recorded, scene.tape = list(tape), None
    before, head = [len(person.events) for person in people], scene.log.head
    addresses = scene.here()
    sessions = session_numbers(scene)
    for data, source, destination in recorded:
        scene.inject(data, destination, source)  # reflected
        for person in people:
            scene.inject(data, SERVER, person.address)
            scene.inject(data, person.address, SERVER)
        if data[0] == wire.Kind.SEALED:
            for number in sessions:
                swapped = wire.sealed_prefix(number) + data[wire.SEALED_PREFIX_SIZE :]
                for person in people:
                    scene.inject(swapped, SERVER, person.address)
                scene.inject(swapped, MALLORY, SERVER)
    wrong = _unmoved(scene, people, before)
    # What is sealed for one name and device cannot come from another's session.
    ana = people[0].member
    join = messages.Join("Ana", bytes(16), 0, "")
    mallory.ask(messages.Say(1, ("I am Ana",)))
    mallory.ask(join)
    told = list(scene.log.read(head + 1, scene.log.head))
    device = entries.device_id(mallory.device)
    as_self = [(one.name, one.id) for one in told] == [("Mallory", entries.make_id(device, 1))]
    return [
        exactly("taken of reflected and swapped datagrams", wrong, "nothing"),
        exactly("addresses moved by them", scene.here() == addresses, True),
        exactly("a member speaks as itself only", as_self, True),
        exactly("the other is still in", ana.name in dict(scene.here()), True),
    ]


def _replay() -> list[Figure]:
    """Replay a whole conversation to a fresh member and to a restarted server."""
    scene = Scene()
    tape: Tape = []
    scene.tape = tape
    people = _others(scene)
    people[0].leave()
    scene.run(5.0)
    recorded, scene.tape = list(tape), None
    fresh = scene.join("Cem")
    scene.run(5.0)
    before, head = len(fresh.events), scene.log.head
    for data, _, _ in recorded:
        scene.inject(data, SERVER, fresh.address)
        scene.run(0.01)
    scene.run(5.0)
    stayed = len(fresh.events) == before and fresh.member.is_settled
    knocking = scene.add("Dan")
    scene.away.add(knocking.address)
    for data, _, _ in recorded:
        scene.run(0.01)
        knocking.member.receive_datagram(data, SERVER, scene.now)
    waits = not [one for one in knocking.events if "Silent" not in type(one).__name__]
    scene.stop_room()
    scene.people.clear()
    scene.run(200.0)
    scene.open_room()
    for data, source, _ in recorded:
        scene.inject(data, source, SERVER)
        scene.run(0.01)
    scene.run(5.0)
    return [
        exactly("a fresh member is unmoved by a replay", stayed, True),
        exactly("a knocking member is unmoved by a replay", waits, True),
        exactly("stored by a restarted server", scene.log.head - head, 0),
        exactly("let in by a restarted server", scene.here(), []),
        exactly("sessions at a restarted server", len(session_numbers(scene)), 0),
    ]


def _hints(rounds: int) -> list[Figure]:
    """Send GONE with the right session number, which anybody on the path can read."""
    scene = Scene()
    people = _others(scene)
    scene.run(5.0)
    before = [len(person.events) for person in people]
    for n in range(rounds):
        for person in people:
            number = person.member.figures().session
            assert number is not None
            for hint in Hint:
                gone = wire.encode_datagram(wire.Gone(number, hint))
                scene.inject(gone, SERVER, person.address)
        people[n % 2].say(f"through {n}")
        scene.run(1.0)
    kinds = {
        type(event).__name__
        for person, events in zip(people, before, strict=True)
        for event in person.events[events:]
    }
    shown = all(len(person.texts) == scene.log.head for person in people)
    good = {"NewEntries", "TextQueued", "TextsStored"}
    return [
        exactly("events beside false hints", sorted(kinds - good), []),
        exactly("all that was said beside them is shown", shown, True),
    ]


@contextmanager
def _one_tag_for_all() -> Iterator[None]:
    """Tag casts with the room's key, as a room without tags for each would."""
    start = sealing.Tagger.__init__

    def same(self: sealing.Tagger, key: bytes) -> None:
        start(self, bytes(32))

    with mock.patch.object(sealing.Tagger, "__init__", same):
        yield


@contextmanager
def _same_keys() -> Iterator[None]:
    derive = sealing.SessionKeys.from_secret
    accept = mock.patch.object(ReplayWindow, "accept", lambda *_: None)
    with (
        mock.patch.object(sealing.SessionKeys, "from_secret", lambda _: derive(bytes(64))),
        accept,
    ):
        yield


SABOTAGES = {
    "one key tags everything": _one_tag_for_all,
    "all sessions have the same keys": _same_keys,
}
