"""The conversation as both windows draw it; `view` is what others use.

view        the part of a window: what others say to it
scroller    which rows are drawn, where the view is, which pages are read
layout      which rows are in view, and where; no Tk
labels      the words of the view, and what is said of a row; no Tk
marks       what is special in a text: links, names, emoji, direction; no Tk
ruler       how large texts are
boxes       where the parts of a row are
sheets      the Texts, filled again and again
bubbles, rounded   what is drawn of a row
bar, glide  the scroll bar; the wheel, in small steps
jump, tips  the button to the newest; what floats over the list
day         of which day what is in view is
selection, clipping   what is selected; how it is copied
later       calls that are still to come
pointer, menu, keys, focus   the mouse and the keyboard
links       opens them in the browser
"""
