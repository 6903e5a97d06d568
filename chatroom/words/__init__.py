"""Every sentence that a person reads; one module a language."""

from chatroom.words.archive_english import archive_sentence as archive_sentence
from chatroom.words.english import WRONG_PASSWORD as WRONG_PASSWORD
from chatroom.words.english import host_sentence as host_sentence
from chatroom.words.english import member_sentence as member_sentence
from chatroom.words.english import name_refused as name_refused
from chatroom.words.english import no_answer as no_answer
from chatroom.words.english import show_text as show_text
