"""What must be true in every world. Each rule is a function; it returns what is wrong.

AFTER_SERVER_TURN   what the server holds and sends
AFTER_VISITOR_TURN  what a member holds
AFTER_IMPOSTOR_TURN what a false host gets of it
WHEN_TOLD           what a member tells its person
WHEN_LISTED         the list of people that somebody is shown
WHEN_SHOWN          entries that somebody is shown at the live end
WHEN_READ           entries of a page that somebody is shown
WHEN_FOUND          what somebody is told of a search
AT_REST             the archive, read whenever the server starts and at the end
WHEN_HEALED         30 s after everything works again, at the latest
AT_THE_END          after a long rest and one newcomer
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from chatroom.client import events as client_events, fetching
from chatroom.client.roster import BACK_WITHIN_S
from chatroom.client.states import State
from chatroom.protocol.entries import Entry, make_id, split_id
from chatroom.protocol.messages import Refusal
from chatroom.protocol.names import name_key
from chatroom.protocol.wire import DATAGRAM_SIZE
from chatroom.server import caster, cookies, door, guesses, half_open, people, sessions
from chatroom.server.events import MessagesStored
from chatroom.server.figures import DoorFigures

if TYPE_CHECKING:
    from typing import TypeAlias

    from tests.simulation.host import Host
    from tests.simulation.impostors import Impostor
    from tests.simulation.visitors import Visit
    from tests.simulation.world import World

    ShowsEntries: TypeAlias = client_events.NewEntries | client_events.PageRead | MessagesStored

FLOOD_TEXTS = tuple(f"flood {number}" for number in range(8))
FALSE_ENTRIES = 40
"""What an impostor's log begins with."""
QUIET_DATAGRAMS_EACH = 12
"""In 30 s of rest a member pings twice at most, and may read one new list of people."""
SILENCE_MOST_S = 3.0
EARLY_S = 1e-6
TRANSMISSIONS_KEPT = 6 * 16  # of a Say, two Fetches, a Find, a Who and a Ping


class Violation(Exception):
    """A rule did not hold in this world."""

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(f"{rule}: {words}")
        self.rule = rule


def demand(rules: Iterable[Callable[..., str | None]], *subjects: Any) -> None:
    """Raise Violation where a rule does not hold."""
    for rule in rules:
        words = rule(*subjects)
        if words:
            raise Violation(rule.__name__, words)


# The server ---------------------------------------------------------------------------


def names_are_held_once(host: Host) -> str | None:
    held = [name_key(one.name) for one in host.present()]
    twice = [key for key, count in Counter(held).items() if count > 1]
    return f"two hold {twice}" if twice else None


def names_change_hands_in_silence(host: Host) -> str | None:
    """Who spoke in the last two seconds, and did not leave, keeps the name."""
    sessions = {one.number: one for one in host.figures.sessions}
    holders = {name_key(one.name): one for one in sessions.values() if one.is_in}
    before, host.holders = host.holders, holders
    for key, held in before.items():
        new, old = holders.get(key), sessions.get(held.number)
        if new is None or new.device == held.device:
            continue
        if old is None or old.over is not None or name_key(old.name) != key:
            continue
        silent_s = host.clock.now - old.heard_at
        if silent_s < people.CONTEST_S - 1e-6:
            return f"{old.name!r} was handed on after {silent_s:.3f} s of silence"
    return None


def hosts_name_is_kept(host: Host) -> str | None:
    """Nobody is in under the host's name, or one that looks the same."""
    own = name_key(host.running.host_name)
    held = [one.name for one in host.present() if name_key(one.name) == own]
    return f"somebody is in as {held}" if held or not own else None


def holders_have_sessions(host: Host) -> str | None:
    listed = Counter(one.name for one in host.present())
    held = Counter(one.name for one in host.figures.sessions if one.is_in and one.over is None)
    strays = sorted((listed - held).elements())
    return f"no session of theirs is left: {strays}" if strays else None


def room_is_flushed(host: Host) -> str | None:
    left = host.figures.datagrams_waiting, host.figures.says_waiting
    return f"left after sending: {left}" if any(left) else None


def door_is_bounded(host: Host) -> str | None:
    kept = host.figures.door
    most = DoorFigures(
        half_open=half_open.HALF_OPEN_MOST,
        half_open_at_one_prefix=half_open.HALF_OPEN_PER_PREFIX,
        knocks_waiting=door.WAITING_MOST,
        used_cookies=int(door.HANDSHAKES_PER_S * (cookies.COOKIE_LIFE_S + 1)),
        prefixes_guessing=guesses.REMEMBERED_MOST,
    )
    sizes, limits = vars(kept), vars(most)
    beyond = {name: size for name, size in sizes.items() if size > limits[name]}
    return f"kept of strangers: {beyond}" if beyond else None


