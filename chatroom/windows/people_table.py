"""Who is in the room, as a table: sorted as one likes, and as many columns as fit."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from tkinter import Event, Misc, ttk
from typing import Any, NamedTuple

from chatroom import words
from chatroom.protocol.addresses import host_of
from chatroom.server.people import Person
from chatroom.windows import elided, field_styles, keys, later, theme, tooltip, type_ahead
from chatroom.words.hosting import Host

NAME = "#0"
SINCE = "since"
DISC = 14
PADDING, LITTLE_PADDING = 20, 12
"""Pixels at 100 %."""
ARROWS = "\u25b2", "\u25bc"  # rising, falling


class Column(NamedTuple):
    """A column: its heading, what a cell of it says, and how wide that may be."""

    key: str
    title: Host
    say: Callable[[Person], str]
    order: Callable[[Person], Any]
    widest: Callable[[], str]


class Sorting(NamedTuple):
    """By which column, and whether the greatest comes first."""

    key: str = SINCE
    falls: bool = False


def show_silence(seconds: float) -> str:
    """Return how long ago something was heard."""
    if seconds < 5:
        return Host.JUST_NOW()
    if seconds < 60:
        return Host.SECONDS_AGO(seconds=int(seconds))
    return Host.MINUTES_AGO(minutes=int(seconds // 60))


def show_start(seconds_ago: float) -> str:
    """Return the time of day of so long ago, with the day where that is not today."""
    now = time.time()
    then = datetime.fromtimestamp(now - seconds_ago)
    if then.date() == datetime.fromtimestamp(now).date():
        return f"{then:%H:%M}"
    return f"{then.day}/{then.month} {then:%H:%M}"


COLUMNS = (
    Column(
        NAME,
        Host.NAME,
        lambda one: f"  {words.show_text(one.name)}",
        lambda one: one.name.casefold(),
        lambda: "Alexandra W.",
    ),
    Column(
        "address",
        Host.ADDRESS,
        lambda one: str(host_of(one.address)),
        lambda one: (host_of(one.address).version, host_of(one.address).packed),
        lambda: "192.168.100.100",
    ),
    Column(
        SINCE,
        Host.SINCE,
        lambda one: show_start(one.here_s),
        lambda one: -one.here_s,
        lambda: "28/12 00:00",
    ),
    Column(
        "heard",
        Host.HEARD,
        lambda one: show_silence(one.silent_s),
        lambda one: one.silent_s,
        lambda: Host.SECONDS_AGO(seconds=58),
    ),
    Column(
        "state",
        Host.STATE,
        lambda one: Host.QUIET() if one.is_quiet else Host.HERE(),
        lambda one: one.is_quiet,
        lambda: max(Host.QUIET(), Host.HERE(), key=len),
    ),
    Column(
        "messages",
        Host.MESSAGES,
        lambda one: Host.COUNT(count=one.messages),
        lambda one: one.messages,
        lambda: Host.COUNT(count=10_000),
    ),
)
ALWAYS = (NAME, "address", "state")
"""What is shown even where it has to be tight."""
RANKS = (*ALWAYS, SINCE, "heard", "messages")
"""What has room before the others."""


class PeopleTable(ttk.Frame):
    """Shows people; calls `changed` when others are chosen. What is not in view costs little."""

    def __init__(self, parent: Misc, changed: Callable[[], None]) -> None:
        super().__init__(parent)
        self._look = theme.of(self)
        self._sorting = Sorting()
        self._people: dict[str, Person] = {}
        self._type_ahead = type_ahead.TypeAhead()
        self.rows = self._make_rows(changed)
        self._tooltip = tooltip.PartsTooltip(self.rows, self._cut_at)
        self._nobody = ttk.Label(self, text=Host.NOBODY(), style="Faded.TLabel")
        self.show(())

    @property
    def chosen(self) -> list[Person]:
        """Who is chosen."""
        return [self._people[name] for name in self.rows.selection()]

    @property
    def names(self) -> list[str]:
        """Who is shown, from top to bottom."""
        return list(self.rows.get_children())

    def choose(self, names: Sequence[str]) -> None:
        """Choose these, as far as they are here."""
        here = [name for name in names if name in self._people]
        self.rows.selection_set(here)
        if here and self.rows.focus() not in here:
            self.rows.focus(here[0])

    def show(self, people: Sequence[Person]) -> None:
        """Show these people; who is chosen stays so."""
        before, self._people = self._people, {one.name: one for one in people}
        gone = before.keys() - self._people.keys()
        if gone:
            self.rows.delete(*gone)
        for name in self._people.keys() - before.keys():
            disc = self._look.disc(self._look.person(name)[1], DISC)
            said = COLUMNS[0].say(self._people[name])
            self.rows.insert("", "end", iid=name, text=said, image=disc)
        self._sort()
        if self._people:
            if not self.rows.focus():  # for the arrow keys, which go on from somewhere
                self.rows.focus(self.names[0])
            self._nobody.place_forget()
        else:
            self._nobody.place(relx=0.5, rely=0.55, anchor="center")

    def sort_by(self, key: str) -> None:
        """Sort by a column; the other way round where it is sorted by that already."""
        falls = not self._sorting.falls if key == self._sorting.key else False
        self._sorting = Sorting(key, falls)
        self._name_columns()
        self._sort()

    def take_over(self, other: "PeopleTable") -> None:
        """Show who another table shows, sorted and chosen as there."""
        self._sorting = other._sorting
        self._name_columns()
        self.show([*other._people.values()])
        self.choose([one.name for one in other.chosen])
        self.rows.yview_moveto(other.rows.yview()[0])

    def take_keyboard(self) -> None:
        """Have the keyboard at somebody."""
        self.rows.focus_set()
        self._begin()

    # ----------------------------------------------------------------------------------

    def _sort(self) -> None:
        column = next(one for one in COLUMNS if one.key == self._sorting.key)
        people = sorted(self._people.values(), key=column.order, reverse=self._sorting.falls)
        order = tuple(one.name for one in people)
        if order != self.rows.get_children():
            self.rows.set_children("", *order)
        self._fill()

    def _fill(self) -> None:
        """Fill in the cells of the rows in view."""
        if not self.rows.winfo_viewable():
            return
        first, last = self.rows.yview()
        names, count = self.rows.get_children(), len(self._people)
        for name in names[int(first * count) : int(last * count) + 1]:
            person = self._people[name]
            cells = tuple(one.say(person) for one in COLUMNS[1:])
            tags = ("quiet",) if person.is_quiet else ()
            self.rows.item(name, text=self._fitting(person), values=cells, tags=tags)
        self._tooltip.look_again()

    def _fitting(self, person: Person) -> str:
        """Return as much of a name as its column has room for."""
        px = self._look.px
        room = int(self.rows.column(NAME, "width")) - px(DISC) - 2 * px(field_styles.CELL_PADDING)
        return elided.elide(COLUMNS[0].say(person), self._look.body, room)

    def _cut_at(self, _: int, y: int) -> tooltip.Part | None:
        """Return the name in the row there, where not all of it is shown."""
        person = self._people.get(self.rows.identify_row(y))
        box = self.rows.bbox(person.name, NAME) if person else ""
        if not (person and box) or self._fitting(person) == COLUMNS[0].say(person):
            return None
        x, top, _width, height = box
        text = words.show_text(person.name)
        return tooltip.Part(text, x + self._look.px(DISC), top, top + height)

    def _fit(self, width: int) -> None:
        """Show as many columns as there is room for; names and addresses get the rest.

        Where there is too little for those that are always shown, it is the names that are cut.
        """
        needed = {one.key: self._need(one, PADDING, ARROWS[0]) for one in COLUMNS}
        if sum(needed[key] for key in ALWAYS) > width:
            needed = {one.key: self._need(one, LITTLE_PADDING) for one in COLUMNS}
            needed[NAME] = max(width - needed["address"] - needed["state"], 0)
        shown = [*ALWAYS]
        for key in RANKS[len(ALWAYS) :]:
            if sum(needed[one] for one in (*shown, key)) <= width:
                shown.append(key)
        rest = max(width - sum(needed[one] for one in shown), 0)
        parts = {NAME: rest * 3 // 5, "address": rest * 2 // 5}
        for key in shown:
            self.rows.column(key, width=needed[key] + parts.get(key, 0), stretch=False)
        self.rows.configure(displaycolumns=[one.key for one in COLUMNS[1:] if one.key in shown])

    def _need(self, column: Column, padding: int, arrow: str = "") -> int:
        """Return how wide a column must be, in pixels."""
        look = self._look
        heading = look.small.measure(f"{column.title()} {arrow}".strip())
        disc = look.px(DISC + 16) if column.key == NAME else 0
        return max(look.body.measure(column.widest()), heading) + look.px(padding) + disc

    def _name_columns(self) -> None:
        for column in COLUMNS:
            arrow = f" {ARROWS[self._sorting.falls]}" if column.key == self._sorting.key else ""
            self.rows.heading(column.key, text=f"{column.title()}{arrow}")

    def _begin(self) -> None:
        """Give the keyboard a row to begin with."""
        rows = self.rows
        names = rows.get_children()
        if names and not rows.selection():
            rows.focus(rows.focus() or names[0])
            rows.selection_set(rows.focus())

    def _go(self, rows: int) -> None:
        """Go so many rows down, or up, as far as there are some."""
        if self._people:
            self._go_to(min(max(max(self._here(), 0) + rows, 0), len(self._people) - 1))

    def _go_to(self, place: int) -> None:
        name = self.rows.get_children()[place]
        self.rows.focus(name)
        self.rows.selection_set(name)
        self.rows.update_idletasks()  # `see` counts from what is drawn, not from the last `see`
        self.rows.see(name)

    def _here(self) -> int:
        """Return the place of the row that the keyboard is at; -1 for none."""
        name = self.rows.focus()
        return self.rows.index(name) if name else -1

    def _typed(self, event: "Event[Misc]") -> str | None:
        """Go to whose name begins as is typed."""
        typed, when = event.char, event.time
        if not typed or not typed.isprintable():
            return None
        if typed == " " and not self._type_ahead.is_under_way(when):
            return None
        place = self._type_ahead.find(typed, when, self.names, self._here())
        if place is not None:
            self._go_to(place)
        return "break"

    def _page(self) -> int:
        """Return how many rows are a page: one less than can be seen."""
        first, last = self.rows.yview()
        return max(int((last - first) * len(self._people)) - 1, 1)

    def _make_rows(self, changed: Callable[[], None]) -> ttk.Treeview:
        look = self._look
        px = look.px
        rows = ttk.Treeview(self, columns=[one.key for one in COLUMNS[1:]], height=2)
        rows.tag_configure("quiet", foreground=look.c.faded)
        self.rows = rows
        filling = later.Later(rows, self._fill)
        for column in COLUMNS:
            rows.column(column.key, minwidth=1, anchor="w")
            rows.heading(column.key, anchor="w", command=partial(self.sort_by, column.key))
        self._name_columns()
        bar = ttk.Scrollbar(self, command=rows.yview, style="Panel.Slim.Vertical.TScrollbar")

        def scrolled(first: float, last: float) -> None:
            bar.set(first, last)
            self._fill()

        def resized(event: "Event[Misc]") -> None:
            self._fit(event.width - px(8))
            self._fill()

        rows.configure(yscrollcommand=scrolled)
        bar.pack(side="right", fill="y")
        rows.pack(fill="both", expand=True, padx=(px(8), 0), pady=(px(4), 0))
        rows.bind("<Configure>", resized)
        rows.bind("<Map>", lambda _: self._fill())
        rows.bind("<B1-Motion>", lambda _: filling.when_idle())  # it may make a column wider
        rows.bind("<<TreeviewSelect>>", lambda _: changed())
        rows.bind("<<SelectAll>>", lambda _: rows.selection_set(rows.get_children()))
        rows.bind("<FocusIn>", lambda _: self._begin())
        keys.bind(rows, "<Home>", lambda: self._go(-len(self._people)))
        keys.bind(rows, "<End>", lambda: self._go(len(self._people)))
        keys.bind(rows, "<Prior>", lambda: self._go(-self._page()))
        keys.bind(rows, "<Next>", lambda: self._go(self._page()))
        rows.bind("<Key>", self._typed)
        for modifier in ("Control", "Alt", "Meta", "Mod1"):  # with which one types nothing
            rows.bind(f"<{modifier}-Key>", lambda _: None)
        return rows
