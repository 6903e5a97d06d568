"""The ttk styles of what one fills in, chooses from and scrolls."""

from tkinter import PhotoImage
from typing import Any

from chatroom.windows import pictures, style_maker

CELL_INSET = 4
"""Pixels that a cell of a Treeview has at its left whatever its padding."""
CELL_PADDING = 4
"""Pixels at 100 % at either side of what a cell of a Treeview says."""


def make_all(maker: style_maker.Maker) -> None:
    """Make the styles of this module."""
    _make_fields(maker)
    _make_check_box(maker)
    _make_scroll_bars(maker)
    _make_table(maker)
    _make_progress_bar(maker)


def _make_fields(maker: style_maker.Maker) -> None:
    c, px, patch, style = maker.c, maker.px, maker.patch, maker.style
    maker.element(
        "Field.back",
        patch(c.field, c.edge, r=9),
        ("disabled", patch(c.off, c.line, r=9)),
        ("invalid", patch(c.field, c.bad, r=9, w=1.6)),
        ("focus", patch(c.field, c.accent, r=9, w=1.6)),
        r=9,
    )
    style.layout("Field.TFrame", [("Field.back", {"sticky": "nswe"})])
    area: Any = {"sticky": "nswe", "children": [("Entry.textarea", {"sticky": "nswe"})]}
    maker.wrap("TEntry", "Field.back", [("Entry.padding", area)])
    arrow = maker.painter.icon("next", c.faded, 16)
    style.element_create("Choice.arrow", "image", arrow, sticky="")
    chosen: list[Any] = [("Choice.arrow", {"side": "right"})]
    chosen += [("Combobox.textarea", {"sticky": "nswe"})]
    inner: Any = {"sticky": "nswe", "children": chosen}
    maker.wrap("TCombobox", "Field.back", [("Combobox.padding", inner)])
    for name in ("TEntry", "TCombobox"):
        style.configure(name, padding=(px(10), px(7)), insertwidth=max(px(1.5), 1))
        style.map(name, foreground=[("disabled", c.off_ink)], fieldbackground=[])
        style.map(name, selectbackground=[], selectforeground=[])
    style.configure("ComboboxPopdownFrame", relief="solid", borderwidth=max(px(1), 1))
    style.configure("ComboboxPopdownFrame", background=c.edge, bordercolor=c.edge)


def _make_check_box(maker: style_maker.Maker) -> None:
    c, px = maker.c, maker.px
    maker.style.element_create(
        "Box.mark",
        "image",
        _check_box(maker, c.edge, ticked=False),
        ("disabled", "selected", _check_box(maker, c.thumb, ticked=True)),
        ("disabled", _check_box(maker, c.line, ticked=False)),
        ("selected", "focus", _check_box(maker, c.accent, ticked=True, has_focus=True)),
        ("selected", _check_box(maker, c.accent, ticked=True)),
        ("focus", _check_box(maker, c.accent, ticked=False, has_focus=True)),
        sticky="",
    )
    label: Any = (
        "Checkbutton.padding",
        {"side": "left", "children": [("Checkbutton.label", {})]},
    )
    maker.style.layout("TCheckbutton", [("Box.mark", {"side": "left"}), label])
    maker.style.configure("TCheckbutton", padding=(px(6), px(2)))


def _check_box(
    maker: style_maker.Maker, border: str, *, ticked: bool, has_focus: bool = False
) -> PhotoImage:
    px, c = maker.px, maker.c
    side, radius, gap = px(20), px(6), px(2)
    line = max(px(1), 1)
    corners = (radius,) * 4

    def make() -> bytes:
        layers = [(pictures.box(side, side, corners), maker.ring)] if has_focus else []
        layers.append((pictures.box(side, side, corners, gap), border))
        inner = border if ticked else c.field
        layers.append((pictures.box(side, side, corners, gap + line), inner))
        if ticked:
            layers.append((pictures.icon("check", side, 1.8 * maker.painter.scale), c.on_accent))
        return pictures.paint(side, side, layers)

    return maker.painter.picture(("check", border, ticked, has_focus), make)


