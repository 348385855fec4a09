"""Which cards a page shows."""

from __future__ import annotations

from collections.abc import Sequence

from storefront.catalogue.cards import ListingCard


def varied(cards: Sequence[ListingCard], count: int) -> list[ListingCard]:
    """So many cards, each of another kind where there are enough kinds."""
    first_of_kind = list({card.kind: card for card in reversed(cards)}.values())
    first_of_kind.sort(key=cards.index)
    rest = [card for card in cards if card not in first_of_kind]
    return (first_of_kind + rest)[:count]
