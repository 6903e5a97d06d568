"""From what was said to what all are sent: stored first, then acknowledged and cast."""

from collections.abc import Iterable

from chatroom.protocol import changes, entries, messages
from chatroom.server import batch, caster, events, host, log, people, post, repeats
from chatroom.server.audience import Audience


class Delivery:
    """Stores what waits, a batch a turn, and casts what is new."""

    def __init__(
        self,
        log: log.Log,
        batch: batch.Batch,
        host: host.Host,
        people: people.People,
        caster: caster.Caster,
        post: post.Post,
    ) -> None:
        self._log = log
        self._batch = batch
        self._host = host
        self._people = people
        self._caster = caster
        self._post = post
        self._repeats = repeats.Repeats()
        self._is_refused = False  # and the host was told of it

    def commit(self, now: float) -> None:
        """Store the batch, with what the host says, and tell all of it. Raises LogBroken."""
        drafts = self._host.drafts(now)
        self._batch.add(drafts)
        if not self._batch:
            return
        committed = self._batch.commit(now)
        for answer in committed.answers:
            self._post.reply(*answer)
        if committed.refused is not None:
            if drafts:
                self._host.put_off(now)
            if not self._is_refused:  # everybody tries again and again
                self._post.notify(events.StorageRefused(committed.refused))
            self._is_refused = True
            return
        self._host.settle(len(drafts), now)
        if committed.entries:
            if self._is_refused:
                self._post.notify(events.StorageRecovered())
            self._is_refused = False
            self._post.notify(events.MessagesStored(committed.entries))
            most = len(committed.entries)
            bodies = entries.pack_entries(committed.entries, most)
            self._cast_entries(bodies, self._people.audience, now)
            self._repeats.plan(committed.entries, self._people.audience, now)

    def timer(self) -> float:
        """Return when `handle_timer` or `commit` has something to do."""
        return min(self._repeats.due_at, self._people.roll.news_at, self._host.due_at)

    def handle_timer(self, now: float) -> None:
        """Repeat what was cast lately; tell that the people changed."""
        if now >= self._repeats.due_at:
            body, audience = self._repeats.take(self._people.audience, now)
            if audience:
                self._cast_entries([body], audience, now)
        news = self._people.roll.take_news(now)
        if news:
            head = self._log.head
            payloads = [changes.encode_changes(some, head=head) for some in news]
            self._cast(payloads, self._people.audience, now)

    def stop(self) -> None:
        """Cast nothing more by itself."""
        self._repeats.stop()

    def _cast_entries(self, bodies: Iterable[bytes], audience: Audience, now: float) -> None:
        head, told = self._log.head, self._people.roll.told
        payloads = [entries.encode_entries(one, head=head, version=told) for one in bodies]
        self._cast(payloads, audience, now)

    def _cast(self, payloads: Iterable[bytes], audience: Audience, now: float) -> None:
        self._caster.renew_key(now, somebody_left=self._people.take_leaving())
        key = self._caster.take_new_key()
        if key is not None:
            told = messages.encode_notice(key)
            for session in self._people:
                self._post.seal(session, told)
        self._post.cast(self._caster.cast(payloads, audience))
