"""The API keeps to its description: schemathesis asks what the description allows, and what it does not."""

import json

import hypothesis
import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from storefront.certification.groups import ProductGroup
from storefront.certification.validity import CertificateState
from storefront.database import db, session, transaction
from storefront.producers.models import Producer, ProducerKind
from storefront.traceability.models import Vouch
from storefront.web.api import PREFIX, description
from tests.conftest import make_app
from tests.factories import shop

load_all_checks()
EXAMPLES = 12
PLAIN = {"Accept-Encoding": "identity"}  # what asks here does not decompress


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A shop of its own, with things in it that requests see."""
    folder = tmp_path_factory.mktemp("api")
    made = make_app(f"sqlite:///{folder / 'api.sqlite3'}", folder)
    with made.app_context(), transaction():
        listing, variant, point = shop.make_buyable("Mật ong Cường Nga")
        lot = shop.stock_up(variant, point)
        shop.make_listing(product_name="Cam Thử", certified_year=2020, decided_on=None)
        shop.make_buyable("Rượu Thử", kind="ruou", group=ProductGroup.DRINK)
        producer = session().get_one(Producer, listing.producer_id)
    made.there = {"slug": listing.slug, "producer": producer.slug, "id": 1, "code": lot.code}
    yield made
    with made.app_context():
        db.engine.dispose()


def operations():
    described = schemathesis.openapi.from_dict(description.described())
    labels = {one.ok().label for one in described.get_all_operations()}
    return sorted(labels - {"GET /openapi.json"})  # schemathesis does not ask for what it reads itself


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
@pytest.mark.parametrize("label", operations())
def test_every_answer_is_one_that_is_described(served, label, mode):
    """What is generated is often refused or finds nothing, so a sound question is asked again of what is there."""
    schema = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", served)
    operation = next(one.ok() for one in schema.get_all_operations() if one.ok().label == label)
    there = {**served.there, **({"slug": served.there["producer"]} if "/producers" in label else {})}
    found = set()

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        # a cursor of the right form that the API never gave is refused as well, and rightly
        case.call_and_validate(headers=PLAIN, excluded_checks=[positive_data_acceptance])
        if mode.is_positive:
            case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
            case.query = {name: value for name, value in (case.query or {}).items() if name == "limit"}
            found.add(case.call_and_validate(headers=PLAIN).status_code)

    ask()
    assert found == ({200} if mode.is_positive else set())


def test_the_description_is_sound_openapi():
    """Its schemas are schemas, and every reference leads somewhere."""
    whole = description.described()
    assert whole["openapi"].startswith("3.1")
    for schema in whole["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    text = json.dumps(whole)
    for part in ("schemas", "parameters", "responses"):
        for name in whole["components"][part]:
            assert f'"#/components/{part}/{name}"' in text, name


def test_every_address_of_the_door_is_described(migrated_app):
    served = {
        rule.rule.removeprefix(PREFIX)
        for rule in migrated_app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    shapes = {
        "/certificates/{id}": "/certificates/<id:certificate_id>",
        "/lots/{code}": "/lots/<string(maxlength=40):code>",
    }
    described = {
        shapes.get(path, path.replace("{slug}", "<slug:slug>")) for path in description.described()["paths"]
    }
    assert described == served


def test_the_words_of_the_description_are_those_of_the_code():
    schemas = description.described()["components"]["schemas"]
    assert schemas["Group"]["enum"] == [one.value for one in ProductGroup]
    assert schemas["Certificate"]["properties"]["state"]["enum"] == [one.value for one in CertificateState]
    assert schemas["Producer"]["properties"]["kind"]["enum"] == [one.value for one in ProducerKind]
    steps = schemas["Lot"]["properties"]["steps"]["items"]["properties"]
    assert steps["told_by"]["enum"] == [one.value for one in Vouch]
