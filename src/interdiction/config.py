"""One frozen Config, read once at a door from `config.toml` in the home; nobody else reads it or the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from interdiction import approved
from interdiction.errors import DataError

FILE = "config.toml"

STORE: ContextVar[str] = ContextVar("store", default="")
"""The URL of the store that the door was told (`--store`): it goes before the one of `config.toml`."""


TOUCHED: ContextVar[set[Path] | None] = ContextVar("touched", default=None)
"""Where a door hears which homes were written to: their folders are put into the set."""


class Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts: `kind` is a word of the policy (`us`, `eu`, `uk`, `un`, `none`), `name` stands in the record.

    `bics` are our own bank identifiers, by which our place in a payment is told; `also` are further laws that bind us
    (`us`, `eu`, `uk`, `un`: a branch abroad, a head office elsewhere); `owned_by` the laws whose persons own or control
    us (31 CFR 510.214, 560.215); `rail` the way of payments that do not state one; `users_checked_daily` says that all
    our users are checked after every change of a list and every day, without which an instant credit transfer is
    screened like any other.
    """

    kind: str
    name: str = ""
    bics: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    owned_by: tuple[str, ...] = ()
    rail: str = ""
    users_checked_daily: bool = False


class Fetching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How publishers are reached: `ca_file` are further certificates to trust (PEM), `proxy` is asked first."""

    ca_file: str | None = None
    proxy: str | None = None


class StoreAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the store is, when it is no file of the home: `url` of a PostgreSQL database."""

    url: str = ""


class Oidc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose tokens open the network door. `roles` maps a word of the claim `role_claim` to a role of ours.

    The keys of the issuer come from `jwks_url` (https) or `jwks_file`; `algorithms` are the only ones accepted.
    """

    issuer: str
    audience: str
    jwks_url: str = ""
    jwks_file: str = ""
    algorithms: tuple[str, ...] = ("RS256", "ES256", "PS256", "EdDSA")
    role_claim: str = "roles"
    roles: dict[str, str] = {}
    leeway_seconds: int = 30


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the network door behaves.

    `requests_per_second` limits each caller (0: not at all), `largest_body` the bytes of a request that is read whole,
    `body_seconds` the time a body may take to arrive; `webhooks_to_private` lets messages go to private addresses;
    `traces` makes a span of each request for OpenTelemetry (the extra `otel`).
    """

    requests_per_second: float = 0.0
    largest_body: int = 10 * 1024 * 1024
    body_seconds: float = 30.0
    webhooks_to_private: bool = False
    traces: bool = False
    oidc: Oidc | None = None


class Auditing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the end of the audit log is signed by itself: after so many entries, or when one is so old and unsigned.

    0 means never for that reason. `also_to` is a file, best on another machine, to which every checkpoint goes as well
    (absolute, or relative to the home).
    """

    checkpoint_entries: int = 10_000
    checkpoint_hours: float = 24.0
    also_to: str = ""


class Config(msgspec.Struct, frozen=True):
    """What the user may set: every field has a default, an empty or absent file is a valid one.

    `institution` says whose law binds us; `policy` is a policy file of our own, with the thresholds, and `weights`
    a file of scoring numbers (both absolute, or relative to the home); `max_age_days` makes a list stale after so
    many days, by list key; `fetching` says how publishers are reached; `store` where the store is, if not in the home;
    `service` how the network door behaves; `audit` when the end of the log is signed. Of a home whose configuration was
    approved, `approved_by` is the change that did it, and `unapproved` names the files that were changed since: of
    those the approved content is in force.
    """

    home: Path
    institution: Institution | None = None
    policy: Path | None = None
    weights: Path | None = None
    max_age_days: Mapping[str, int] = MappingProxyType({})
    fetching: Fetching = Fetching()
    store: StoreAt = StoreAt()
    service: Service = Service()
    audit: Auditing = Auditing()
    approved_by: str = ""
    unapproved: tuple[str, ...] = ()

    @classmethod
    def read(cls, home: Path) -> Config:
        """Read what is in force of the home's `config.toml` and of the files it names.

        Raises `DataError`: `config` naming the entry that is wrong, `approved` where what was approved is lost.
        """
        known = approved.read(home)
        path = approved.place(home, FILE, home / FILE, known)
        found = cls(home, **_read(path, home))
        if known is None:
            return found
        named = {approved.POLICY: found.policy, approved.WEIGHTS: found.weights}
        places = {name: one or home / approved.FOLDER / "none" for name, one in named.items()}
        places |= {name: home / name for name in (FILE, approved.LICENCES, approved.CASES)}
        in_force = {name: approved.place(home, name, one, known) for name, one in places.items()}
        return msgspec.structs.replace(
            found,
            store=_on_disk(home),
            policy=in_force[approved.POLICY] if found.policy else None,
            weights=in_force[approved.WEIGHTS] if found.weights else None,
            approved_by=known.change,
            unapproved=tuple(name for name in approved.NAMES if in_force[name] != places[name]),
        )

    @classmethod
    def as_it_stands(cls, home: Path) -> Config:
        """Read the home's `config.toml` as it stands on disk, whether anybody approved it or not: to propose it."""
        return cls(home, **_read(home / FILE, home))


def _read(path: Path, home: Path) -> dict[str, Any]:
    """Read the entries of a `config.toml`; what paths in it are relative to is the home, wherever the file stands."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, f"cannot be read: {error}", "make it a readable UTF-8 text file") from error
    try:
        return _entries(tomllib.loads(text), home / FILE)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, f"is not TOML: {error}", "correct the line named") from error


def _on_disk(home: Path) -> StoreAt:
    """Give where the store is, of the file on disk: that belongs to the machine and is nobody's to approve."""
    try:
        return StoreAt(store_url(home))
    except DataError:
        return StoreAt()


