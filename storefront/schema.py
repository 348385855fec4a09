"""Imports every models module, so that Alembic and the tests see all tables."""

from storefront import limits
from storefront.accounts import models as accounts
from storefront.cart import models as cart
from storefront.cases import models as cases
from storefront.catalogue import models as catalogue
from storefront.certification import models as certification
from storefront.database import Model
from storefront.fulfilment import models as fulfilment
from storefront.orders import models as orders
from storefront.outbox import models as outbox
from storefront.payments import models as payments
from storefront.producers import models as producers
from storefront.stock import models as stock
from storefront.traceability import models as traceability

__all__ = [
    "accounts",
    "cart",
    "cases",
    "catalogue",
    "certification",
    "fulfilment",
    "limits",
    "orders",
    "outbox",
    "payments",
    "producers",
    "stock",
    "traceability",
]

metadata = Model.metadata
