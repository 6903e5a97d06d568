"""What the server without a window says to who types its commands. The verbs are English."""

from chatroom.words.text import Text


class CommandHelp(Text):
    """One line for each command, with a tab before what it does."""

    PEOPLE = (
        "people\twho is in the room: from where, since when, last heard",
        "people\tsiapa di ruang: dari mana, sejak kapan, terakhir aktif",
    )
    SAY = "say TEXT\tsay something to everybody", "say TEKS\tkirim pesan kepada semua orang"
    NAME = (
        "name NAME\tspeak under another name; without one: which it is",
        "name NAMA\tganti nama Anda di ruang; tanpa nama: tampilkan",
    )
    REMOVE = "remove NAME\tput somebody out", "remove NAMA\tkeluarkan seseorang"
    BLOCK = (
        "block WHO\tkeep out an address, a network, or somebody here by name",
        "block SIAPA\tblokir alamat, jaringan, atau orang di sini menurut namanya",
    )
    UNBLOCK = "unblock ADDRESS\ttake that back", "unblock ALAMAT\tbuka blokir itu"
    BLOCKED = (
        "blocked\twhat is blocked, and what alone is let in",
        "blocked\tapa yang diblokir, dan apa saja yang diizinkan",
    )
    ALLOW = (
        "allow ADDRESSES\tlet in these addresses or networks only; without any: all",
        "allow ALAMAT\tizinkan hanya alamat atau jaringan ini; tanpa alamat: semua",
    )
    FIND = (
        "find WORDS\tthe newest messages with these words; from:NAME of somebody",
        "find KATA\tpesan terbaru dengan kata ini; from:NAMA dari seseorang",
    )
    STATUS = (
        "status\thow many are here, what is kept, what was dropped",
        "status\tberapa orang di sini, apa yang disimpan, apa yang dibuang",
    )
    PASSWORD = (
        "password\tchange the password; everybody must prove the new one",
        "password\tganti kata sandi; semua orang harus memasukkan yang baru",
    )
    STOP = (
        "stop\ttell everybody goodbye, and end",
        "stop\tberpamitan kepada semua orang, lalu berhenti",
    )
    HELP = "help\tthis list", "help\tdaftar ini"


class Headless(Text):
    """Answers to commands, and a question."""

    NEW_PASSWORD = "New password: ", "Kata sandi baru: "
    READING = "reading the archive: {percent} %", "membaca arsip: {percent} %"
    NO_COMMAND = (
        "there is no command {verb!r}; help lists them",
        "tidak ada perintah {verb!r}; help menampilkan semuanya",
    )
    NOT_OPEN = "the room is not open", "ruang tidak terbuka"

    NOBODY = "nobody else is in the room", "tidak ada orang lain di ruang"
    PERSON = (
        "{name}  {address}  here {here}, heard {silent} ago, {count:message|messages}",
        "{name}  {address}  di sini {here}, aktif {silent} lalu, {count:,} pesan",
    )
    PERSON_QUIET = (
        "{name}  {address}  here {here}, SILENT for {silent}, {count:message|messages}",
        "{name}  {address}  di sini {here}, TIDAK MENJAWAB selama {silent}, {count:,} pesan",
    )
    SECONDS = "{seconds} s", "{seconds} dtk"
    MINUTES = "{minutes} min", "{minutes} mnt"
    HOURS = "{hours} h {minutes} min", "{hours} j {minutes} mnt"
    DAYS = "{days} d {hours} h", "{days} hari {hours} j"

    OPEN_FOR = (
        "open for {duration}, {count:message|messages}",
        "terbuka selama {duration}, {count:,} pesan",
    )
    SPEAKING_AS = "you speak as {name}", "Anda berbicara sebagai {name}"
    WAITING = (
        "{count:message of yours waits|messages of yours wait} to be stored",
        "{count:,} pesan Anda menunggu disimpan",
    )

    REMOVED = (
        "{name} was put out; who knows the password can come back",
        "{name} dikeluarkan; siapa pun yang tahu kata sandi bisa masuk lagi",
    )
    REMOVED_NOBODY = (
        "nobody here has the name {name!r}",
        "di sini tidak ada yang bernama {name!r}",
    )
    REMOVED_HOST = (
        "{name} is you; stop ends the room",
        "{name} adalah Anda; stop menutup ruang",
    )

    BLOCKED = "blocked {networks}", "{networks} diblokir"
    UNBLOCKED = "no longer blocked: {networks}", "tidak diblokir lagi: {networks}"
    NOT_BLOCKED = "not blocked: {networks}", "tidak diblokir: {networks}"
    BLOCKED_ARE = "blocked: {networks}", "diblokir: {networks}"
    BLOCKED_NONE = "nothing is blocked", "tidak ada yang diblokir"
    ALLOWED = "allowed: {networks}", "diizinkan: {networks}"
    ALLOWED_ALL = "allowed: all addresses", "diizinkan: semua alamat"

    FIND_WHAT = (
        "which words? find WORDS, or find from:NAME, or both",
        "kata apa? find KATA, atau find from:NAMA, atau keduanya",
    )
    FOUND_NONE = "no message has that", "tidak ada pesan seperti itu"
    FOUND_ALL = "that is all", "itu semuanya"
    FOUND_MORE = (
        "and {count:older one|older ones}",
        "dan {count:,} pesan yang lebih lama",
    )
    FOUND_TOO_MANY = (
        "and {more:,} older ones at least",
        "dan setidaknya {more:,} pesan yang lebih lama",
    )

    PASSWORD_ALONE = (
        "type password alone; the new one is asked for, and not shown",
        "ketik password saja; yang baru akan ditanyakan dan tidak ditampilkan",
    )
    PASSWORD_CHANGED = (
        "the password was changed; everybody must prove the new one",
        "kata sandi diganti; semua orang harus memasukkan yang baru",
    )
    STOPPING = "stopping", "menutup ruang"
