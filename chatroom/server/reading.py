"""All that is read of the log for somebody: a little in each turn, so that nobody waits for it."""

from chatroom.server import log, people, post
from chatroom.server.fetches import Fetches
from chatroom.server.searches import Searches


class Reading:
    """Those who fetch entries, and those who look for some."""

    def __init__(self, log: log.Log, people: people.People, post: post.Post) -> None:
        self.fetches = Fetches(log, people, post)
        self.searches = Searches(log, people, post)

    def __bool__(self) -> bool:
        """Tell whether anybody waits."""
        return bool(self.fetches or self.searches)

    def step(self, now: float) -> None:
        """Answer one Fetch, and search through one slice. Raises LogBroken."""
        self.fetches.step()
        self.searches.step(now)
