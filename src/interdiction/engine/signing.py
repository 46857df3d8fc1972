"""The Ed25519 key of a home that signs how its audit log ends: made once, readable for its owner alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interdiction.engine.home import Home
from interdiction.errors import InputError
from interdiction.store import faults

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY: Final = "audit.key"
PUBLIC: Final = "audit.pub"
_OWNER_ALONE: Final = 0o600


def signing_key(home: Home, fresh: Callable[[int], bytes], path: Path | None = None) -> Ed25519PrivateKey:
    """Give the key that signs checkpoints: the one at `path`, else the home's own, made of `fresh` random bytes.

    Raises `InputError` (`audit-key`) for a file that is no Ed25519 key, or that others may read; `HomeError`.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    place = path or home.path / KEY
    if path is None and not place.exists():
        key = Ed25519PrivateKey.from_private_bytes(fresh(32))
        with faults.translated(place):
            _make(place, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        if os.name == "posix" and place.stat().st_mode & 0o077:
            raise _no_key(place, "others than its owner may read it", f"chmod 600 {place}")
        found = load_pem_private_key(place.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _no_key(place, str(error), "give a PEM file without a password") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise _no_key(place, "it is of another kind", "make one: openssl genpkey -algorithm ed25519")
    public = home.path / PUBLIC
    if path is None and not public.exists():  # never made, or its maker was killed before this file
        with faults.translated(public):
            _make(public, public_pem(found), 0o644)
    return found


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Give the public half of a key as PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_key(path: Path) -> str:
    """Read a public key and give it in hexadecimal. Raises `InputError` (`audit-key`)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        found = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _no_key(path, str(error), "give a PEM file of a public key") from error
    if not isinstance(found, Ed25519PublicKey):
        raise _no_key(path, "it is of another kind", "give the audit.pub of the home")
    return found.public_bytes_raw().hex()


def own_keys(home: Home) -> set[str]:
    """Give the public keys (hexadecimal) that may have signed for a home by itself."""
    path = home.path / PUBLIC
    return {public_key(path)} if path.is_file() else set()


def _make(path: Path, data: bytes, mode: int = _OWNER_ALONE) -> None:
    """Write a file whole or not at all; one that another process made meanwhile stays."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _no_key(path: Path, why: str, mend: str) -> InputError:
    return InputError(f"the key cannot be used: {why}", where=str(path), mend=mend, code="audit-key")