def _make_scroll_bars(maker: style_maker.Maker) -> None:
    c, px, style = maker.c, maker.px, maker.style
    still = maker.patch(c.thumb, r=3.5, grow=(0, 40))
    moved = maker.patch(c.thumb_over, r=3.5, grow=(0, 40))
    style.element_create(
        "Slim.thumb",
        "image",
        still,
        ("disabled", maker.patch("", r=3.5, grow=(0, 40))),
        ("pressed", moved),
        ("active", moved),
        border=px(5.5),
        sticky="ns",
        height=px(36),
    )
    style.element_create("Slim.trough", "from", "default", "Vertical.Scrollbar.trough")
    thumb: Any = [("Slim.thumb", {"expand": 1, "sticky": "ns"})]
    for name, back in (("Slim", c.chat), ("Panel.Slim", c.panel), ("Vertical", c.panel)):
        style_name = f"{name}.Vertical.TScrollbar".removeprefix("Vertical.")
        style.layout(style_name, [("Slim.trough", {"sticky": "ns", "children": thumb})])
        style.configure(style_name, background=back, troughcolor=back, troughrelief="flat")
        style.map(style_name, background=[])


def _make_table(maker: style_maker.Maker) -> None:
    c, px, style, fonts = maker.c, maker.px, maker.style, maker.fonts
    maker.element(
        "Table.back", maker.patch(c.panel), ("focus", maker.patch(c.panel, c.accent, w=1.6))
    )
    area: Any = {"sticky": "nswe", "children": [("Treeview.treearea", {"sticky": "nswe"})]}
    maker.wrap("Treeview", "Table.back", [("Treeview.padding", area)])
    left = {"side": "left", "sticky": ""}
    parts: Any = [("Treeitem.image", left), ("Treeitem.text", left)]
    style.layout("Treeview.Item", [("Treeitem.padding", {"sticky": "nswe", "children": parts})])
    style.configure("Treeview.Item", padding=(px(CELL_PADDING), 0))
    style.configure("Treeview.Cell", padding=(px(CELL_PADDING) - CELL_INSET, 0))
    style.configure("Treeview", background=c.panel, fieldbackground=c.panel, font=fonts.body)
    style.configure("Treeview", rowheight=px(36), padding=px(2))
    style.configure("Short.Treeview", rowheight=px(28))
    style.map("Treeview", background=[("selected", c.chosen)], foreground=[("selected", c.ink)])
    head = "Treeview.Heading"
    style.configure(head, background=c.panel, foreground=c.faded, font=fonts.small)
    style.configure(head, relief="flat", padding=(px(4), px(8)))
    style.map(head, background=[("active", c.over)])
    text: Any = {"sticky": "nswe", "children": [("Treeheading.text", {"sticky": "we"})]}
    cell: Any = ("Treeheading.cell", {"sticky": "nswe"})
    style.layout(head, [cell, ("Treeheading.padding", text)])


def _make_progress_bar(maker: style_maker.Maker) -> None:
    """Make a thin bar of which a part moves: Tk finds the two by the ends of their names."""
    c, px, style = maker.c, maker.px, maker.style
    for name, colour, width in (("Thin.trough", c.over, 0), ("Thin.pbar", c.accent, 72)):
        under = c.panel if name == "Thin.trough" else c.over  # opaque: nothing clears it
        box = maker.patch(colour, r=3, room=0, under=under, grow=(60, 0))
        size = {"height": box.height(), "width": px(width)}
        style.element_create(name, "image", box, border=(px(3), 0), sticky="we", **size)
    moving: Any = ("Thin.pbar", {"side": "left", "sticky": "w"})
    trough: Any = ("Thin.trough", {"sticky": "we", "children": [moving]})
    style.layout("Horizontal.TProgressbar", [trough])
