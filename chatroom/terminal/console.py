"""The client without a window: lines of standard input are messages.

Where somebody types them, `/find WORDS` looks for messages instead.
"""

import json
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import wait

from chatroom import words
from chatroom.client import events, member
from chatroom.network import driver, events as driver_events
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry
from chatroom.terminal import lines, output, reading, signals
from chatroom.words.phrases import Phrase

STATUS_LEFT, STATUS_FAILED = 0, 1
STATUS_WRONG_PASSWORD, STATUS_NAME_REFUSED, STATUS_NO_ANSWER = 3, 4, 5
PATIENCE_S = 15.0
"""How long to wait for a first answer."""
LOST_PATIENCE_S = 60.0
"""How long to wait, after the input's end, for a lost server to take what was said."""
LAST_LINES_S = 2.0
"""How long a reader may take for the last lines, once we have left."""
UNSAID_MOST = 1000
"""Texts that may wait for the server before more of the input is read."""
WRITES_MOST = 8
"""Pages that may wait for whoever reads them before the next one is asked for."""
FIND = "/find"


class Console:
    """The chat on standard input and output."""

    def __init__(
        self,
        driver: driver.Driver[member.Member],
        server: str,
        *,
        as_json: bool,
        follow: bool,
        reads_all: bool = False,
    ) -> None:
        """Talk through a driver that was not started yet; `server` names its goal.

        `reads_all`: print the whole log, page by page, however little of it the driver's
        member begins with.
        """
        self._driver = driver
        self._server = server
        self._as_json = as_json
        self._follow = follow
        self._messages = output.Output(sys.stdout)
        self._words = output.Output(sys.stderr)
        self._input_ended = threading.Event()
        self._stored = threading.Event()
        self._status = STATUS_LEFT
        self._leaving = False
        self._lost_at: float | None = None
        self._log = reading.Log(
            self._ask, self._print, self._tell, has_room=self._has_room, reads_all=reads_all
        )

    def run(self) -> int:
        """Talk until the input ends or the room does; return the exit status."""
        with signals.stopped_by(self._leave):
            self._driver.start()
            threading.Thread(target=self._read_input, daemon=True).start()
            while True:
                event = self._driver.next_event(timeout_s=0.2)
                if isinstance(event, driver_events.DriverStopped):
                    break
                if event is not None:
                    self._handle(event)
                    continue
                self._log.go_on()
                if self._has_nothing_more_to_say() and not self._leaving:
                    self._leave_when_settled()
        self._finish()
        return self._status

    # ----------------------------------------------------------------------------------

    def _read_input(self) -> None:
        """Say each line of the input, in a thread of its own."""
        is_typed = sys.stdin is not None and sys.stdin.isatty()
        for line in lines.input_lines():
            if line == "exit":
                self._follow = False
                break
            if is_typed and line.split(" ")[0] == FIND:
                self._find(line.removeprefix(FIND).strip())
            elif line.strip():
                self._say(line)
        self._input_ended.set()

    def _say(self, text: str) -> None:
        """Hand a text over, and wait while very much of it waits for the server."""

        def say(ours: member.Member, now: float) -> int:
            ours.say(text, now)
            return ours.unsaid

        said = self._driver.call(say)
        while wait([said]) and not said.cancelled() and said.result() > UNSAID_MOST:
            self._stored.wait(1.0)
            self._stored.clear()
            said = self._driver.call(lambda member, now: member.unsaid)

    def _find(self, looked_for: str) -> None:
        """Have the server look for what was typed."""
        if not looked_for:
            self._tell(Phrase.FIND_WHAT())
            return
        sendable = looked_for.encode("utf-8", "replace")[: wire.WORDS_SIZE].decode(
            "utf-8", "ignore"
        )
        self._log.find(sendable)
        self._driver.call(lambda member, now: member.find(sendable, 0, now))

    def _has_nothing_more_to_say(self) -> bool:
        """Tell whether the input has ended, and nobody follows what others say."""
        is_read = self._follow and self._messages.error is None
        return self._input_ended.is_set() and not is_read

    def _leave_when_settled(self) -> None:
        """Leave once all that was said is stored and all that was stored is shown."""
        settled = self._driver.call(lambda member, now: member.is_settled)
        is_settled = wait([settled]) and not settled.cancelled() and settled.result()
        if is_settled and not self._log.is_reading:
            self._leave()
        elif self._lost_at and time.monotonic() - self._lost_at > LOST_PATIENCE_S:
            self._fail(STATUS_NO_ANSWER, Phrase.NOT_BACK())

    def _leave(self) -> None:
        self._leaving = True
        self._driver.call(lambda member, now: member.leave(now))

    def _fail(self, status: int, sentence: str | None) -> None:
        self._status = status
        self._tell(sentence)
        self._leave()

    def _finish(self) -> None:
        """Let the last lines out, and tell where they could not be written."""
        self._messages.close(LAST_LINES_S)
        error = self._messages.error
        if error is not None and not output.is_reader_gone(error):
            self._tell(words.log_failed(error))
            self._status = self._status or STATUS_FAILED
        self._words.close(LAST_LINES_S)

    def _handle(self, event: object) -> None:
        self._log.handle(event)
        sentence = words.sentence(event)
        match event:
            case events.TextsStored():
                self._stored.set()
            case driver_events.DriverStarted():
                pass  # has words for the host
            case events.PasswordRefused():
                self._fail(STATUS_WRONG_PASSWORD, sentence)
            case events.NameRefused():
                self._fail(STATUS_NAME_REFUSED, sentence)
            case events.AccessRefused() | events.Expelled() | driver_events.DriverFailed():
                self._fail(STATUS_FAILED, sentence)
            case events.ServerSilent():
                if event.silent_s >= PATIENCE_S:
                    self._fail(STATUS_NO_ANSWER, words.no_answer(self._server))
            case events.Left():
                self._tell(sentence)
                if event.unsaid:
                    self._status = self._status or STATUS_NO_ANSWER
            case _:
                self._note_connection(event)
                if sentence is not None:
                    self._tell(f"* {sentence}")

    def _note_connection(self, event: object) -> None:
        match event:
            case events.ServerLost():
                self._lost_at = time.monotonic()
            case events.ServerFound() | events.Entered():
                self._lost_at = None

    def _ask(self, first: int, last: int) -> None:
        self._driver.call(lambda member, now: member.read(first, last, now))

    def _has_room(self) -> bool:
        """Tell whether whoever reads what we print has taken most of it."""
        return self._messages.waiting < WRITES_MOST

    def _print(self, entries: Sequence[Entry]) -> None:
        """Print entries at the pace of whoever reads them, until we leave."""
        lines = (f"{self._format(entry)}\n" for entry in entries)
        self._messages.write("".join(lines), lambda: not self._leaving)

    def _format(self, entry: Entry) -> str:
        if not self._as_json:
            return words.show_text(f"{entry.name}: {entry.text}")
        shown = {key: getattr(entry, key) for key in ("seq", "time", "name", "text")}
        return json.dumps(shown)

    def _tell(self, sentence: str | None) -> None:
        if sentence is not None:
            self._words.write(f"{words.show_text(sentence)}\n")
