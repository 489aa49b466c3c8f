"""Finds comparisons of secrets in our own code that take longer the more of the secret is right."""

import ast
import re

SECRET_NAMES = re.compile(
    r"(^|_)(signature|hmac|mac|digest|hexdigest|hash|token|secret|password|otp|totp|nonce|csrf|pickup_code|typed|state|print)_?$"
)


def compares_a_secret(node: ast.Compare) -> bool:
    """Return whether ``==``, ``!=`` or ``in`` looks at something whose name says that nobody may guess it."""
    sides = [node.left, *node.comparators]
    by_value = any(isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for operator in node.ops)
    if not by_value or any(isinstance(side, ast.Constant) for side in sides):
        return False
    return any(SECRET_NAMES.search(_name(side)) for side in sides)


def _name(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Call(func=function):
            return _name(function)
        case _:
            return ""
