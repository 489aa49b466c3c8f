"""A browser of a few lines: HTTP/1.1 over one kept-alive socket, cookies, forms. The loader eats from the same cores as the shop.

``Browser`` asks over a connection; ``InProcess`` hands the same requests to the WSGI application of this process, so that a purchase
can be listened to.
"""

import io
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from renmai.project.problems import Problem

TIMEOUT_SECONDS = 60
HEAD_END = b"\r\n\r\n"
CHUNK = 65536
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=\r]+)=([^;\r]*)", re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"
AGENT = "Mozilla/5.0 (bench)"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes


class Transport(Protocol):
    """Something that takes a request and gives the head and the body of its answer."""

    def send(self, head: str, body: bytes) -> tuple[bytes, bytes]:
        """Send one request and wait for its answer."""

    def close(self) -> None:
        """End."""


class Connection:
    """One socket, opened with the first request and kept."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, head: str, body: bytes) -> tuple[bytes, bytes]:
        """Send one request and read its answer. Raises ``Problem`` when the shop hangs up or does not say how long the answer is."""
        self._socket.sendall(head.encode() + HEAD_END + body)
        received = b""
        while (end := received.find(HEAD_END)) < 0:
            received += self._read()
        top, rest = received[:end], [received[end + len(HEAD_END) :]]
        length = LENGTH.search(top)
        if length is None:
            raise Problem("the shop does not say how long its answer is.")
        missing = int(length.group(1)) - len(rest[0])
        while missing > 0:
            rest.append(self._read())
            missing -= len(rest[-1])
        return top, b"".join(rest)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read(self) -> bytes:
        found = self._socket.recv(CHUNK)
        if not found:
            raise Problem("the shop hung up.")
        return found


class InProcess:
    """The WSGI application of this process, without a socket."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def send(self, head: str, body: bytes) -> tuple[bytes, bytes]:
        """Call the application with one request."""
        first, *lines = head.split("\r\n")
        method, target, _version = first.split(" ")
        path, _mark, query = target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        for line in lines:
            name, _colon, value = line.partition(":")
            key = name.upper().replace("-", "_")
            environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value.strip()
        heads: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            heads.extend([f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)])

        answer = self._application(environ, start)
        content = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        return "\r\n".join(heads).encode(), content

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class Browser:
    """Somebody who looks at pages and sends forms; keeps cookies. ``headers`` go with every request."""

    transport: Transport
    host: str = "localhost"
    cookies: dict[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, page: str, *, expect: int = 200) -> Answer:
        """Ask for a page."""
        return self._ask("GET", page, b"", "", {}, expect)

    def post(
        self, page: str, fields: Mapping[str, object], *, headers: Mapping[str, str] | None = None, expect: int = 302
    ) -> Answer:
        """Send a form."""
        return self._ask("POST", page, urlencode(fields).encode(), FORM, headers or {}, expect)

    def post_json(self, page: str, body: bytes, *, headers: Mapping[str, str] | None = None, expect: int = 201) -> Answer:
        """Send a body of JSON."""
        return self._ask("POST", page, body, "application/json", headers or {}, expect)

    def _ask(self, method: str, page: str, body: bytes, content_type: str, headers: Mapping[str, str], expect: int) -> Answer:
        lines = [f"{method} {page} HTTP/1.1", f"Host: {self.host}", f"User-Agent: {AGENT}", "Accept-Language: zh-CN"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (*self.headers.items(), *headers.items())]
        head, content = self.transport.send("\r\n".join(lines), body)
        status = int(head[9:12])
        if status != expect:
            raise Problem(f"{method} {page.partition('?')[0]} answered {status}: {content[:300].decode(errors='replace')}")
        for name, value in COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        location = LOCATION.search(head)
        return Answer(status, location.group(1).decode() if location else "", content)
