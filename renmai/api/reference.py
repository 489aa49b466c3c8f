"""The reference for people: one plain page made from the description, without scripts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from renmai.api.api import TAGS, api
from renmai.api.openapi import Described, operations, who

REFERENCE = "#/components/schemas/"


@dataclass(frozen=True)
class Shown:
    """One operation on the page: ``takes`` and ``answers`` name shapes further down."""

    operation: Described
    path: str
    who: str
    parameters: tuple[dict[str, Any], ...]
    takes: str
    answers: str


@dataclass(frozen=True)
class Shape:
    """One shape: its fields with their types in words."""

    name: str
    says: str
    fields: tuple[tuple[str, str, str], ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every operation and every shape."""
    schema = api.get_openapi_schema()
    shown = [_shown(each, schema) for each in operations(api)]
    groups = [(name, says, [each for each in shown if name in each.operation.tags]) for name, says in TAGS]
    shapes = [_shape(name, shape) for name, shape in sorted(schema["components"]["schemas"].items())]
    paragraphs = [" ".join(part.replace("`", "").split()) for part in schema["info"]["description"].split("\n\n")]
    context = {
        "groups": groups,
        "shapes": shapes,
        "schema_url": reverse("api-v1:openapi-json"),
        "paragraphs": paragraphs,
    }
    return render(request, "api/reference.html", context)


def _shown(each: Described, schema: dict[str, Any]) -> Shown:
    prefix = reverse("api-v1:api-root").rstrip("/")
    entry = schema["paths"][prefix + each.path][each.method.lower()]
    body = entry.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good = next(answer for status, answer in entry["responses"].items() if status.startswith("2"))
    answer = good.get("content", {}).get("application/json", {}).get("schema", {})
    parameters = tuple({**each_one, "type": _type(each_one["schema"])} for each_one in entry["parameters"])
    return Shown(each, prefix + each.path, who(each.door), parameters, _type(body), _type(answer))


def _shape(name: str, shape: dict[str, Any]) -> Shape:
    fields = tuple((field, _type(kind), kind.get("description", "")) for field, kind in shape.get("properties", {}).items())
    return Shape(name, shape.get("description", ""), fields)


def _type(kind: dict[str, Any]) -> str:
    """Return a type in words: ``integer``, ``list of CardOut``, ``string or null``."""
    if "$ref" in kind:
        return str(kind["$ref"]).removeprefix(REFERENCE)
    for several in ("anyOf", "allOf", "oneOf"):
        if several in kind:
            return " or ".join(_type(one) for one in kind[several])
    if "enum" in kind:
        return " | ".join(str(value) for value in kind["enum"])
    if kind.get("type") == "array":
        return f"list of {_type(kind.get('items', {}))}"
    return str(kind.get("format") or kind.get("const") or kind.get("type", ""))