_LONG_HOURS = 100 * 366 * 24
_ENTRIES = {"institution", "policy", "weights", "max_age_days", "fetching", "store", "service", "audit"}


def _entries(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    unknown = sorted(set(table) - _ENTRIES)
    if "threshold" in unknown:
        raise _wrong(path, "knows no entry 'threshold'", "set `thresholds` in a policy file (docs/enforcement.md)")
    if unknown:
        mend = "use policy, weights, [institution], [max_age_days], [fetching], [store], [service] and [audit]"
        raise _wrong(path, f"knows no entry {unknown[0]!r}", mend)
    entries: dict[str, Any] = {}
    if "institution" in table:
        entries["institution"] = _institution(table["institution"], path)
    for name in ("policy", "weights"):
        if name in table:
            if not isinstance(table[name], str) or not table[name].strip():
                raise _wrong(path, f"{name} is not a path", f'write {name} = "{name}.yml"')
            entries[name] = path.parent / table[name]
    if "max_age_days" in table:
        entries["max_age_days"] = _ages(table["max_age_days"], path)
    if "fetching" in table:
        entries["fetching"] = _fetching(table["fetching"], path)
    if "store" in table:
        entries["store"] = _store(table["store"], path)
    if "service" in table:
        entries["service"] = _service(table["service"], path)
    if "audit" in table:
        entries["audit"] = _auditing(table["audit"], path)
    return entries


def with_store(text: str, url: str) -> str:
    """Give a `config.toml` that names this store, or the home's own file where `url` is empty."""
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = line.split("#", maxsplit=1)[0].strip() == "[store]"
        if not inside:
            kept.append(line)
    before = "\n".join(kept).rstrip()
    added = f'[store]\nurl = "{url}"' if url else ""
    return "\n\n".join(part for part in (before, added) if part) + "\n"


def store_url(home: Path) -> str:
    """Give the URL of a home's store: what the door was told, else what its `config.toml` says; empty for the file.

    Nothing else of the file is looked at, so that a home opens whose other entries are wrong. Raises `DataError`
    (`config`) for an entry `store` that cannot be one.
    """
    told = STORE.get()
    if told:
        return told
    path = home / FILE
    try:
        text = path.read_bytes()
    except OSError:
        return ""
    if b"store" not in text:
        return ""
    try:
        table = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, f"cannot be read: {error}", "correct the line named") from error
    return _store(table["store"], path).url if "store" in table else ""


def _store(value: object, path: Path) -> StoreAt:
    try:
        return msgspec.convert(value, StoreAt, strict=True)
    except msgspec.ValidationError as error:
        mend = 'write [store] and below it url = "postgresql+psycopg://user@host/database"'
        raise _wrong(path, f"store: {error}", mend) from error


def _fetching(value: object, path: Path) -> Fetching:
    try:
        found = msgspec.convert(value, Fetching, strict=True)
    except msgspec.ValidationError as error:
        raise _wrong(path, f"fetching: {error}", 'write [fetching] and below it proxy = "http://proxy:3128"') from error
    return msgspec.structs.replace(found, ca_file=str(path.parent / found.ca_file)) if found.ca_file else found


def _service(value: object, path: Path) -> Service:
    try:
        found = msgspec.convert(value, Service, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong(path, f"service: {error}", "write [service] and below it requests_per_second = 50") from error
    oidc = found.oidc
    if oidc is None:
        return found
    if bool(oidc.jwks_url) == bool(oidc.jwks_file) or (oidc.jwks_url and not oidc.jwks_url.startswith("https://")):
        raise _wrong(path, "service.oidc names no keys", 'give jwks_url = "https://..." or jwks_file, one of them')
    weak = [one for one in oidc.algorithms if one.startswith("HS") or one.lower() == "none"]
    if weak or not oidc.algorithms:
        raise _wrong(path, f"service.oidc: {weak[0] if weak else 'no algorithm'} proves nothing", "use RS256 or ES256")
    file = str(path.parent / oidc.jwks_file) if oidc.jwks_file else ""
    return msgspec.structs.replace(found, oidc=msgspec.structs.replace(oidc, jwks_file=file))


def _auditing(value: object, path: Path) -> Auditing:
    try:
        found = msgspec.convert(value, Auditing, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong(path, f"audit: {error}", "write [audit] and below it checkpoint_entries = 10000") from error
    if found.checkpoint_entries < 0 or not 0 <= found.checkpoint_hours < _LONG_HOURS:
        raise _wrong(path, "audit: not a number of entries or hours", "write 0 for never, or a number above it")
    return msgspec.structs.replace(found, also_to=str(path.parent / found.also_to)) if found.also_to else found


def _institution(value: object, path: Path) -> Institution:
    try:
        return msgspec.convert(value, Institution, strict=True)
    except msgspec.ValidationError as error:
        raise _wrong(path, f"institution: {error}", 'write [institution] and below it kind = "us"') from error


def _ages(value: object, path: Path) -> Mapping[str, int]:
    if not isinstance(value, dict):
        raise _wrong(path, "max_age_days is not a table", "write [max_age_days] and below it ofac-sdn = 3")
    for key, days in value.items():
        if not isinstance(days, int) or isinstance(days, bool) or days < 0:
            raise _wrong(path, f"max_age_days.{key} is not a number of days", f"write {key} = 3")
    return MappingProxyType(dict(value))


def _wrong(path: Path, what: str, mend: str) -> DataError:
    return DataError(f"{path.name} {what}", where=str(path), mend=mend, code="config")
