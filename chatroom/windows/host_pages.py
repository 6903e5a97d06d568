"""All that the host's window shows: the column with form and invitation, and the tabs."""

from collections.abc import Callable
from functools import partial
from tkinter import Tk, ttk
from typing import Protocol

from chatroom.client.conversation import Conversation
from chatroom.windows import (
    appearance,
    cards,
    help_window,
    host_form,
    host_history,
    host_invitation,
    host_log,
    host_people,
    icon_button,
    keys,
    log_page,
    settings_menu,
    tabs,
    theme,
)
from chatroom.words.hosting import Host

COLUMN_WIDTH = 344
"""Pixels at 100 %."""
COLUMN_SHARE = 0.45
"""More of the screen than this it does not take."""
CONVERSATION, PEOPLE, LOG = "conversation", "people", "log"


class Actions(host_form.Actions, Protocol):
    """What the host does here."""

    def say(self, text: str) -> None: ...
    def read_page(self, first: int, last: int) -> None: ...
    def find(self, words: str, before: int) -> None: ...
    def stop_finding(self) -> None: ...
    def show_details(self) -> None: ...


class HostPages(ttk.Frame):
    """Puts the parts together; each is spoken to by itself."""

    def __init__(
        self,
        root: Tk,
        actions: Actions,
        access: host_people.Actions,
        shown: Conversation,
        log: host_log.HostLog,
        looks: appearance.Appearance,
        filled: host_form.Filled,
    ) -> None:
        super().__init__(root, style="Chat.TFrame")
        px = theme.of(self).px
        width = min(px(COLUMN_WIDTH), int(COLUMN_SHARE * self.winfo_screenwidth()))
        column = cards.Column(self, width, px(12))
        column.pack(side="left", fill="y", padx=(px(14), 0), pady=px(12))
        self.form = host_form.HostForm(column.inner, actions, filled)
        self.form.pack(fill="x")
        self.invitation = host_invitation.Invitation(column.inner, self._go_on)
        self.invitation.pack(fill="x", pady=(px(10), 0))
        self.tabs = tabs.Tabs(self)
        self.tabs.pack(side="left", fill="both", expand=True, padx=(0, px(14)), pady=px(12))
        self.history = host_history.HostHistory(
            self.tabs.pages,
            shown,
            read_page=actions.read_page,
            find=actions.find,
            stop=actions.stop_finding,
            say=actions.say,
        )
        self.people = host_people.HostPeople(self.tabs.pages, access)
        self.log = log_page.LogPage(self.tabs.pages, log, access.block_networks)
        self.tabs.add(CONVERSATION, Host.CONVERSATION(), self.history, self.history.take_keyboard)
        self.tabs.add(PEOPLE, Host.PEOPLE(), self.people, self.people.table.take_keyboard)
        self.tabs.add(LOG, Host.LOG(), self.log, self.log.open_search)
        self._make_tools(looks, actions.show_details)

    def open_search(self) -> None:
        """Search what is shown: the log, or else the conversation."""
        if self.tabs.shown == LOG:
            self.log.open_search()
        else:
            self.tabs.show(CONVERSATION)
            self.history.find_bar.open()

    def take_over(self, other: "HostPages") -> None:
        """Have all that the host did on other pages, which are to be destroyed then."""
        self.tabs.show(other.tabs.shown)
        self.history.take_over(other.history)
        self.people.take_over(other.people)
        self.log.take_over(other.log)

    def _go_on(self) -> None:
        """Have the keyboard where the host goes on when others are invited."""
        self.tabs.take_keyboard()

    def _make_tools(self, looks: appearance.Appearance, details: Callable[[], None]) -> None:
        tools = self.tabs.tools
        parts = (
            icon_button.IconButton(
                tools, "search", Host.SEARCH(), self.open_search, Host.SEARCH_HINT()
            ),
            settings_menu.SettingsMenu(tools, looks, lambda: help_window.show(self), details),
        )
        for part in parts:
            part.pack(side="left")
        keys.bind_window(self, "<<Find>>", self.open_search)
        for digit, name in enumerate((CONVERSATION, PEOPLE, LOG), start=1):
            keys.bind_window(self, f"<Control-Key-{digit}>", partial(self.tabs.go_to, name))
