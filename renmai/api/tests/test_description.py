"""The description for programs and the reference for people."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from renmai.api.answers import Out
from renmai.api.api import TAGS, api
from renmai.api.openapi import operations
from renmai.api.parsing import In

METHODS = {"get", "post", "put", "patch", "delete"}
AMOUNT = re.compile(r"_fen$|_fen_")


@pytest.fixture
def schema() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _entries(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, entry in methods.items():
            yield path, method, entry


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def test_it_is_a_sound_description(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    assert schema["info"]["title"] == "Renmai"
    for reference in set(_references(schema)):
        place: Any = schema
        assert reference.startswith("#/")
        for step in reference[2:].split("/"):
            place = place[step]
    ids = [entry["operationId"] for _path, _method, entry in _entries(schema)]
    assert len(ids) == len(set(ids)) == len(list(operations(api)))
    known_tags = {name for name, _says in TAGS}
    for path, method, entry in _entries(schema):
        assert method in METHODS, path
        assert path.startswith("/api/v1/"), path
        assert entry["tags"], path
        assert set(entry["tags"]) <= known_tags, path
        assert 5 <= len(entry["summary"]) <= 130, (path, entry["summary"])
        assert entry["description"].startswith(entry["summary"][:20]), path
        assert {"4XX"} < set(entry["responses"]), path
        declared = {parameter["name"] for parameter in entry["parameters"] if parameter["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path)), path
        assert all(parameter["required"] for parameter in entry["parameters"] if parameter["in"] == "path")
        for name in (name for way in entry["security"] for name in way):
            assert name in schema["components"]["securitySchemes"], path
        if "requestBody" in entry:
            kind = "multipart/form-data" if path.endswith("/video") else "application/json"
            assert list(entry["requestBody"]["content"]) == [kind], path
            assert method != "get", path


def test_every_shape_has_a_name_of_its_own() -> None:
    """Two shapes of one name would silently become one in the description, and be answered by the other."""
    homes: dict[str, set[str]] = {}
    waiting = [*Out.__subclasses__(), *In.__subclasses__()]
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        if "[" not in shape.__name__ and ".tests." not in shape.__module__:
            homes.setdefault(shape.__name__, set()).add(shape.__module__)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


def test_every_tag_is_used_and_described(schema: dict[str, Any]) -> None:
    used = {tag for _path, _method, entry in _entries(schema) for tag in entry["tags"]}
    assert used == {tag["name"] for tag in schema["tags"]}
    assert all(tag["description"] for tag in schema["tags"])


def test_amounts_are_integers_wherever_they_stand(schema: dict[str, Any]) -> None:
    found = 0
    for name, shape in schema["components"]["schemas"].items():
        for field, kind in shape.get("properties", {}).items():
            if AMOUNT.search(field):
                found += 1
                kinds = [kind.get("items", kind), *kind.get("anyOf", [])]
                types = {one["type"] for one in kinds if "type" in one}
                assert types <= {"integer", "null"}, (name, field)
                assert "integer" in types, (name, field)
    for path, _method, entry in _entries(schema):
        for parameter in entry["parameters"]:
            if AMOUNT.search(parameter["name"]):
                assert "number" not in str(parameter["schema"]), path
    assert found > 60


def test_what_is_sent_refuses_unknown_fields(schema: dict[str, Any]) -> None:
    shapes = schema["components"]["schemas"]
    sent = {name for name in shapes if name.endswith("In")}
    assert len(sent) > 40
    assert all(shapes[name]["additionalProperties"] is False for name in sent)


def test_lists_have_one_shape(schema: dict[str, Any]) -> None:
    pages = [shape for name, shape in schema["components"]["schemas"].items() if name.startswith("Paged")]
    assert len(pages) > 30
    assert all(set(page["properties"]) == {"items", "page", "has_next"} for page in pages)
    lists = [entry for _path, method, entry in _entries(schema) if method == "get" and entry["operationId"].startswith("list_")]
    assert all("Paged" in str(entry["responses"]["200"]) for entry in lists)


def test_keys_are_asked_for_where_they_are_needed(schema: dict[str, Any]) -> None:
    keyed = {
        entry["operationId"]
        for _path, _method, entry in _entries(schema)
        if any(parameter["name"] == "Idempotency-Key" for parameter in entry["parameters"])
    }
    assert keyed == {
        "place_order",
        "cancel_order",
        "request_after_sale",
        "request_withdrawal",
        "approve_claim",
        "reject_claim",
        "receive_back",
        "review_withdrawal",
        "approve_withdrawal",
        "reject_withdrawal",
        "retry_refund",
        "count_stock",
        "release_reward",
        "refuse_reward",
    }


def test_the_reference_shows_every_operation_without_scripts() -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script" not in page
    assert "style=" not in page
    assert "https://" not in page.replace("https://erp.example", "")
    for each in operations(api):
        assert f'id="{each.id}"' in page
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {anchor for anchor in anchors if not anchor.startswith("shape-")} <= set(ids)
