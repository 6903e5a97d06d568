"""What the room tells its host, and why it does not do what the host wants."""

from chatroom.crypto import host_key
from chatroom.protocol import messages
from chatroom.server import events as host, figures
from chatroom.server.host import BadSpeech
from chatroom.words.about import Sentences
from chatroom.words.quoting import quoted


def _variant(event: object) -> object:
    match event:
        case host.PersonLeft(quiet=True):
            return "quiet"
        case host.PersonLeft(reason=cause) | host.JoinRefused(reason=cause):
            return cause
        case host.MessagesStored(entries=(_,)):
            return "one"
        case (
            host.GuessFailed(more=more)
            | host.GuessesSlowed(more=more)
            | host.AddressRefused(more=more)
        ) if more:
            return "more"
    return None


def _particulars(event: host.RoomEvent) -> dict[str, object]:
    match event:
        case host.MessagesStored(entries=entries):
            names = ", ".join(map(quoted, dict.fromkeys(entry.name for entry in entries)))
            return {"first": entries[0].seq, "last": entries[-1].seq, "names": names}
        case host.KeyTaken(key=key):
            return {"key": host_key.fingerprint(key)}
    fields = vars(event)
    return {**fields, "name": quoted(fields["name"])} if "name" in fields else fields


SENTENCES = Sentences(
    {
        figures.Drop.MALFORMED_DATAGRAM: (
            "dropped: not of this protocol",
            "dibuang: bukan dari protokol ini",
        ),
        figures.Drop.STALE_COOKIE: (
            "knocked with an old cookie, and got a new one",
            "ketukan dengan cookie lama, dijawab dengan yang baru",
        ),
        figures.Drop.FORGED: ("dropped: the tag was wrong", "dibuang: tandanya salah"),
        figures.Drop.REPLAYED: ("dropped: seen before", "dibuang: sudah pernah datang"),
        figures.Drop.BEYOND_RATE: (
            "dropped: too many requests at once",
            "permintaan dibuang: terlalu banyak sekaligus",
        ),
        figures.Drop.MALFORMED_REQUEST: (
            "refused: the request was malformed",
            "permintaan ditolak: bentuknya salah",
        ),
        figures.Drop.OVERTAKEN: (
            "dropped: a newer request had come",
            "permintaan dibuang: yang lebih baru sudah datang",
        ),
        host.KeyTaken: ("the host's key is {key}", "kunci tuan rumah: {key}"),
        host.ArchiveOpened: ("{path} holds {head:message|messages}", "{path} berisi {head} pesan"),
        host.PersonJoined: ("{name} joined from {address}", "{name} masuk dari {address}"),
        (host.PersonLeft, "quiet"): ("{name} has gone quiet", "{name} tidak menjawab lagi"),
        host.PersonLeft: ("{name} left", "{name} keluar"),
        (host.PersonLeft, messages.Refusal.REMOVED): ("{name} was removed", "{name} dikeluarkan"),
        (host.PersonLeft, messages.Refusal.PASSWORD_CHANGED): (
            "{name} must prove the new password",
            "{name} harus memasukkan kata sandi baru",
        ),
        (host.PersonLeft, messages.Refusal.NAME_TAKEN): (
            "{name} did not answer; somebody else took the name",
            "{name} tidak menjawab; orang lain mengambil nama itu",
        ),
        host.PersonMoved: (
            "{name} now speaks from {address}",
            "{name} kini tersambung dari {address}",
        ),
        (host.JoinRefused, messages.Refusal.NAME_TAKEN): (
            "refused {address}: the name {name} is taken by somebody who is in the room",
            "{address} ditolak: nama {name} sudah dipakai orang lain di ruang ini",
        ),
        (host.JoinRefused, messages.Refusal.NAME_BAD): (
            "refused {address}: the name {name} is not a name this room accepts",
            "{address} ditolak: nama {name} tidak diterima ruang ini",
        ),
        host.GuessFailed: (
            "refused {address}: wrong password",
            "{address} ditolak: kata sandi salah",
        ),
        host.GuessesSlowed: (
            "slowed down {address}: too many wrong passwords from there",
            "{address} diperlambat: terlalu banyak kata sandi salah dari sana",
        ),
        host.AddressRefused: (
            "refused {address}: the address is not allowed",
            "{address} ditolak: alamat itu tidak diizinkan",
        ),
        (host.GuessFailed, "more"): (
            "refused {address}: wrong password (and {more} more)",
            "{address} ditolak: kata sandi salah (dan {more} lainnya)",
        ),
        (host.GuessesSlowed, "more"): (
            "slowed down {address} (and {more} more): too many wrong passwords from there",
            "{address} diperlambat (dan {more} lainnya): terlalu banyak kata sandi salah dari sana",
        ),
        (host.AddressRefused, "more"): (
            "refused {address} (and {more} more): the address is not allowed",
            "{address} ditolak (dan {more} lainnya): alamat itu tidak diizinkan",
        ),
        host.GuessesUsedUp: (
            "WARNING: very many wrong passwords come from very many addresses; all who guess are "
            "slowed down",
            "PERINGATAN: sangat banyak kata sandi salah datang dari sangat banyak alamat; semua "
            "penebak diperlambat",
        ),
        (host.MessagesStored, "one"): (
            "stored message {last} from {names}",
            "pesan {last} dari {names} tersimpan",
        ),
        host.MessagesStored: (
            "stored messages {first}-{last} from {names}",
            "pesan {first}-{last} dari {names} tersimpan",
        ),
        host.HostTextsLost: (
            "NOT STORED: {count:message|messages} of your own, which went to nobody",
            "TIDAK TERSIMPAN: {count} pesan Anda sendiri; tidak sampai kepada siapa pun",
        ),
        host.StorageRefused: (
            "NOT STORED: {problem} The senders keep their messages and retry",
            "TIDAK TERSIMPAN: {problem} Para pengirim menyimpan pesannya dan mencoba lagi",
        ),
        host.StorageRecovered: (
            "stored again: the archive takes messages as before",
            "tersimpan lagi: arsip menerima pesan seperti semula",
        ),
        host.StorageBroken: (
            "STOPPED: {problem} Messages not yet stored stay with their senders",
            "BERHENTI: {problem} Pesan yang belum tersimpan tetap di pengirimnya",
        ),
        BadSpeech.NAME_HELD: (
            "The name {given!r} is taken by somebody who is in the room. Please choose another.",
            "Nama {given!r} sudah dipakai orang lain di ruang ini. Silakan pilih nama lain.",
        ),
        BadSpeech.NO_NAME: (
            "Type the name that you want to speak under first.",
            "Ketik dulu nama yang ingin Anda pakai untuk berbicara.",
        ),
        BadSpeech.NO_TEXT: (
            "There is nothing to say. Type a message first.",
            "Tidak ada yang dikirim. Ketik pesan dulu.",
        ),
        BadSpeech.TOO_LONG: (
            "This is too long to be said at once: it makes more than {most} messages. Say it in "
            "several parts.",
            "Ini terlalu panjang untuk dikirim sekaligus: akan menjadi lebih dari {most} pesan. "
            "Kirim dalam beberapa bagian.",
        ),
        BadSpeech.TOO_MUCH_WAITS: (
            "{count} of your messages wait, since the archive takes none just now. Say this "
            "again when it does.",
            "{count} pesan Anda menunggu karena arsip sedang tidak menerima apa pun. Kirim lagi "
            "nanti.",
        ),
        BadSpeech.ROOM_CLOSED: ("The room is not open.", "Ruang tidak terbuka."),
    },
    _variant,
    _particulars,
)
