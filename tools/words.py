"""`make words`: bring the English texts up to the source.

New messages are added without a text, those gone from the source are dropped, the order is that of the source's files;
line numbers are left out, so that a diff shows words alone. The test of the catalogue then names what has no text yet.
"""

from __future__ import annotations

import sys
from types import NoneType

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

import config
from storefront.web import i18n

KEYWORDS = {**DEFAULT_KEYWORDS, "lazy": None, "counted": (1, 1)}
SOURCES = (
    ("storefront", "**.py", "python"),
    ("templates", "**.html", "jinja2"),
    ("templates", "**.txt", "jinja2"),
)
FILE = i18n.FOLDER / "en.po"
HEAD = """\
# English texts of the shop: `make words` adds and drops messages, docs/glossary.md has the words to use.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def extracted() -> Catalog:
    """Every message of the source."""
    found = Catalog(locale="vi", charset="utf-8")
    for folder, pattern, method in SOURCES:
        for name, line, message, _comments, _context in extract_from_dir(
            str(config.ROOT / folder), [(pattern, method)], keywords=KEYWORDS
        ):
            found.add(message, locations=[(f"{folder}/{name}", line)])
    return found


def read() -> Catalog:
    """The English texts as they are."""
    with FILE.open("rb") as file:
        return pofile.read_po(file, locale="en")


def updated(known: Catalog, wanted: Catalog) -> Catalog:
    """Every wanted message with its known text, in the order of the source."""
    made = Catalog(locale="en", charset="utf-8")
    for message in sorted(wanted, key=lambda one: one.locations or [("", 0)]):
        if not message.id:
            continue
        before = known.get(message.id if isinstance(message.id, str) else message.id[0])
        text = before.string if before is not None and isinstance(before.id, type(message.id)) else ""
        files = dict.fromkeys(name for name, _line in message.locations)
        made.add(message.id, text, locations=[(name, 0) for name in files], flags=message.flags)
    return made


def texts(message: Message) -> tuple[str, ...]:
    """What a message says: one text, or one for one thing and one for many."""
    return (message.string or "",) if isinstance(message.string, (str, NoneType)) else tuple(message.string)


def without_text(catalogue: Catalog) -> list[str]:
    """The messages that say nothing in English yet."""
    silent = [message.id for message in catalogue if message.id and not all(texts(message))]
    return [one if isinstance(one, str) else one[0] for one in silent]


def main() -> int:
    """Write the file anew, and say what is missing."""
    made = updated(read(), extracted())
    with FILE.open("wb") as file:
        file.write(HEAD.encode())  # one without dates, which would differ each time
        pofile.write_po(file, made, width=110, include_lineno=False, omit_header=True)
    print(f"{len(made)} messages, {len(without_text(made))} without an English text")
    return 0


if __name__ == "__main__":
    sys.exit(main())
