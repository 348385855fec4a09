"""Cards as the templates want them: the query's card with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from storefront.catalogue.queries import ListingCard


@dataclass(frozen=True, kw_only=True)
class ShownCard(ListingCard):
    """A card and where it leads."""

    url: str


def shown(card: ListingCard) -> ShownCard:
    """The card with its address."""
    return ShownCard(**vars(card), url=url_for("shop.listing", slug=card.slug))


def varied(cards: Sequence[ListingCard], count: int) -> list[ListingCard]:
    """So many cards, each of another kind where there are enough kinds."""
    first_of_kind = list({card.kind: card for card in reversed(cards)}.values())
    first_of_kind.sort(key=cards.index)
    rest = [card for card in cards if card not in first_of_kind]
    return (first_of_kind + rest)[:count]
