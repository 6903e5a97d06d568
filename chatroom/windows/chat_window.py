"""The chat window: it asks, connects and shows the conversation."""

from collections.abc import Callable

from chatroom import preferences, remembered, settings, words
from chatroom.client import conversation, events, member
from chatroom.network import clock, events as driver_events
from chatroom.windows import (
    alerts,
    appearance,
    asking,
    chat_page,
    connecting_page,
    details,
    joining,
    keys,
    line_sign,
    mnemonics,
    poller,
    question,
    theme,
)
from chatroom.windows.asking import Question
from chatroom.windows.joining import Stage
from chatroom.words import moments
from chatroom.words.chat import Chat

GOODBYE_MS = 2500
SMALLEST = 480, 400
"""Pixels at 100 %; a smaller screen is filled."""

NOTICED = (
    events.PeopleChanged,
    events.ServerLost,
    events.AccessRefused,
    events.ServerFound,
    events.StorageStalled,
    events.TextRefused,
    events.Expelled,
    events.LogReplaced,
)
"""What is said of these stands in the conversation, too."""


class ChatWindow:
    """Connects pages, prompts and driver; `stage` is what the window shows just now."""

    stage: Stage

    def __init__(
        self,
        root: theme.Root,
        ask: Callable[[asking.Prompt], asking.Reply],
        join_room: joining.JoinRoom,
        given: settings.Given,
        memory: remembered.Remembered,
        looks_file: preferences.PreferencesFile | None = None,
    ) -> None:
        """Ask for what was not given as soon as the main loop runs."""
        self.root = root
        self._memory = memory
        self._poller = poller.Poller[member.Member](root, self._handle)
        self._joining = joining.Joining(
            self,
            asking.Asking(ask, given, memory.recent()),
            join_room,
            memory,
            self._poller,
        )
        self.is_leaving = False
        self._is_over = False
        self._goodbye = self._title = self._room = ""
        self._host_key = b""
        self._head_before = 0  # what was said up to here is history, and no news
        self.conversation = conversation.Conversation(moments.read_time, clock.utc_now)
        self.alerts = alerts.Alerts(root, notifies=True)
        self.alerts.on_attention(self._attend)
        self.looks = appearance.Appearance(
            root, looks_file or preferences.PreferencesFile(), self.rebuild, smallest=SMALLEST
        )
        self._sign = line_sign.LineSign(self)
        self._advised: object = None  # what the page that connects told last
        self._build()
        self.show(Stage.ASKING)
        root.protocol("WM_DELETE_WINDOW", self.close)
        mnemonics.set_up(root)
        root.after_idle(self._joining.start)

    # Asking and connecting -------------------------------------------------------------

    def begin(self, answers: settings.Settings, visit: remembered.Visit) -> None:
        """Show that we knock at a room, where an earlier visit left off."""
        self.conversation.open_at(visit.read)
        self.conversation.attend(self.alerts.is_in_front)
        self.alerts.notifies = visit.notifies
        self.chat.head.set_bell(visit.notifies)
        self.connecting.begin(answers.server)
        self._advised = None
        self.show(Stage.CONNECTING)

    def ask_password(self, problem: str = "") -> None:
        """Ask for the password that the host has now."""
        self._joining.ask_password(problem)

    def decide_on_host(self, changed: events.HostKeyChanged) -> None:
        """Ask whether to go on with another host."""
        if self._joining.decide_on_host(changed):
            if self.stage is Stage.CONNECTING:
                self.conversation.open_at(0)  # what was read here was another host's
            self._sign.lost(events.ServerLost(stopped=False), len(self.conversation.waiting))

    def write_on(self) -> None:
        """Have the keyboard where one writes."""
        self.chat.composer.take_keyboard()

    # What happens ----------------------------------------------------------------------

    def _handle(self, event: object) -> None:
        """Show one event: in the conversation, around it, and as a sentence."""
        self.chat.view.draw(self.conversation.handle(event))
        self.chat.find_bar.handle(event)
        self._act_on(event)
        self._tell_person(event)
        if self.stage is Stage.CONNECTING:
            self._advise(event)
        elif isinstance(event, NOTICED) and not (
            isinstance(event, events.ServerLost) and self._sign.is_refused
        ):
            self.chat.view.draw(self.conversation.note(event))

    def _act_on(self, event: object) -> None:
        match event:
            case events.Entered():
                self._enter(event)
            case events.PeopleChanged(names):
                self.chat.show_people(names, self.conversation.name)
            case events.TextQueued() | events.TextRefused() | events.TextsRenumbered():
                self._sign.count(len(self.conversation.waiting))
            case driver_events.DriverStopped() if self.is_leaving:
                self.end()
            case _:
                self._mend(event)

    def _mend(self, event: object) -> None:
        """Say what is the matter with the line; ask for what mends it."""
        waiting, soon = len(self.conversation.waiting), self.root.after_idle
        sentence = words.sentence(event) or ""
        match event:
            case events.ServerFound():
                self._sign.found()
            case events.ServerLost() | events.AccessRefused():
                self._sign.lost(event, waiting)
            case events.HostKeyChanged():
                self._sign.lost(event, waiting)
                soon(self.decide_on_host, event)
            case events.PasswordRefused(changed):
                if changed:
                    self._sign.lost(event, waiting)
                soon(lambda: self._joining.ask_soon(Question.PASSWORD, sentence, anew=changed))
            case events.NameRefused():
                soon(self._joining.ask_soon, Question.NAME, sentence)
            case driver_events.DriverFailed(problem) if self.stage is Stage.CONNECTING:
                soon(self._joining.ask_address, words.explain(problem))
            case events.Expelled() | driver_events.DriverFailed():
                self.show(Stage.ENDED)
                self._sign.lost(event, waiting)

    def _enter(self, entered: events.Entered) -> None:
        self._room, self._host_key = entered.room, entered.host_key
        self._title = f"{entered.room} \u2013 {entered.name}"
        self.alerts.set_title(self._title)
        self.chat.head.show_room(entered.room)
        self.chat.composer.set_room(entered.room)
        self._sign.found()
        self._joining.entered(entered)
        if entered.back:
            self.chat.view.draw(self.conversation.note(entered))
        else:
            self._head_before = entered.head
            self.chat.view.reset()
        if self.stage is not Stage.CHATTING:
            self.show(Stage.CHATTING)

    def _advise(self, event: object) -> None:
        """Say on the page that connects what is the matter."""
        self._advised = event
        if isinstance(event, events.ServerSilent):
            self.connecting.advise(words.no_answer(self._joining.settings.server))
        elif not isinstance(event, driver_events.DriverStarted | driver_events.DriverStopped):
            sentence = words.sentence(event)  # those two have words for the host
            if sentence is not None:
                self.connecting.advise(sentence)

    def _tell_person(self, event: object) -> None:
        """Tell somebody who is not looking of what others say."""
        if isinstance(event, events.NewEntries) and not self.alerts.is_in_front:
            for entry in event.entries:
                if entry.seq > self._head_before and not self.conversation.is_ours(entry):
                    self.alerts.tell(entry.name, entry.text)
        self.alerts.count(self.conversation.unread_count)

    # What the person does --------------------------------------------------------------

    def try_now(self) -> None:
        """Wait no longer for the next try."""
        self._poller.call(lambda member, now: member.try_now(now))

    def rejoin(self) -> None:
        """Knock again, with all that we had."""
        self.show(Stage.CHATTING)
        self._sign.lost(events.ServerLost(stopped=False), len(self.conversation.waiting))
        self._poller.call(lambda member, now: member.rejoin(now))

    def send(self, text: str) -> None:
        """Say what was written, or go, where it was the word for it."""
        if text.strip() == "exit":
            self.close()
            return
        self.chat.view.go_to_end()
        self._poller.call(lambda member, now: member.say(text, now))

    def read_page(self, first: int, last: int) -> None:
        """Have these entries at hand soon."""
        self._poller.call(lambda member, now: member.read(first, last, now))

    def find(self, words: str, before: int) -> None:
        """Look for words in the whole room."""
        self._poller.call(lambda member, now: member.find(words, before, now))

    def stop_finding(self) -> None:
        """Look for nothing any more."""
        self._poller.call(lambda member, now: member.stop_finding())

    def show_details(self) -> None:
        """Tell what is known of this room and its host."""
        details.show(self.root, self._room, self._joining.settings.server, self._host_key)

    def ring(self, rings: bool) -> None:
        """Have this room tell of new messages, or not."""
        self.alerts.notifies = rings
        self._memory.update(self._joining.settings.key, notifies=rings)

    def _attend(self, present: bool) -> None:
        """Note that the window came to the front, or is not there any more."""
        self.chat.view.draw(self.conversation.attend(present))
        self.alerts.count(self.conversation.unread_count)
        self._remember()

    def _remember(self) -> None:
        """Keep for the next visit how far this one has read."""
        if self.stage in (Stage.CHATTING, Stage.ENDED):
            self._memory.update(self._joining.settings.key, read=self.conversation.read)

    def close(self) -> bool:
        """Leave, after a question where something would be lost; tell whether we do."""
        unsaid, lost = len(self.conversation.waiting), []
        if unsaid and self.stage is Stage.CHATTING:
            lost.append(Chat.UNSENT(count=unsaid))
        if self.chat.composer.has_draft:
            lost.append(Chat.DRAFT())
        texts = Chat.LEAVE_TITLE(), " ".join(lost), Chat.LEAVE(), Chat.STAY()
        if lost and not question.ask(self.root, *texts):
            self.chat.composer.take_keyboard()
            return False
        self.leave()
        return True

    def leave(self) -> None:
        """Say goodbye, and close the window soon, whether or not it was heard."""
        self.is_leaving = True
        self._remember()
        if not self._poller.has_driver:
            self.end()
            return
        self.root.withdraw()
        self._goodbye = self.root.after(GOODBYE_MS, self.end)
        self._poller.call(lambda member, now: member.leave(now))

    def end(self) -> None:
        if self._is_over:  # by a signal, while a question was open
            return
        self._is_over = True
        self.connecting.move(False)
        if self._goodbye:
            self.root.after_cancel(self._goodbye)
        self.root.destroy()

    # What is shown ---------------------------------------------------------------------

    def rebuild(self) -> None:
        """Show the same as now, in another look or language."""
        connecting, chat = self.connecting, self.chat
        self._build()
        self.chat.take_over(chat)
        if self.stage is Stage.CONNECTING:
            self.connecting.begin(self._joining.settings.server)
            self._advise(self._advised)
        for page in (connecting, chat):
            page.pack_forget()
        self._lay()
        keys.hand_over(chat, self.chat)
        connecting.destroy()
        chat.destroy()

    def _build(self) -> None:
        """Make the pages; `_lay` shows one."""
        root, px = self.root, theme.of(self.root).px
        most = root.winfo_screenwidth(), root.winfo_screenheight()
        root.minsize(min(px(SMALLEST[0]), most[0]), min(px(SMALLEST[1]), most[1]))
        self.connecting = connecting_page.ConnectingPage(
            root, self._joining.ask_address, self.leave
        )
        self.chat = chat_page.ChatPage(root, self.conversation, self, self.looks)
        self._sign.show_on(self.chat)
        self.alerts.set_title(self._title or Chat.TITLE())

    def show(self, stage: Stage) -> None:
        """Come to a stage, and show its page; nothing else shows or hides one."""
        self.stage = stage
        self._lay()
        if stage is Stage.ASKING:
            self.root.withdraw()
        else:
            self.root.deiconify()
        if stage is Stage.CONNECTING:  # somebody pressed the button for it just now
            self.root.focus_force()
        if stage is Stage.CHATTING:
            self.chat.composer.take_keyboard()

    def _lay(self) -> None:
        """Show the page of the stage."""
        stage = self.stage
        connects, chats = stage is Stage.CONNECTING, stage in (Stage.CHATTING, Stage.ENDED)
        for page, shown in ((self.connecting, connects), (self.chat, chats)):
            if shown:
                page.pack(fill="both", expand=True)
            else:
                page.pack_forget()
        self.connecting.move(connects)
        self.chat.composer.enable(stage is Stage.CHATTING)