def nothing_is_amplified(host: Host) -> str | None:
    """Who has proved nothing gets no more bytes than came from its address."""
    for address, sent in host.sent_unproven.items():
        if sent > host.received[address]:
            return f"{sent} bytes for {host.received[address]} to {address}"
    return None


def datagrams_fit(data: bytes) -> str | None:
    return f"{len(data)} bytes" if len(data) > DATAGRAM_SIZE else None


def host_is_told_what_is_lost(host: Host, lost: Sequence[str]) -> str | None:
    return host.speech.end(lost)


def a_prefix_has_few_sessions(host: Host) -> str | None:
    """One person cannot fill the room: a session counts where it began, however it moves."""
    places = Counter(one.host for one in host.figures.sessions)
    beyond = {ip: count for ip, count in places.items() if count > sessions.SESSIONS_PER_HOST}
    return f"places of one address: {beyond}" if beyond else None


def the_blocked_are_out(host: Host) -> str | None:
    inside = [
        one for one in host.figures.sessions if one.over is None and one.address[0] in host.blocked
    ]
    return f"in from a blocked address: {inside}" if inside else None


def who_left_reads_no_more(host: Host) -> str | None:
    """What is cast is under a key of after somebody left, or that was young then."""
    if host.cast_at != host.clock.now:
        return None
    age_s = host.clock.now - host.key_since
    if host.put_out_at is not None and host.key_since < host.put_out_at:
        return f"who was put out has the key of what is cast after {age_s:.1f} s"
    left = host.left_at is not None and host.key_since < host.left_at < host.clock.now
    if left and age_s >= caster.KEY_CHANGED_EVERY_S + EARLY_S:
        return f"who left has the key of what is cast, which is {age_s:.1f} s old"
    return None


AFTER_SERVER_TURN = (
    room_is_flushed,
    door_is_bounded,
    nothing_is_amplified,
    a_prefix_has_few_sessions,
    the_blocked_are_out,
    who_left_reads_no_more,
)
WHEN_SENT = (datagrams_fit,)


def nobody_trusts_an_impostor(impostor: Impostor) -> str | None:
    """It gets nobody in, and so nothing that anybody says."""
    fooled = len(impostor.room.figures().sessions)
    texts = impostor.log.head - FALSE_ENTRIES
    return f"it has {fooled} sessions and {texts} texts" if fooled or texts else None


AFTER_IMPOSTOR_TURN = (nobody_trusts_an_impostor,)
WHEN_PEOPLE_CHANGE = (
    names_are_held_once,
    names_change_hands_in_silence,
    holders_have_sessions,
    hosts_name_is_kept,
)

# The members --------------------------------------------------------------------------


def member_is_bounded(visit: Visit) -> str | None:
    holds = visit.member.figures()
    if holds.aside > fetching.AHEAD_MOST:
        return f"{holds.aside} entries kept aside"
    if len(holds.awaited) > TRANSMISSIONS_KEPT:
        return f"{len(holds.awaited)} transmissions remembered"
    return None


def silence_is_told(visit: Visit) -> str | None:
    """Nobody in the room may believe for long that what was sent has arrived."""
    since = visit.silent_since
    if visit.member.state is not State.IN or visit.is_told_lost or since is None:
        return None
    silent_s = visit.clock.now - since
    return f"{visit}: {silent_s:.3f} s of silence" if silent_s > SILENCE_MOST_S else None


def shown_without_a_gap(visit: Visit, event: client_events.NewEntries) -> str | None:
    """What comes joins the end of what was shown."""
    came = [entry.seq for entry in event.entries]
    low, high = came[0], came[-1]
    if came != list(range(low, high + 1)):
        return f"{visit} was shown {came}"
    if not visit.shown:
        return None
    last = visit.shown[-1].seq
    return None if low == last + 1 else f"{visit} holds up to {last} and was shown {low}-{high}"


def page_is_what_was_wanted(visit: Visit, event: client_events.PageRead) -> str | None:
    wrong = visit.reader.take_page(event)
    return f"{visit}: {wrong}" if wrong else None


def hits_are_in_order(visit: Visit, event: client_events.HitsFound) -> str | None:
    wrong = visit.reader.take_hits(event)
    return f"{visit}: {wrong}" if wrong else None


def shown_alike(viewer: Visit | Host, event: ShowsEntries) -> str | None:
    """Everybody sees the same entry under the same number, the host's window too."""
    shown = viewer.world.shown
    for entry in event.entries:
        if shown.setdefault(entry.seq, entry) != entry:
            return f"{viewer} was shown {entry}, others {shown[entry.seq]}"
    return None


def right_password_is_never_wrong(visit: Visit, event: client_events.MemberEvent) -> str | None:
    refused = isinstance(event, client_events.PasswordRefused) and visit.knows_password
    return f"{visit} is asked for another password" if refused else None


