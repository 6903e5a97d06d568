"""Why the system refused: its own words where we have no better ones.

The system says it in a language of its own choice, mostly English.
"""

import errno

from chatroom.words import languages
from chatroom.words.languages import Language
from chatroom.words.phrases import Phrase

INDONESIAN = {
    errno.EACCES: "Izin ditolak",
    errno.EPERM: "Operasi tidak diizinkan",
    errno.ENOENT: "Tidak ada berkas atau folder seperti itu",
    errno.EISDIR: "Itu sebuah folder",
    errno.ENOTDIR: "Itu bukan folder",
    errno.EEXIST: "Berkas sudah ada",
    errno.EIO: "Kesalahan masukan/keluaran",
    errno.ENOSPC: "Disk penuh",
    errno.EDQUOT: "Kuota disk terlampaui",
    errno.EROFS: "Sistem berkas hanya bisa dibaca",
    errno.EFBIG: "Berkas terlalu besar",
    errno.EMFILE: "Terlalu banyak berkas terbuka",
    errno.ENAMETOOLONG: "Nama berkas terlalu panjang",
    errno.EPIPE: "Penerima sudah tidak ada",
    errno.EADDRINUSE: "Alamat sudah dipakai",
    errno.EADDRNOTAVAIL: "Alamat tidak tersedia",
    errno.ENETUNREACH: "Jaringan tidak terjangkau",
    errno.EHOSTUNREACH: "Komputer itu tidak terjangkau",
}
"""By number."""

ADVICE = {errno.ENOSPC: Phrase.DISK_FULL, errno.EDQUOT: Phrase.DISK_FULL}
"""What to do about it, where that is known."""


def explain(error: OSError) -> str:
    """Return why the system refused, and what to do where that is known."""
    number = error.errno or 0
    said = error.strerror or str(error)
    if languages.current() is Language.INDONESIAN:
        said = INDONESIAN.get(number, said)
    advice = ADVICE.get(number)
    return f"{said}; {advice()}" if advice else said
