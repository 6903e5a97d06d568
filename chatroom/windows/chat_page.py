"""The chat itself: head, strip, search, conversation, people, and where one writes."""

from collections.abc import Sequence
from tkinter import Misc, ttk
from typing import Protocol

from chatroom.client.conversation import Conversation
from chatroom.protocol import search
from chatroom.windows import (
    appearance,
    banner,
    composer,
    find_bar,
    head,
    help_window,
    keys,
    people_panel,
    settings_menu,
)
from chatroom.windows.conversation.view import ConversationView


class Actions(Protocol):
    """What a person does here."""

    def send(self, text: str) -> None: ...
    def read_page(self, first: int, last: int) -> None: ...
    def find(self, words: str, before: int) -> None: ...
    def stop_finding(self) -> None: ...
    def ring(self, rings: bool) -> None: ...
    def show_details(self) -> None: ...


class ChatPage(ttk.Frame):
    """Puts the parts together; each is spoken to by itself."""

    def __init__(
        self,
        parent: Misc,
        shown: Conversation,
        actions: Actions,
        looks: appearance.Appearance,
    ) -> None:
        super().__init__(parent)
        self._query: search.Query | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        body = ttk.Frame(self)
        body.columnconfigure(0, weight=1)
        body.rowconfigure(0, weight=1)
        self.view = ConversationView(body, shown, actions.read_page, typed=self._typed)
        self.view.grid(row=0, column=0, sticky="nsew")
        self.head = head.Head(
            self, search=self.open_search, toggle_people=self._toggle_people, ring=actions.ring
        )
        menu = settings_menu.SettingsMenu(
            self.head.buttons, looks, lambda: help_window.show(self), actions.show_details
        )
        menu.pack(side="left")
        self.people = people_panel.PeoplePanel(body, self.head.show_panel)
        self.banner = banner.Banner(self)
        self.find_bar = find_bar.FindBar(
            self,
            shown,
            find=actions.find,
            stop=actions.stop_finding,
            show_hit=self._show_hit,
            mark=self._mark,
            close=self._close_search,
        )
        self.composer = composer.Composer(
            self, actions.send, scroll=self.view.scroll_pages, go_to_end=self.view.go_to_end
        )
        for row, part in enumerate((self.head, self.banner, self.find_bar, body, self.composer)):
            part.grid(row=row, column=0, sticky="nsew")
            part.lift()  # the keyboard goes from the top to the bottom
        for part in (self.banner, self.find_bar):
            part.grid_remove()
        keys.bind_window(self, "<<Find>>", self._find_pressed)
        keys.bind_window(self, "<F6>", lambda: self._go_round(1))
        keys.bind_window(self, "<Shift-F6>", lambda: self._go_round(-1))

    def take_over(self, other: "ChatPage") -> None:
        """Have all that a person did on another page, which is to be destroyed then."""
        self._query = other._query
        self.head.take_over(other.head)
        self.people.take_over(other.people)
        self.composer.take_over(other.composer)
        self.find_bar.take_over(other.find_bar)
        self.view.take_over(other.view)

    def show_people(self, names: Sequence[str], own: str) -> None:
        """Say who is in the room."""
        self.head.show_people(names)
        self.people.show_people(names, own)

    def show_line(self, line: head.Line) -> None:
        """Say how the line to the server is."""
        self.head.show_line(line)
        self.people.set_live(line is head.Line.CONNECTED)

    def open_search(self, words: str = "") -> None:
        """Search for these words, or for what is typed next."""
        self.find_bar.open(words)

    # ----------------------------------------------------------------------------------

    def _find_pressed(self) -> None:
        if self.winfo_viewable():
            self.open_search()

    def _go_round(self, step: int) -> None:
        """Bring the keyboard to the next part of the page, or the one before."""
        parts: list[Misc] = [self.head, self.view, self.people, self.composer]
        if self.find_bar.is_open:
            parts.insert(1, self.find_bar)
        if not self.people.is_shown:
            parts.remove(self.people)
        now = str(self.focus_get() or "")
        at = next((n for n, part in enumerate(parts) if now.startswith(f"{part}.")), -1)
        first = parts[(at + step) % len(parts)].tk_focusNext()
        if first is not None:
            first.focus_set()

    def _toggle_people(self) -> None:
        self.people.toggle()

    def _typed(self, text: str) -> None:
        self.composer.typed(text)

    def _mark(self, words: str) -> None:
        self._query = search.parse(words) if words else None
        self.view.mark(self._query)

    def _show_hit(self, number: int | None) -> None:
        self.view.mark(self._query, number)
        if number is not None:
            self.view.go_to(number)

    def _close_search(self) -> None:
        self.composer.take_keyboard()