def only_the_host_puts_out(visit: Visit, event: client_events.MemberEvent) -> str | None:
    """Nothing else ends a visit, and with it what was not sent."""
    if not isinstance(event, client_events.Expelled):
        return None
    reason = event.reason
    return None if reason is Refusal.REMOVED else f"{visit} is put out: {reason.name}"


def only_the_host_lets_in(visit: Visit, event: client_events.MemberEvent) -> str | None:
    if not isinstance(event, client_events.Entered) or event.host_key == visit.world.host_key:
        return None
    return f"{visit} is in at another host's"


def people_listed_were_in(visit: Visit, event: client_events.PeopleChanged) -> str | None:
    """Nobody is shown a list that never was, however many changes were missed."""
    was = event.names in visit.world.host.lists
    return None if was else f"{visit} is shown {event.names}, which never was"


def who_came_and_went_is_told(visit: Visit, event: client_events.PeopleChanged) -> str | None:
    """What is told of comings and goings makes one list of people the next.

    Who is not there yet when we are back is told as gone ten seconds later.
    """
    untold = set(event.names) - visit.told_in
    missed = visit.told_in - set(event.names)
    if not untold and (not missed or visit.clock.now < visit.listed_at + BACK_WITHIN_S):
        return None
    return f"{visit}: {visit.people}, {event}"


WHEN_TOLD = (right_password_is_never_wrong, only_the_host_puts_out, only_the_host_lets_in)
WHEN_LISTED = (people_listed_were_in, who_came_and_went_is_told)
AFTER_VISITOR_TURN = (member_is_bounded, silence_is_told)
WHEN_SHOWN = (shown_without_a_gap, shown_alike)
WHEN_READ = (page_is_what_was_wanted, shown_alike)
WHEN_FOUND = (hits_are_in_order,)

# The archive --------------------------------------------------------------------------


def what_was_shown_is_there(world: World, archived: Sequence[Entry]) -> str | None:
    for seq, entry in world.shown.items():
        found = archived[seq - 1] if seq <= len(archived) else None
        if found != entry:
            return f"somebody was shown {entry}, the archive has {found}"
    return None


def what_was_called_stored_is_there(world: World, archived: Sequence[Entry]) -> str | None:
    there = {entry.id for entry in archived}
    for visit in world.visits:
        for counter in range(1, visit.stored + 1):
            if make_id(visit.device, counter) not in there:
                return f"{visit} was told that text {counter} is stored"
    return None


def what_the_host_said_is_there(world: World, archived: Sequence[Entry]) -> str | None:
    """What was not told to be lost is stored, of rooms that were closed."""
    there = {entry.id for entry in archived}
    for device, count in world.host.speech.settled.items():
        lacking = [n for n in range(1, count + 1) if make_id(device, n) not in there]
        if lacking:
            return f"of {count} texts of the host {lacking} are not there"
    return None


def ids_are_unique(world: World, archived: Sequence[Entry]) -> str | None:
    twice = [id_ for id_, count in _count_ids(archived) if count > 1]
    return f"more than once in the archive: {twice}" if twice else None


def senders_keep_their_order(world: World, archived: Sequence[Entry]) -> str | None:
    """Each device's texts stand in the order they were said in, none left out."""
    reached: dict[str, int] = {}
    for entry in archived:
        device, counter = split_id(entry.id) or ("", 0)
        if device and counter != reached.get(device, 0) + 1:
            return f"{entry} follows text {reached.get(device, 0)}"
        reached[device] = counter
    return None


def nobody_else_wrote(world: World, archived: Sequence[Entry]) -> str | None:
    """Every entry is what its sender said, under a name of that sender."""
    visits = {visit.device: visit for visit in world.visits}
    floods = {one.device: one.name for one in world.flooder.sessions} if world.flooder else {}
    speech = world.host.speech
    for entry in islice(archived, world.older, None):
        device, counter = split_id(entry.id) or ("", 0)
        if device in speech.said:
            if entry.text not in speech.said[device][counter - 1 : counter]:
                return f"the host did not say {entry}"
            if entry.name not in speech.names:
                return f"the host never was {entry.name!r}"
            continue
        if device in floods:
            if entry.text not in FLOOD_TEXTS or entry.name != floods[device]:
                return f"no flood said {entry}"
            continue
        visit = visits.get(device)
        if visit is None or visit.said.get(counter) != entry.text:
            return f"nobody said {entry}"
        if entry.name not in visit.names:
            return f"{visit} never was {entry.name!r}"
    return None


def searches_found_what_is_there(world: World, archived: Sequence[Entry]) -> str | None:
    """All that matched when a search began is found, and nothing that does not match."""
    for visit in world.visits:
        while visit.reader.searches:
            wrong = visit.reader.searches.pop().check(archived)
            if wrong:
                return f"{visit}: {wrong}"
    return None


