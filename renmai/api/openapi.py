"""The description of the API for programs (OpenAPI 3.1), made from the operations themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from renmai.api.answers import Problem
from renmai.api.callers import Anyone, Person, Staff
from renmai.api.keys import HEADER

NEEDS_KEY = "Needs an Idempotency-Key"
SECURITY = {
    "Key": {"type": "http", "scheme": "bearer", "description": "A key (`rm_…`) from a sign-in, or from the list of keys."},
    "Visitor": {"type": "apiKey", "in": "header", "name": "X-Visitor", "description": "A guest's signed visitor id."},
    "Session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Our own pages, with `X-CSRFToken` where something changes.",
    },
}
KEY_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 64},
    "description": "Chosen by you, new for each intention. The same key with the same request acts once and answers the same.",
    "example": "0f4c2c1e-7a53-4a5e-9d1c-2f8f5f0b7a11",
}
PROBLEM = {"description": "A refusal.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


@dataclass(frozen=True)
class Described:
    """One operation: where it is, which door stands before it, and what it says of itself."""

    id: str
    method: str
    path: str
    door: Anyone
    summary: str
    says: str
    tags: tuple[str, ...]

    @property
    def needs_key(self) -> bool:
        """Whether it takes an idempotency key."""
        return NEEDS_KEY in self.says


def operations(api: NinjaAPI) -> Iterator[Described]:
    """Yield every operation of ``api``."""
    for bound in api._get_bound_routers():  # noqa: SLF001  Ninja has no other list of them
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    # A router whose first operation has no path of its own stands at its prefix, without a slash behind it.
                    yield _described(operation, method, f"{bound.prefix.rstrip('/')}/{path.lstrip('/')}".rstrip("/"))


def describe(api: NinjaAPI, schema: OpenAPISchema) -> None:
    """Complete what Ninja says: summaries, who may call, keys, refusals."""
    prefix = next(iter(schema["paths"])).split("/v1/")[0] + "/v1"
    for each in operations(api):
        entry: dict[str, Any] = schema["paths"][prefix + each.path][each.method.lower()]
        entry["summary"], entry["description"] = each.summary, f"{each.says}\n\n{who(each.door)}"
        entry["security"] = security(each.door)
        entry["responses"] = {str(status): answer for status, answer in entry["responses"].items()} | {"4XX": PROBLEM}
        if each.needs_key:
            entry["parameters"] = [*entry["parameters"], KEY_PARAMETER]
    schema["components"]["schemas"]["Problem"] = Problem.json_schema()
    schema["components"]["securitySchemes"] = SECURITY


def security(door: Anyone) -> list[dict[str, list[str]]]:
    """Return which of ``SECURITY`` open a door, each alone."""
    signed_in: list[dict[str, list[str]]] = [{"Key": []}, {"Session": []}]
    return signed_in if isinstance(door, Person) else [{}, {"Visitor": []}, *signed_in]


def who(door: Anyone) -> str:
    """Return who may call, in words."""
    if isinstance(door, Staff):
        return "For staff with " + " or ".join(f"`{permission.value}`" for permission in door.permissions) + "."
    return {
        "anyone": "For everybody, guests too.",
        "person": "For whoever is signed in; other people's things do not exist.",
        "seller": "For active agents with a shop.",
        "earner": "For whoever is or was an agent.",
    }[door.name]


def _described(operation: Operation, method: str, path: str) -> Described:
    says = " ".join((operation.view_func.__doc__ or "").split())
    door = operation.auth_callbacks[0]
    if not isinstance(door, Anyone):
        raise TypeError(f"{path} has no door")
    return Described(
        id=operation.view_func.__name__,
        method=method,
        path=path,
        door=door,
        summary=says.partition(". ")[0].rstrip("."),
        says=says,
        tags=tuple(operation.tags or ()),
    )
