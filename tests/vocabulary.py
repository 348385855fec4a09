"""schema.org as far as the shop uses it: is a JSON-LD graph made of known types, each with its own properties?"""

import functools
import json
import re

from config import ROOT

FOLDER = ROOT / "tests" / "data" / "web"
SCHEMA = "https://schema.org/"
TEXTS = {"Text", "URL", "Date", "DateTime", "Number", "Boolean", "Time", "XPathType", "CssSelectorType"}
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@functools.cache
def vocabulary():
    return json.loads((FOLDER / "vocabulary.json").read_text(encoding="utf-8"))


def graph(page):
    """The graph of a page; the page has one block and nothing in it could end the script."""
    blocks = BLOCK.findall(page.text)
    assert len(blocks) == 1, page.request.path
    assert not set("<>&") & set(blocks[0])
    whole = json.loads(blocks[0])
    assert whole["@context"] == "https://schema.org"
    return whole["@graph"]


def of_type(nodes, *kinds):
    return [node for node in everything(nodes) if node.get("@type") in kinds]


def everything(value):
    """Every node, at any depth."""
    if isinstance(value, list):
        return [node for one in value for node in everything(one)]
    if not isinstance(value, dict):
        return []
    return [value, *(node for one in value.values() for node in everything(one))]


def problems(nodes):
    """What is wrong with a graph, in words; nothing when it is sound."""
    names = {node["@id"] for node in everything(nodes) if len(node) > 1 and "@id" in node}
    found = []
    for node in everything(nodes):
        if set(node) == {"@id"}:
            found += [] if node["@id"] in names else [f"{node['@id']} is not in the graph"]
            continue
        kind = node.get("@type")
        if kind not in vocabulary()["classes"]:
            found.append(f"unknown type {kind}")
            continue
        for name, value in node.items():
            if not name.startswith("@"):
                found += _wrong_value(nodes, kind, name, value)
    return found


def _wrong_value(nodes, kind, name, value):
    allowed = _range(kind, name)
    if allowed is None:
        return [f"{kind} has no {name}"]
    wrong = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            types = _ancestors(one.get("@type") or _type_of(nodes, one["@id"]))
            if not types & allowed:
                wrong.append(f"{kind}.{name} may not hold {one.get('@type')}")
        elif isinstance(one, str) and one.startswith(SCHEMA):
            member = one.removeprefix(SCHEMA)
            if vocabulary()["enumerations"].get(member) not in allowed and not allowed & TEXTS:
                wrong.append(f"{kind}.{name} may not be {member}")
        elif not allowed & TEXTS and name != "item":  # breadcrumbs name pages by their address
            wrong.append(f"{kind}.{name} may not be the text {one}")
        elif one in ("", None):
            wrong.append(f"{kind}.{name} is empty")
    return wrong


def _type_of(nodes, name):
    return next(
        (node["@type"] for node in everything(nodes) if node.get("@id") == name and "@type" in node), ""
    )


def _ancestors(kind):
    known = vocabulary()["classes"].get(kind)
    return {kind}.union(*(_ancestors(parent) for parent in known["parents"])) if known else {kind}


def _range(kind, name):
    known = vocabulary()["classes"][kind]
    if name in known["properties"]:
        return set(known["properties"][name])
    return next((found for parent in known["parents"] if (found := _range(parent, name))), None)
