"""The people of a world: each has one Member after another, and a will of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatroom.client import events
from chatroom.client.member import Member
from chatroom.client.states import State
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry, device_id
from tests.simulation import checks
from tests.simulation.checks import Violation, demand
from tests.simulation.clock import Node
from tests.simulation.readers import WORDS, Page, Reader, Search
from tests.tools.link import PASSWORD, SERVER

if TYPE_CHECKING:
    from tests.simulation.world import World

NAMES = ("Ana", "ANA", "Ａna", "Bo", "bo", "Çelik", "Dora", "System", " Eva", "")
FILLERS = (
    "",
    " how are you?",
    " 好的，明天见 👩‍👩‍👧",
    ' "so", he said,\r\nand left;\ttwice',
    " ␊␀ typed as they are",
    " \x00\x1b[31m\x7f\u2028\u202e",
)
TALK = {"say": 10.0, "say_much": 1.5, "say_at_length": 1.0}
ACTIONS = TALK | {
    "read": 3.0,
    "find": 2.0,
    "stop_finding": 0.3,
    "try_now": 1.0,
    "leave": 0.8,
    "die": 0.8,
    "sleep": 0.8,
    "move": 1.5,
}


class Visit(Node):
    """One Member from its coming to its going, and all that it was told and showed."""

    def __init__(self, person: Person, name: str, history: int | None, password: str) -> None:
        world = person.world
        super().__init__(world.clock)
        self.world = world
        self.person = person
        secret = world.entropy.randbytes(16)
        self.device = device_id(secret)
        self.names = {name}
        self.said: dict[int, str] = {}
        self.stored = 0
        self.shown: list[Entry] = []
        self.reader = Reader()
        self.people: tuple[str, ...] = ()
        self.told_in: set[str] = set()  # who came and has not gone, as far as that was told
        self.is_back = False  # and has not been shown the list
        self.listed_at = 0.0  # when it was after that
        self.was_in = False
        self.is_gone = False
        self.asleep = False
        self.is_told_lost = False
        self.knows_password = password == PASSWORD
        self.silent_since: float | None = None  # when what nothing has followed yet was sent
        self.member = Member(
            SERVER,
            password,
            name,
            device=secret,
            history=history,
            entropy=world.entropy.randbytes,
            random=world.entropy.random,
            now=self.clock.now,
        )
        self.member.trust_host(world.host_key, self.clock.now)  # from an earlier visit
        self.address = world.new_address(person.ip, self)

    def __str__(self) -> str:
        return f"{self.member.name!r} at {self.address[1]}"

    def _fold(self, event: events.PeopleChanged) -> None:
        if self.is_back:
            self.is_back, self.listed_at = False, self.clock.now
        told = (self.told_in | set(event.came)) - set(event.went)
        self.told_in = told if self.people else set(event.names)

    def receive(self, data: bytes, source: Address) -> None:
        """Take a datagram from the network."""
        if not self.asleep:
            self.silent_since = None
            self.member.receive_datagram(data, source, self.clock.now)
            self.turn()

    def turn(self) -> None:
        """Do what the driver does in one turn."""
        if self.asleep or self.is_gone:
            return
        self.begin_turn(self.member)
        for data, destination in self.member.datagrams_to_send(self.clock.now):
            self.world.network.send(data, self.address, destination, self.clock.now)
            if self.silent_since is None:
                self.silent_since = self.clock.now
        for event in self.member.take_events():
            self._hear(event)
        demand(checks.AFTER_VISITOR_TURN, self)
        if self.member.closed:
            self.go()
        else:
            self.end_turn(self.member)

    def read(self, first: int, last: int) -> None:
        """Look at a page."""
        self.reader.page = Page(first, last, self.member.figures().head)
        self.member.read(first, last, self.clock.now)

    def find(self, words: str, before: int) -> None:
        """Look for words."""
        self.reader.search = Search(words, before, self.member.figures().head)
        self.member.find(words, before, self.clock.now)

    def stop_finding(self) -> None:
        """Look for nothing any more."""
        self.reader.search = None
        self.member.stop_finding()

    def move(self, ip: str) -> None:
        """Speak from another address from now on."""
        self.world.free_address(self.address)
        self.address = self.world.new_address(ip, self)

    def go(self) -> None:
        """Be no more."""
        self.is_gone = True
        self.world.free_address(self.address)

    def _hear(self, event: events.MemberEvent) -> None:
        self.world.tell(f"{self}: {event}")
        demand(checks.WHEN_TOLD, self, event)
        if isinstance(event, events.NewEntries):
            demand(checks.WHEN_SHOWN, self, event)
            self.shown += event.entries
        elif isinstance(event, events.PageRead):
            demand(checks.WHEN_READ, self, event)
        elif isinstance(event, events.HitsFound):
            demand(checks.WHEN_FOUND, self, event)
        elif isinstance(event, events.TextQueued):
            self.said[event.counter] = event.text
        elif isinstance(event, events.TextsStored):
            self.stored = event.counter
        elif isinstance(event, events.PeopleChanged):
            self._fold(event)
            demand(checks.WHEN_LISTED, self, event)
            self.people = event.names
        elif isinstance(event, events.LogReplaced | events.TextRefused | events.TextsRenumbered):
            raise Violation("nothing_is_taken_back", f"{self}: {event}")
        elif isinstance(event, events.Entered):
            self.was_in = self.is_back = True
            self.is_told_lost = False
        elif isinstance(event, events.ServerLost | events.ServerFound):
            self.is_told_lost = isinstance(event, events.ServerLost)
        self.person.hear(event)


class Person:
    """Somebody at a keyboard: comes, talks, is cut off, and tries again."""

    def __init__(self, world: World, number: int, ip: str, wishes: list[str]) -> None:
        self.world = world
        self.ip = ip
        self.visit: Visit | None = None
        self._number = number
        self._wishes = wishes
        self._chance = world.stream(f"person {number}")
        self._pause_s = self._chance.choice((1.5, 4.0, 4.0, 8.0))
        self._texts = 0

    def come(self) -> None:
        """Start the client, if it does not run."""
        if self.visit is None or self.visit.is_gone:
            history = self._chance.choice((0, 3, 50, 100, None))
            self.visit = Visit(self, self._draw_name(), history, PASSWORD)
            self.world.visits.append(self.visit)
            self.world.tell(f"{self.visit} comes")
            self.visit.turn()

    def plan(self) -> None:
        """Do something in a while, again and again until the world heals."""
        delay_s = self._chance.expovariate(1 / self._pause_s)
        self.world.clock.after(delay_s, self._act)

    def heal(self) -> None:
        """Wake up; say a last word perhaps, or come in."""
        if self.visit is None or self.visit.is_gone:
            if self._chance.random() < 0.5:
                self.world.clock.after(self._chance.random(), self.come)
            return
        self._wake(self.visit)
        if self._chance.random() < 0.3:
            self._do("say", self.visit)

    def hear(self, event: events.MemberEvent) -> None:
        """Do what a user does when the program asks something."""
        if isinstance(event, events.NameRefused):
            self._soon(self._rename)
        elif isinstance(event, events.PasswordRefused):
            self._soon(self._retry_password)
        elif isinstance(event, events.Expelled):
            self._soon(self._rejoin_or_leave)
        elif isinstance(event, events.Left):
            away_s = 2.0 if self.world.is_healed else self._chance.uniform(0.1, 20)
            self.world.clock.after(away_s, self.come)

    # ----------------------------------------------------------------------------------

    def _soon(self, action: object) -> None:
        assert callable(action)
        self.world.clock.after(self._chance.uniform(0.5, 2.0), action)

    def _draw_name(self) -> str:
        """Return a wished-for name; in a healed world one that nobody else wants."""
        if self.world.is_healed:
            return f"Guest {self._number}-{len(self.world.visits)}"
        return self._chance.choice(self._wishes)

    def _rename(self) -> None:
        visit = self.visit
        if visit is not None and visit.member.state is State.NAME_ASKED:
            name = self._draw_name()
            visit.names.add(name)
            self.world.tell(f"{visit} asks to be {name!r}")
            visit.member.rename(name, self.world.clock.now)
            visit.turn()

    def _retry_password(self) -> None:
        visit = self.visit
        if visit is not None and visit.member.state is State.PASSWORD_ASKED:
            visit.member.retry_password(PASSWORD, self.world.clock.now)
            visit.turn()

    def _rejoin_or_leave(self) -> None:
        visit = self.visit
        if visit is not None and visit.member.state is State.OUTSIDE:
            if self._chance.random() < 0.6:
                visit.member.rejoin(self.world.clock.now)
            else:
                visit.member.leave(self.world.clock.now)
            visit.turn()

    def _act(self) -> None:
        if self.world.is_healed:
            return
        self.plan()
        visit = self.visit
        if visit is None or visit.is_gone or visit.asleep:
            return
        if visit.member.state is State.JOINING and not visit.was_in:
            name = self._draw_name()
            visit.names.add(name)
            visit.member.rename(name, self.world.clock.now)
        else:
            weights = list(ACTIONS.values())
            self._do(self._chance.choices(list(ACTIONS), weights)[0], visit)
        visit.turn()

    def _do(self, action: str, visit: Visit) -> None:
        chance, now = self._chance, self.world.clock.now
        self.world.tell(f"{visit}: {action}")
        if action in TALK:
            self._say(action, visit)
        elif action == "read":
            visit.read(*self._draw_page(visit))
        elif action == "find":
            visit.find(chance.choice(WORDS), chance.choice((0, 0, 0, 7, 60)))
        elif action == "stop_finding":
            visit.stop_finding()
        elif action == "try_now":
            visit.member.try_now(now)
        elif action == "leave":
            visit.member.leave(now)
        elif action == "die":
            visit.go()
            self.world.clock.after(chance.uniform(0.1, 20), self._come_again)
        elif action == "sleep":
            visit.asleep = True
            awake_in_s = chance.choice((1, 5, 20, 70)) * chance.uniform(0.5, 1.5)
            self.world.clock.after(awake_in_s, lambda: self._wake(visit))
        elif action == "move":
            visit.move(chance.choice((self.ip, self.ip, f"198.18.0.{self._number + 1}")))

    def _say(self, action: str, visit: Visit) -> None:
        texts = self._chance.randrange(2, 30) if action == "say_much" else 1
        times = self._chance.randrange(20, 200) if action == "say_at_length" else 1
        for _ in range(texts):
            visit.member.say(self._draw_text() * times, self.world.clock.now)

    def _come_again(self) -> None:
        if not self.world.is_healed:
            self.come()

    def _wake(self, visit: Visit) -> None:
        if visit.asleep:
            visit.asleep = False
            visit.turn()

    def _draw_page(self, visit: Visit) -> tuple[int, int]:
        """Return a page anywhere in the log, or a little beyond it."""
        first = self._chance.randrange(1, visit.member.figures().head + 20)
        return first, first + self._chance.choice((0, 5, 30, 300))

    def _draw_text(self) -> str:
        self._texts += 1
        start = self._chance.choice(("", "", "=1+", "'", "-"))
        return f"{start}{self._number}.{self._texts}{self._chance.choice(FILLERS)}"