AT_REST = (
    what_was_shown_is_there,
    searches_found_what_is_there,
    what_was_called_stored_is_there,
    what_the_host_said_is_there,
    ids_are_unique,
    senders_keep_their_order,
    nobody_else_wrote,
)

# A healed world -----------------------------------------------------------------------


def everybody_is_in(world: World) -> str | None:
    out = [visit for visit in world.present() if visit.member.state is not State.IN]
    return f"not in the room: {_list(out)}" if out else None


def everybody_has_everything(world: World) -> str | None:
    head = world.host.head
    for visit in world.present():
        shown = visit.shown
        holds = visit.member.figures()
        if holds.last != head or (shown and shown[-1].seq != head) or holds.missing:
            return f"{visit} holds {holds.first}-{holds.last} of {head}"
        if holds.aside:
            return f"{visit} keeps entries aside that it has shown"
    return None


def pages_are_whole(world: World) -> str | None:
    for visit in world.present():
        page = visit.reader.page
        if page is not None and page.missing:
            return f"{visit} lacks {sorted(page.missing)} of {page.first}-{page.last}"
    return None


def searches_are_over(world: World) -> str | None:
    endless = [visit for visit in world.present() if visit.reader.search is not None]
    return f"still looking: {_list(endless)}" if endless else None


def everything_said_is_stored(world: World) -> str | None:
    for visit in world.present():
        if visit.member.unsaid or visit.stored != len(visit.said):
            unsaid = visit.member.unsaid
            return f"{visit}: {unsaid} of {len(visit.said)} texts are not stored"
    return None


def host_was_heard(world: World) -> str | None:
    """All that the host said since it opened the room is in the archive."""
    host = world.host
    said = host.speech.said[host.speech.device]
    waiting = host.look().host_waiting
    stored = sum(one.id.startswith(host.speech.device) for one in host.archived())
    if waiting or stored != len(said):
        return f"{waiting} of the host's {len(said)} texts wait, {stored} are stored"
    return None


def members_have_their_names(world: World) -> str | None:
    """Each is listed under the name it believes in, and no two believe in one."""
    listed = {one.name for one in world.host.present()}
    names = [visit.member.name for visit in world.present()]
    missing = [name for name in names if name not in listed]
    if missing:
        return f"the server does not list {missing}, but {sorted(listed)}"
    keys = Counter(map(name_key, [*names, world.host.running.host_name]))
    return None if max(keys.values(), default=0) < 2 else f"two are called one: {names}"


def everybody_knows_who_is_in(world: World) -> str | None:
    listed = world.host.names()
    for visit in world.present():
        if visit.people != listed:
            return f"{visit} lists {visit.people}, the server {listed}"
    return None


WHEN_HEALED = (
    everybody_is_in,
    everybody_has_everything,
    pages_are_whole,
    searches_are_over,
    everything_said_is_stored,
    host_was_heard,
    members_have_their_names,
    everybody_knows_who_is_in,
)


def the_gone_are_not_listed(world: World) -> str | None:
    listed = sorted(one.name for one in world.host.present())
    living = sorted(visit.member.name for visit in world.present())
    return None if listed == living else f"listed {listed}, living {living}"


def strangers_left_no_trace(world: World) -> str | None:
    """Long after the last of them, only the newcomer's own handshake is kept."""
    kept = world.host.look().door
    sizes = kept.half_open, kept.knocks_waiting, kept.used_cookies
    return f"half-open, waiting, cookies: {sizes}" if sizes > (0, 0, 1) else None


def no_contest_goes_on(world: World) -> str | None:
    contests = world.host.look().contests
    return f"{contests} names are contested" if contests else None


def rest_is_quiet(world: World) -> str | None:
    most = QUIET_DATAGRAMS_EACH * max(len(list(world.present())), 1)
    sent = world.sent_at_rest
    return f"{sent} datagrams in 30 s of rest" if sent > most else None


def newcomer_reads_it_all(world: World) -> str | None:
    shown, archived = world.newcomer_shown, world.host.archived()
    return None if shown == archived else f"{len(shown)} of {len(archived)} entries"


AT_THE_END = (
    the_gone_are_not_listed,
    strangers_left_no_trace,
    no_contest_goes_on,
    rest_is_quiet,
    newcomer_reads_it_all,
)

# --------------------------------------------------------------------------------------


def _count_ids(archived: Sequence[Entry]) -> Iterator[tuple[str, int]]:
    yield from Counter(entry.id for entry in archived).items()


def _list(visits: Iterable[Visit]) -> str:
    return ", ".join(f"{visit} ({visit.member.state.name})" for visit in visits)
