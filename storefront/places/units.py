"""What a place is: a province, a commune of today, a unit of before 1 July 2025. Names are written as in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from storefront.errors import NotFound


class PlaceNotFound(NotFound):
    """No commune has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34; `name` with its kind ("tỉnh Hà Tĩnh"), `short_name` without, `folded` the short name folded."""

    code: str
    name: str
    short_name: str
    folded: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone; `name` without its kind, `kind` in small letters, centre point in degrees."""

    code: str
    name: str
    kind: str
    province: Province
    lat: float
    lon: float

    @property
    def full_name(self) -> str:
        """The name with its kind: "xã Phúc Trạch"."""
        return f"{self.kind} {self.name}"

    @property
    def label(self) -> str:
        """The name as an address has it: "xã Phúc Trạch, tỉnh Hà Tĩnh"."""
        return f"{self.full_name}, {self.province.name}"


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit of before 1 July 2025, names with their kinds, and where its land lies now (the main part first).

    Five island districts had no communes: the district is the unit then and `district` is "".
    """

    name: str
    district: str
    province: str
    successors: tuple[Commune, ...]

    @property
    def label(self) -> str:
        """The old address: "xã Hương Trạch, huyện Hương Khê"; with its province where that is gone too."""
        parts = [self.name, self.district]
        if self.province != self.successors[0].province.name:
            parts.append(self.province)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Match:
    """A place that was looked for: `via` the old unit that led there, `hint` the words that say so ("" if none)."""

    commune: Commune
    via: FormerUnit | None
    label: str
    hint: str
    score: int
