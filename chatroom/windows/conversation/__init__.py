"""The conversation as both windows draw it; `view` is what others use.

view        the part of a window: what has changed is drawn, and places are gone to
layout      which rows are in view, and where; no Tk
marks       what is special in a text: links, names, emoji, direction; no Tk
labels      the words of the view, and what is said of a row; no Tk
selection   what is selected, as text and as places in it; no Tk
ruler       how large texts are
boxes       where the parts of a row are
sheets      the Texts, filled again and again
bubbles     draws rows on the canvas
bar, glide  the scroll bar; the wheel, in small steps
jump, tips  the button to the newest; what floats over the list
pointer, keys, menu   what a person does with it
"""
