"""What a member is told."""

from chatroom.client import events as member, notices
from chatroom.crypto import host_key
from chatroom.protocol import messages
from chatroom.words import moments
from chatroom.words.about import Sentences
from chatroom.words.phrases import Phrase
from chatroom.words.quoting import quoted


def _variant(event: object) -> object:
    match event:
        case member.NameRefused(reason=cause) | member.Expelled(reason=cause):
            return cause
        case (
            member.Entered(back=again)
            | member.ServerLost(stopped=again)
            | member.PasswordRefused(changed=again)
        ):
            return again
    return None


def _particulars(event: object) -> dict[str, object] | None:
    match event:
        case member.Left(unsaid=0) | member.PeopleChanged(came=(), went=()):
            return None
        case member.PeopleChanged(came=came, went=went):
            said = [_of_people(_CAME, came), _of_people(_WENT, went)]
            return {"changes": " ".join(filter(None, said))}
        case member.HostKeyChanged(known=known, met=met):
            return {"known": host_key.fingerprint(known), "met": host_key.fingerprint(met)}
        case notices.NameMoved(name=name):
            return {"name": quoted(name)}
        case notices.DayBegan(when=when):
            return {"day": moments.day_name(when)}
    return vars(event)


_CAME = Phrase.ONE_CAME, Phrase.TWO_CAME, Phrase.MANY_CAME
_WENT = Phrase.ONE_WENT, Phrase.TWO_WENT, Phrase.MANY_WENT


def _of_people(phrases: tuple[Phrase, Phrase, Phrase], names: tuple[str, ...]) -> str:
    match names:
        case ():
            return ""
        case (name,):
            return phrases[0](name=quoted(name))
        case (name, other):
            return phrases[1](name=quoted(name), other=quoted(other))
    return phrases[2](name=quoted(names[0]), count=len(names) - 1)


SENTENCES = Sentences(
    {
        (member.Entered, False): (
            "You are in the room {room} as {name}.",
            "Anda berada di ruang {room} sebagai {name}.",
        ),
        (member.Entered, True): (
            "You are back in the room {room} as {name}.",
            "Anda kembali di ruang {room} sebagai {name}.",
        ),
        (member.NameRefused, messages.Refusal.NAME_TAKEN): (
            "The name {name!r} is taken by somebody who is in the room. Please choose another.",
            "Nama {name!r} sudah dipakai orang lain di ruang ini. Silakan pilih nama lain.",
        ),
        (member.NameRefused, messages.Refusal.NAME_BAD): (
            "The name {name!r} is not a name this room accepts. Please choose another.",
            "Nama {name!r} tidak diterima ruang ini. Silakan pilih nama lain.",
        ),
        member.PasswordRefused: (
            "The password is wrong. Ask the host for the right one.",
            "Kata sandinya salah. Tanyakan yang benar kepada tuan rumah.",
        ),
        (member.PasswordRefused, True): (
            "The host changed the password. Enter the new one.",
            "Tuan rumah mengganti kata sandi. Masukkan yang baru.",
        ),
        member.AccessRefused: ("{hint}", "{hint}"),
        member.GuessesSlowedHere: (
            "Too many wrong passwords came from your address. Waiting.",
            "Terlalu banyak kata sandi salah datang dari alamat Anda. Menunggu.",
        ),
        member.RoomFull: (
            "The room is full. What you write is kept; trying again every few seconds.",
            "Ruang penuh. Yang Anda tulis disimpan; dicoba lagi setiap beberapa detik.",
        ),
        member.HostUnproven: (
            "Somebody answers there who does not prove to know the password. Trying on, slowly.",
            "Yang menjawab di sana tidak membuktikan bahwa ia tahu kata sandinya. Tetap dicoba, "
            "pelan-pelan.",
        ),
        member.HostKeyChanged: (
            "The host's key is another: it was {known}, and is {met} now. Either the host was "
            "set up anew, or this is somebody else.",
            "Kunci tuan rumah berbeda: dulu {known}, sekarang {met}. Mungkin ruang itu dibuat "
            "ulang, mungkin juga itu orang lain.",
        ),
        (member.ServerLost, False): (
            "The server is silent. What you write is kept and sent when it comes back.",
            "Server tidak menjawab. Yang Anda tulis disimpan dan terkirim begitu server kembali.",
        ),
        (member.ServerLost, True): (
            "The host stopped the room. What you write is kept and sent when it comes back.",
            "Tuan rumah menutup ruang. Yang Anda tulis disimpan dan terkirim begitu ruang dibuka "
            "lagi.",
        ),
        member.ServerFound: ("The server is back.", "Server sudah kembali."),
        member.LogReplaced: (
            "The server has another archive now; the history starts anew.",
            "Server kini memakai arsip lain; riwayat mulai dari awal.",
        ),
        member.StorageStalled: (
            "The server cannot store messages just now. Yours are kept.",
            "Server sedang tidak bisa menyimpan pesan. Pesan Anda tidak hilang.",
        ),
        member.TextRefused: (
            "The server could not take one of your messages: it is not valid text.",
            "Server tidak bisa menerima salah satu pesan Anda: isinya bukan teks yang valid.",
        ),
        member.PeopleChanged: ("{changes}", "{changes}"),
        notices.DayBegan: ("{day}", "{day}"),
        notices.NameMoved: (
            "{name} now writes from another device, or has started anew.",
            "{name} kini menulis dari perangkat lain, atau memulai lagi.",
        ),
        member.Left: ("{unsaid:message|messages} not stored.", "{unsaid} pesan tidak tersimpan."),
        member.Expelled: ("The session is over.", "Sesi berakhir."),
        (member.Expelled, messages.Refusal.REMOVED): (
            "The host has removed you from the room.",
            "Tuan rumah mengeluarkan Anda dari ruang.",
        ),
    },
    _variant,
    _particulars,
)
