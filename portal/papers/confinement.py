"""What a process that works on strange files may reach: some folders, nothing else of the machine, no network.

By Landlock, which Linux has since 5.13 and which needs no privilege. Elsewhere `confine` does nothing and says so; the
other limits (`child`, `starting`) hold everywhere.
"""

import ctypes
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/proc", "/sys/devices/system"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
    *("/etc/ld.so.cache", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/localtime", "/etc/timezone"),
    *("/etc/fonts", "/etc/alternatives", "/etc/libreoffice", "/var/cache/fontconfig"),
    *("/etc/locale.alias", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf", "/etc/crypto-policies"),
)
"""Programs, libraries and fonts. Of /etc and /var single things only: configuration and data of others lie there."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
_VERSION, _BENEATH = 1, 1
_EXECUTE, _READ, _LIST, _REMOVE_FILE, _MAKE_SOCKET = 1, 4, 8, 32, 512
_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF}
"""All rights about files that a version of the kernel's interface knows; from 5 on there are devices, too."""
_NEWEST_RIGHTS = 0xFFFF
_OF_A_FILE = 0xC007
_TCP = 3
_WITH_NETWORK, _WITH_SCOPES = 4, 6
_SCOPES = 3
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


def confine(readable: Iterable[Path | str], writable: Iterable[Path | str], sockets: Iterable[Path | str] = ()) -> bool:
    """Let this process and all that it starts open nothing but what lies in these places, for good.

    Programs may be started from what is readable; in `sockets` it may make sockets and remove files of its own.
    False where the kernel cannot; OSError when it will not.
    """
    version = _version()
    if version < 1:
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    everything = _RIGHTS.get(version, _NEWEST_RIGHTS)
    handled = struct.pack(
        "=QQQ", everything, _TCP if version >= _WITH_NETWORK else 0, _SCOPES if version >= _WITH_SCOPES else 0
    )
    size = 24 if version >= _WITH_SCOPES else 16 if version >= _WITH_NETWORK else 8
    rules = _done(kernel.syscall(_CREATE, handled, ctypes.c_size_t(size), ctypes.c_uint32(0)))
    try:
        for place in readable:
            _allow(kernel, rules, place, _EXECUTE | _READ | _LIST)
        for place in (*writable, "/dev/null"):
            _allow(kernel, rules, place, everything)
        for place in sockets:
            _allow(kernel, rules, place, _REMOVE_FILE | _MAKE_SOCKET)
        _done(kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _done(kernel.syscall(_RESTRICT, rules, ctypes.c_uint32(0)))
    finally:
        os.close(rules)
    return True


def leave_the_network() -> None:
    """Into an empty network namespace: as root at once, else within a user namespace where those are allowed."""
    if not sys.platform.startswith("linux"):
        return
    unshare = getattr(os, "unshare", None) or _unshare_by_libc  # the former since Python 3.12
    user, group = os.geteuid(), os.getegid()
    with suppress(OSError):
        unshare(_NEW_NETWORK)
        return
    with suppress(OSError):
        unshare(_NEW_NETWORK | _NEW_USER)
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path("/proc/self", name).write_text(line, "ascii")


def _unshare_by_libc(flags: int) -> None:
    if not hasattr(libc := ctypes.CDLL(None), "unshare") or libc.unshare(flags) != 0:
        raise OSError


def own_code() -> list[str]:
    """Where the code of this program lies, with its interpreter and libraries."""
    import portal

    paths = sysconfig.get_paths()
    known = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return [*known, str(Path(sys.base_prefix, "lib")), str(Path(portal.__file__).parent)]


def is_possible() -> bool:
    """Whether this kernel can."""
    return _version() > 0


def _version() -> int:
    if not sys.platform.startswith("linux"):
        return 0
    kernel = ctypes.CDLL(None, use_errno=True)
    return int(kernel.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION)))


def _allow(kernel: ctypes.CDLL, rules: int, place: Path | str, rights: int) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):  # what is not there is not needed
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
        try:
            rights &= -1 if Path(place).is_dir() else _OF_A_FILE
            _done(kernel.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", rights, handle), ctypes.c_uint32(0)))
        finally:
            os.close(handle)


def _done(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "Landlock")
    return result
