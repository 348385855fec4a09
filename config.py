"""Settings, read once from the environment and checked at start.

Every setting is listed in `SETTINGS`: the README's table and the tests are made from it. A wrong value stops the
start with its name and what is allowed.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

AI_CRAWLERS = ("all", "no-training", "none")
ENVIRONMENTS = ("demo", "development", "test", "production")
ROOT = Path(__file__).resolve().parent


class WrongSetting(Exception):
    """A setting has a value that is not allowed; the text names it and says what is."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who runs the shop, as e-commerce and consumer law want it shown (NĐ 248/2026 Điều 4; Luật 19/2023 Điều 37)."""

    name: str
    address: str
    representative: str
    business_number: str
    issued_on: str
    issued_by: str
    phone: str
    email: str

    @property
    def is_whole(self) -> bool:
        """Nothing is left empty."""
        return all(vars(self).values())


DEMO_OWNER = Owner(
    name="Đơn vị ví dụ, không có thật",
    address="Số 0, đường Ví Dụ, phường Thành Sen, tỉnh Hà Tĩnh",
    representative="Nguyễn Văn Ví Dụ",
    business_number="0000000000",
    issued_on="01/07/2026",
    issued_by="Nơi cấp ví dụ",
    phone="0239 000 0000",
    email="lienhe@example.com",
)
"""Who runs the demo where nobody is named, so that its pages are seen as they will be; no number of it can exist."""
_DEMO_OWNER_IN_ENGLISH = replace(
    DEMO_OWNER,
    name="Example company, does not exist",
    address="0 Example Street, Thành Sen ward, Hà Tĩnh province",
    representative="An Example Person",
    issued_on="1 July 2026",
    issued_by="Example office",
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of one process."""

    environment: str
    secret_key: str
    public_url: str
    database_url: str
    instance_dir: Path
    demo_today: date | None
    mail_url: str
    mail_from: str
    proxy_hops: int
    pool_size: int
    page_cache_mb: int
    indexing: bool
    ai_crawlers: str
    feed_token: str
    owner: Owner

    @property
    def is_demo(self) -> bool:
        return self.environment == "demo"

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def offers_mail(self) -> bool:
        """Letters can leave: by SMTP, or as files where nobody real is waiting for them."""
        return bool(self.mail_url) or not self.is_production

    def owner_in(self, language: str) -> Owner:
        """The owner as told there: one that is made up says so in each language."""
        return _DEMO_OWNER_IN_ENGLISH if self.owner is DEMO_OWNER and language == "en" else self.owner


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One line of the settings table: its name, what is allowed, its default and what it is for."""

    name: str
    allowed: str
    default: str
    purpose: str


SETTINGS = (
    Setting(
        name="SHOP_ENV",
        allowed=" | ".join(ENVIRONMENTS),
        default="development",
        purpose="What this process is for; `make run` sets `demo`.",
    ),
    Setting(
        name="SECRET_KEY",
        allowed="32 characters or more",
        default="kept under instance/ (production: none, must be set)",
        purpose="Signs cookies and links.",
    ),
    Setting(
        name="PUBLIC_URL",
        allowed="http(s)://host[:port], no path",
        default="http://127.0.0.1:8000 (production: none, must be set)",
        purpose="The address printed in QR codes and letters; its scheme decides Secure cookies and HSTS.",
    ),
    Setting(
        name="DATABASE_URL",
        allowed="sqlite:///path or postgresql://…",
        default="SQLite under instance/",
        purpose="The database.",
    ),
    Setting(
        name="INSTANCE_DIR",
        allowed="a folder that can be written",
        default="instance",
        purpose="Database file, letters written as files, generated secrets.",
    ),
    Setting(
        name="DEMO_TODAY",
        allowed="YYYY-MM-DD, outside production",
        default="2026-11-23 in the demo, else empty",
        purpose="The day the demo pretends it is, so that its certificates never lapse.",
    ),
    Setting(
        name="MAIL_URL",
        allowed="smtp://user:password@host:port, smtps://… or empty",
        default="empty",
        purpose="Where letters go. Empty: written to instance/mail (production: e-mail is not offered).",
    ),
    Setting(
        name="MAIL_FROM",
        allowed="an e-mail address",
        default="shop@localhost (needed with MAIL_URL)",
        purpose="Sender of letters.",
    ),
    Setting(
        name="PROXY_HOPS",
        allowed="0 to 5",
        default="0",
        purpose="Trusted reverse proxies in front (X-Forwarded-For is believed for as many).",
    ),
    Setting(
        name="POOL_SIZE",
        allowed="1 to 64",
        default="4",
        purpose="PostgreSQL connections of one process; equal to its threads.",
    ),
    Setting(
        name="PAGE_CACHE_MB",
        allowed="0 to 4096",
        default="64",
        purpose="Memory of one process for public pages that it keeps whole; 0 keeps none.",
    ),
    Setting(
        name="INDEXING",
        allowed="yes | no",
        default="yes in production, else no",
        purpose="Whether search engines may list the shop; `no` marks every answer `noindex`.",
    ),
    Setting(
        name="AI_CRAWLERS",
        allowed=" | ".join(AI_CRAWLERS),
        default="no-training",
        purpose="Which crawlers of language models robots.txt admits: all, those that answer and search, or none.",
    ),
    Setting(
        name="FEED_TOKEN",
        allowed="24 or more of A-Z a-z 0-9 - _, or empty",
        default="empty (no product feeds)",
        purpose="Secret part of the feeds' addresses, `/feeds/<token>/google.xml` and `/feeds/<token>/meta.csv`.",
    ),
    Setting(
        name="OWNER_NAME",
        allowed="text (production: must be set)",
        default="empty; in the demo a made-up owner, marked so",
        purpose="Who runs the shop.",
    ),
    Setting(
        name="OWNER_ADDRESS",
        allowed="text (production: must be set)",
        default="empty",
        purpose="Head office.",
    ),
    Setting(name="OWNER_REPRESENTATIVE", allowed="text", default="empty", purpose="Legal representative."),
    Setting(
        name="OWNER_BUSINESS_NUMBER",
        allowed="text (production: must be set)",
        default="empty",
        purpose="Business registration or tax number.",
    ),
    Setting(name="OWNER_ISSUED_ON", allowed="text", default="empty", purpose="Date of that registration."),
    Setting(name="OWNER_ISSUED_BY", allowed="text", default="empty", purpose="Office that issued it."),
    Setting(
        name="OWNER_PHONE",
        allowed="text (production: must be set)",
        default="empty",
        purpose="Contact number shown to shoppers.",
    ),
    Setting(
        name="OWNER_EMAIL", allowed="text", default="empty", purpose="Contact address shown to shoppers."
    ),
)

NEEDED_IN_PRODUCTION = (
    "SECRET_KEY",
    "PUBLIC_URL",
    "OWNER_NAME",
    "OWNER_ADDRESS",
    "OWNER_BUSINESS_NUMBER",
    "OWNER_PHONE",
)


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Read and check all settings.

    :raises WrongSetting: naming the first setting whose value is missing or not allowed.
    """
    read = _Reader(os.environ if env is None else env)
    environment = read.one_of("SHOP_ENV", ENVIRONMENTS, default="development")
    production = environment == "production"
    for name in NEEDED_IN_PRODUCTION if production else ():
        read.needed(name)
    instance_dir = _folder(read.text("INSTANCE_DIR", default=str(ROOT / "instance")))
    demo_today = read.day("DEMO_TODAY", default="2026-11-23" if environment == "demo" else "")
    if production and demo_today:
        raise WrongSetting("DEMO_TODAY: not allowed with SHOP_ENV=production; leave it empty")
    return Settings(
        environment=environment,
        secret_key=read.secret("SECRET_KEY", instance_dir),
        public_url=read.origin("PUBLIC_URL", default=f"http://127.0.0.1:{read.port()}"),
        database_url=read.database("DATABASE_URL", default=f"sqlite:///{instance_dir / 'shop.sqlite3'}"),
        instance_dir=instance_dir,
        demo_today=demo_today,
        mail_url=read.mail("MAIL_URL"),
        mail_from=read.mail_from("MAIL_FROM", default="shop@localhost"),
        proxy_hops=read.number("PROXY_HOPS", default=0, low=0, high=5),
        pool_size=read.number("POOL_SIZE", default=4, low=1, high=64),
        page_cache_mb=read.number("PAGE_CACHE_MB", default=64, low=0, high=4096),
        indexing=read.one_of("INDEXING", ("yes", "no"), default="yes" if production else "no") == "yes",
        ai_crawlers=read.one_of("AI_CRAWLERS", AI_CRAWLERS, default="no-training"),
        feed_token=read.token("FEED_TOKEN"),
        owner=DEMO_OWNER if environment == "demo" and not read.text("OWNER_NAME") else _owner(read),
    )


def _owner(read: _Reader) -> Owner:
    return Owner(
        name=read.text("OWNER_NAME"),
        address=read.text("OWNER_ADDRESS"),
        representative=read.text("OWNER_REPRESENTATIVE"),
        business_number=read.text("OWNER_BUSINESS_NUMBER"),
        issued_on=read.text("OWNER_ISSUED_ON"),
        issued_by=read.text("OWNER_ISSUED_BY"),
        phone=read.text("OWNER_PHONE"),
        email=read.text("OWNER_EMAIL"),
    )


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env

    def text(self, name: str, default: str = "") -> str:
        return self._env.get(name, "").strip() or default

    def needed(self, name: str) -> None:
        if not self.text(name):
            raise WrongSetting(f"{name}: must be set with SHOP_ENV=production ({_setting(name).allowed})")

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        return self._checked(name, self.text(name, default), lambda value: value in allowed)

    def number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.text(name, str(default))
        return int(
            self._checked(
                name, text, lambda value: value.isascii() and value.isdigit() and low <= int(value) <= high
            )
        )

    def port(self) -> int:
        text = self.text("PORT", "8000")
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            raise WrongSetting(f"PORT: {text!r} is not allowed; give a number from 1 to 65535")
        return int(text)

    def day(self, name: str, default: str) -> date | None:
        text = self.text(name, default)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise _wrong(name, text) from None

    def secret(self, name: str, folder: Path) -> str:
        given = self.text(name)
        return (
            self._checked(name, given, lambda value: len(value) >= 32, show=False)
            if given
            else _kept_secret(folder)
        )

    def token(self, name: str) -> str:
        """Empty, or a long secret that may stand in an address."""
        value = self.text(name)
        return value and self._checked(
            name, value, lambda text: bool(re.fullmatch(r"[A-Za-z0-9_-]{24,200}", text)), show=False
        )

    def origin(self, name: str, default: str) -> str:
        def is_origin(value: str) -> bool:
            parts = urlsplit(value)
            return (
                parts.scheme in ("http", "https")
                and bool(parts.hostname)
                and value.rstrip("/") == f"{parts.scheme}://{parts.netloc}"
            )

        return self._checked(name, self.text(name, default), is_origin).rstrip("/")

    def database(self, name: str, default: str) -> str:
        value = self._checked(
            name,
            self.text(name, default),
            lambda text: text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")),
            show=False,
        )
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    def mail(self, name: str) -> str:
        value = self.text(name)
        return (
            self._checked(
                name,
                value,
                lambda text: urlsplit(text).scheme in ("smtp", "smtps") and bool(urlsplit(text).hostname),
                show=False,
            )
            if value
            else ""
        )

    def mail_from(self, name: str, default: str) -> str:
        if self.text("MAIL_URL"):
            default = ""
        return self._checked(
            name, self.text(name, default), lambda value: 3 <= len(value) <= 200 and "@" in value.strip("@")
        )

    def _checked(self, name: str, value: str, is_allowed: Callable[[str], bool], show: bool = True) -> str:
        try:
            allowed = is_allowed(value)
        except ValueError:
            allowed = False
        if not allowed:
            raise _wrong(name, value if show else "")
        return value


def _setting(name: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.name == name)


def _wrong(name: str, value: str) -> WrongSetting:
    shown = f" {value[:80]!r} is not allowed;" if value else " not an allowed value;"
    return WrongSetting(f"{name}:{shown} give {_setting(name).allowed}")


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WrongSetting(
            f"INSTANCE_DIR: {text!r} cannot be made; give a folder that can be written"
        ) from None
    if not os.access(folder, os.W_OK):
        raise WrongSetting(f"INSTANCE_DIR: {text!r} cannot be written; give a folder that can be written")
    return folder


def _kept_secret(folder: Path) -> str:
    """A secret of this machine alone, made once and kept in the instance folder (never used in production)."""
    file = folder / "secret-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()
