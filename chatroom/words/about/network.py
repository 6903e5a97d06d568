"""What a driver tells of itself, and why there is no socket."""

from chatroom.network import driver, events, sockets
from chatroom.words.about import Sentences

SENTENCES = Sentences(
    {
        events.DriverStarted: ("listening on {address}", "mendengarkan di {address}"),
        events.DriverFailed: ("{problem}", "{problem}"),
        events.DriverStopped: ("stopped", "berhenti"),
        driver.Fault.UNEXPECTED: (
            "The program has a fault: {error}",
            "Program ini mengalami kesalahan: {error}",
        ),
        sockets.NoSocket.NO_SUCH_COMPUTER: (
            "There is no computer with the name or address {host!r}.",
            "Tidak ada komputer dengan nama atau alamat {host!r}.",
        ),
        sockets.NoSocket.PORT_IN_USE: (
            "Port {port} is in use by another program on this computer. Choose another port, or "
            "stop that program.",
            "Port {port} dipakai program lain di komputer ini. Pilih port lain, atau hentikan "
            "program itu.",
        ),
        sockets.NoSocket.ADDRESS_NOT_OURS: (
            "{host} is not an address of this computer. Type 0.0.0.0 to use all of its addresses.",
            "{host} bukan alamat komputer ini. Ketik 0.0.0.0 untuk memakai semua alamatnya.",
        ),
        sockets.NoSocket.PORT_FORBIDDEN: (
            "This system does not let you use port {port}: it is below 1024, or kept for another "
            "program. Choose another one above 1023.",
            "Sistem ini tidak mengizinkan Anda memakai port {port}: nomornya di bawah 1024, atau "
            "disediakan untuk program lain. Pilih yang lain di atas 1023.",
        ),
        sockets.NoSocket.REFUSED: (
            "Cannot listen on {host} port {port}: {error}.",
            "Port {port} di {host} tidak bisa dibuka: {error}.",
        ),
    },
)
