"""The register by its words, kept by each process until a certificate, a product or a producer changes.

The database would look through every row for each question; here a word is looked for among the different words of the
register, and the rows that bear it are one number (`bits`).
"""

from __future__ import annotations

import collections
import functools
import itertools
import operator
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from storefront import bits
from storefront.bits import Postings
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import register_version, session
from storefront.kept import kept_by
from storefront.producers.models import Producer


@dataclass(frozen=True)
class RegisterIndex:
    """Certificates by their position in the register's order: last day of validity, newest first, then by name."""

    ids: array[int]
    words: Postings

    def find(self, asked: Sequence[str], start: int, most: int) -> tuple[list[int], int]:
        """A slice of the ids of what bears each of these folded words, be it inside another, and how many do."""
        if not asked:
            return list(self.ids[start : start + most]), len(self.ids)
        found = functools.reduce(operator.and_, map(self._bearing, asked))
        positions = itertools.islice(bits.positions(found), start, start + most)
        return [self.ids[position] for position in positions], found.bit_count()

    def _bearing(self, asked: str) -> int:
        return self.words.any_of([word for word in self.words.words() if asked in word])


@kept_by(register_version)
def current() -> RegisterIndex:
    """The register of now."""
    ids = array("q")
    # a name, a producer, a place, a decision stands on many certificates, and is cut into words once
    of_part: dict[str, array[int]] = collections.defaultdict(lambda: array("I"))
    for position, (certificate_id, *parts) in enumerate(session().connection().execute(_ROWS)):
        ids.append(certificate_id)
        for part in parts:
            if part:
                of_part[part].append(position)
    words = Postings()
    for part, positions in of_part.items():
        words.fill(set(part.split()), positions)
    words.seal()
    return RegisterIndex(ids, words)


_ROWS = (
    sa.select(
        Certificate.id,
        RegisteredProduct.name_folded,
        RegisteredProduct.place_folded,
        Producer.name_folded,
        Certificate.decision_folded,
    )
    .join(RegisteredProduct, RegisteredProduct.id == Certificate.product_id)
    .join(Producer, Producer.id == RegisteredProduct.producer_id)
    .order_by(Certificate.valid_until.desc().nulls_last(), RegisteredProduct.name_folded, Certificate.id)
)
