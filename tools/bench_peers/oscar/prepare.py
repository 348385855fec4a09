"""Run in the peer's own environment: fill its database, and walk shoppers up to the last button.

`prepare.py load PRODUCTS.json` and `prepare.py checkouts COUNT OUT.json`.
"""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402

Category, Product = get_model("catalogue", "Category"), get_model("catalogue", "Product")
ProductCategory, ProductClass = (
    get_model("catalogue", "ProductCategory"),
    get_model("catalogue", "ProductClass"),
)
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
Country = get_model("address", "Country")
Order = get_model("order", "Order")
CHECKOUT = "/checkout/preview/"


@transaction.atomic
def fill(rows):
    """One standalone product a listing, at the price of its cheapest pack."""
    Country.objects.create(
        iso_3166_1_a2="VN", iso_3166_1_a3="VNM", iso_3166_1_numeric="704", printable_name="Việt Nam",
        name="Việt Nam", is_shipping_country=True,
    )  # fmt: skip
    kind = ProductClass.objects.create(name="OCOP", requires_shipping=True, track_stock=True)
    partner = Partner.objects.create(name="OCOP")
    groups = {name: Category.add_root(name=name) for name in sorted({row["group"] for row in rows})}
    made = Product.objects.bulk_create(
        [
            Product(
                structure=Product.STANDALONE,
                is_public=True,
                upc=f"L{row['id']}",
                title=row["name"],
                slug=row["slug"],
                description=row["description"],
                product_class=kind,
                is_discountable=True,
            )
            for row in rows
        ],
        batch_size=500,
    )
    pairs = list(zip(made, rows, strict=True))
    ProductCategory.objects.bulk_create(
        [ProductCategory(product=product, category=groups[row["group"]]) for product, row in pairs],
        batch_size=500,
    )
    StockRecord.objects.bulk_create(
        [
            StockRecord(
                product=product,
                partner=partner,
                partner_sku=f"S{row['id']}",
                price=row["price"],
                price_currency="VND",
                num_in_stock=row["left"],
            )
            for product, row in pairs
        ],
        batch_size=500,
    )


def checkouts(count):
    """So many guests on the last page: their cookies and what its button sends."""
    ids = list(
        Product.objects.filter(stockrecords__num_in_stock__gte=10).order_by("id").values_list("id", flat=True)
    )
    return [_walk(ids[number % len(ids)], number) for number in range(count)]


def _walk(product_id, number):
    browser = Client()
    browser.post(f"/basket/add/{product_id}/", {"quantity": 1})
    browser.post("/checkout/", {"username": f"khach{number}@example.org", "options": "anonymous"})
    browser.post(
        "/checkout/shipping-address/",
        {
            "first_name": "Hà", "last_name": "Trần", "line1": "36 Xuân Thủy", "line4": "Hà Nội",
            "postcode": "100000", "phone_number": "+84912345678",
        },
    )  # fmt: skip
    browser.get("/checkout/shipping-method/")
    browser.get("/checkout/payment-method/")
    page = browser.get(CHECKOUT)
    if page.status_code != 200:
        raise SystemExit(f"the last page of the peer's checkout answers {page.status_code}")
    token = browser.cookies["csrftoken"].value
    cookie = "; ".join(f"{name}={morsel.coded_value}" for name, morsel in browser.cookies.items())
    return {"path": CHECKOUT, "cookie": cookie, "body": f"action=place_order&csrfmiddlewaretoken={token}"}


def main(command, *arguments):
    """Run one command."""
    if command == "load":
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not Product.objects.exists():
            fill(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
            call_command("rebuild_index", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        products = Product.objects.order_by("id").values_list("slug", "id")
        Path(arguments[1]).write_text(json.dumps(list(products)), encoding="utf-8")
    elif command == "checkouts":
        Path(arguments[1]).write_text(json.dumps(checkouts(int(arguments[0]))), encoding="utf-8")
    elif command == "count":
        print(Order.objects.count())


main(*sys.argv[1:])
