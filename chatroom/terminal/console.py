"""The client without a window: lines of standard input are messages.

Where somebody types them there are commands, too (`slash_commands`), the line that is typed
stays whole below what comes in (`prompt`), and messages have times, days and colours (`printer`).
"""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import wait

from chatroom import words
from chatroom.client import events, member
from chatroom.network import driver, events as driver_events
from chatroom.protocol import wire
from chatroom.terminal import output, printer, reading, signals, slash_commands, streams
from chatroom.words.phrases import Phrase
from chatroom.words.terminal import Command

STATUS_LEFT, STATUS_FAILED = 0, 1
STATUS_WRONG_PASSWORD, STATUS_NAME_REFUSED, STATUS_NO_ANSWER, STATUS_OTHER_HOST = 3, 4, 5, 6
FAILURES = {
    events.PasswordRefused: STATUS_WRONG_PASSWORD,
    events.NameRefused: STATUS_NAME_REFUSED,
    events.Expelled: STATUS_FAILED,
    driver_events.DriverFailed: STATUS_FAILED,
}
"""What ends a console, and its status."""
PATIENCE_S = 15.0
"""How long to wait for a first answer."""
LOOK_EVERY_S = 0.2
"""How often to see whether there is more to read, or nothing more to say."""
LOST_PATIENCE_S = 60.0
"""How long to wait, after the input's end, for a lost server to take what was said."""
LAST_LINES_S = 2.0
"""How long a reader may take for the last lines, once we have left."""
UNSAID_MOST = 1000
"""Texts that may wait for the server before more of the input is read."""
WRITES_MOST = 8
"""Pages that may wait for whoever reads them before the next one is asked for."""


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
        on_entered: Callable[[events.Entered], None] = lambda entered: None,
        trusts_new_host: bool = False,
    ) -> None:
        """Talk through a driver that was not started yet; `server` names its goal.

        `reads_all`: print the whole log, page by page, however little of it the driver's
        member begins with. `on_entered` is called whenever the server lets us in.
        `trusts_new_host`: go on also where the host's key is another than before.
        """
        self._driver = driver
        self._server = server
        self._follow = follow
        self._on_entered = on_entered
        self._trusts_new_host = trusts_new_host
        self._refusal: str | None = None  # what the door said, which may be a lie
        self._streams = streams.Streams()
        self._printer = printer.Printer(
            self._streams, as_json=as_json, is_wanted=lambda: not self._leaving
        )
        self._log = reading.Log(
            self._ask,
            self._printer.print,
            self._printer.answer_with,
            has_room=self._has_room,
            reads_all=reads_all,
        )
        self._commands = slash_commands.SlashCommands(
            self._printer.answer,
            find=self._find,
            show_earlier=self._log.show_earlier,
            show_name=self._printer.show_name,
        )
        self._asked: deque[str] = deque()
        """Commands; the thread that reads them leaves them to the one that knows the log."""
        self._input_ended = threading.Event()
        self._stored = threading.Event()
        self._status = STATUS_LEFT
        self._leaving = self._is_reading = False
        self._while_open = contextlib.ExitStack()
        self._lost_at: float | None = None
        self._looked_at = time.monotonic()

    def run(self) -> int:
        """Talk until the input ends or the room does; return the exit status."""
        with (
            signals.stopped_by(self._leave, self._streams.restore),
            contextlib.ExitStack() as self._while_open,
        ):
            self._driver.start()
            if self._streams.is_typed:
                self._printer.tell(f"* {Command.CONNECTING(server=self._server)}")
            else:
                self._begin_reading()
            while True:
                event = self._driver.next_event(timeout_s=LOOK_EVERY_S)
                if isinstance(event, driver_events.DriverStopped):
                    break
                if event is not None:
                    self._handle(event)
                self._tick(is_idle=event is None)
        self._finish()
        return self._status

    # ----------------------------------------------------------------------------------

    def _tick(self, *, is_idle: bool) -> None:
        """Do what is to be done now and then."""
        while self._asked:
            line = self._asked.popleft()
            self._printer.show_command(line)
            self._commands.run(line)
        if self._streams.prompt is not None:
            self._streams.prompt.heed_signals()
            if self._input_ended.is_set():
                self._streams.prompt.end()
        if is_idle:
            self._printer.show_waiting(are_new=True)
        now = time.monotonic()
        if is_idle or now - self._looked_at >= LOOK_EVERY_S:  # others may talk without a pause
            self._looked_at = now
            self._log.go_on()
            if self._has_nothing_more_to_say() and not self._leaving:
                self._leave_when_settled()

    def _begin_reading(self) -> None:
        """Take what is typed, but not before we are let in: a question may come again."""
        if not self._is_reading:
            self._is_reading = True
            self._while_open.enter_context(self._streams.open())
            threading.Thread(target=self._read_input, daemon=True).start()

    def _read_input(self) -> None:
        """Take each line of the input, in a thread of its own."""
        is_typed = self._streams.is_typed
        for line in self._streams.lines():
            if line == "exit" or (is_typed and line.strip() in ("exit", "/exit")):
                self._follow = False
                break
            if is_typed and slash_commands.is_command(line):
                self._asked.append(line)
            elif line.strip():
                self._say(slash_commands.message_of(line) if is_typed else line)
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
        sendable = looked_for.encode("utf-8", "replace")[: wire.WORDS_SIZE].decode(
            "utf-8", "ignore"
        )
        self._log.find(sendable)
        self._driver.call(lambda member, now: member.find(sendable, 0, now))

    def _has_nothing_more_to_say(self) -> bool:
        """Tell whether the input has ended, and nobody follows what others say."""
        is_read = self._follow and self._streams.messages.error is None
        return self._input_ended.is_set() and not self._asked and not is_read

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
        self._printer.tell(sentence)
        self._leave()

    def _finish(self) -> None:
        """Let the last lines out, and tell where they could not be written."""
        self._streams.messages.close(LAST_LINES_S)
        error = self._streams.messages.error
        if error is not None and not output.is_reader_gone(error):
            self._streams.words.write(f"{words.log_failed(error)}\n")
            self._status = self._status or STATUS_FAILED
        self._streams.words.close(LAST_LINES_S)

    def _handle(self, event: object) -> None:
        self._know(event)
        sentence = words.sentence(event)
        status = FAILURES.get(type(event))
        if status is not None:
            self._fail(status, sentence)
            return
        match event:
            case events.TextsStored():
                self._stored.set()
            case driver_events.DriverStarted():
                pass  # has words for the host
            case events.HostKeyChanged(met=met):
                self._decide_on_host(met, sentence)
            case events.AccessRefused():
                self._refusal = sentence
                self._printer.tell(f"* {sentence}")
            case events.ServerSilent(silent_s):
                self._lose_patience(silent_s)
            case events.Left():
                self._printer.tell(sentence)
                if event.unsaid:
                    self._status = self._status or STATUS_NO_ANSWER
            case _:
                if sentence is not None:
                    self._printer.tell(f"* {sentence}")
                if isinstance(event, events.Entered) and self._streams.is_typed:
                    self._greet(event)

    def _lose_patience(self, silent_s: float) -> None:
        """End where nobody answered for long, and a refusal at the door was all there came."""
        if silent_s < PATIENCE_S:
            return
        if self._refusal is not None:
            self._fail(STATUS_FAILED, self._refusal)
        else:
            self._fail(STATUS_NO_ANSWER, words.no_answer(self._server))

    def _decide_on_host(self, met: bytes, sentence: str | None) -> None:
        """Go on with another host only where that was asked for."""
        if self._trusts_new_host:
            self._printer.tell(f"* {sentence}")
            self._driver.call(lambda member, now: member.trust_host(met, now))
        else:
            self._fail(STATUS_OTHER_HOST, f"{sentence} {Command.NEW_HOST()}")

    def _greet(self, entered: events.Entered) -> None:
        if not entered.back:
            self._printer.answer(f"* {Command.HINT()}")
        self._begin_reading()

    def _know(self, event: object) -> None:
        """Take in how it is with the server, and let others do so."""
        match event:
            case events.ServerLost():
                self._lost_at = time.monotonic()
            case events.ServerFound():
                self._lost_at = None
            case events.Entered():
                self._lost_at = None
                self._on_entered(event)
        self._commands.handle(event)
        self._printer.handle(event)
        self._log.handle(event)

    def _ask(self, first: int, last: int) -> None:
        self._driver.call(lambda member, now: member.read(first, last, now))

    def _has_room(self) -> bool:
        """Tell whether whoever reads what we print has taken most of it."""
        return self._streams.messages.waiting < WRITES_MOST
