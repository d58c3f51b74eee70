"""How much a file may ask for before its reading is stopped."""

import msgspec

_MIB = 1 << 20
_GIB = 1 << 30


class Limits(msgspec.Struct, frozen=True):
    """What reading one file may take.

    The defaults leave room for an export of ten million rows and stop what is larger than any CRM writes.
    `memory_bytes` is what the child may hold for itself; pages of files, which the system drops at will, do not count.
    """

    memory_bytes: int = 3 * _GIB
    cpu_seconds: int = 180
    wall_seconds: float = 240.0
    file_bytes: int = 16 * _GIB
    line_bytes: int = 16 * _MIB
    unpacked_bytes: int = 4 * _GIB
    column_count: int = 5_000
    sheet_count: int = 50
    entry_count: int = 1_000
    child_count: int = 2
