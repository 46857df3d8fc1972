"""A publisher's server on this machine, over TLS with a certificate of its own, that misbehaves as told."""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

Answer = tuple[int, dict[str, str], bytes]


class Publisher:
    """What the server answers by path, and what it was asked. `slow` paths send a byte at a time, `silent` nothing."""

    def __init__(self, port: int, ca_file: Path) -> None:
        self.port = port
        self.ca_file = str(ca_file)
        self.files: dict[str, list[Answer]] = {}
        self.slow: set[str] = set()
        self.silent: set[str] = set()
        self.cut: set[str] = set()
        self.trickling_heads: set[str] = set()
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stop = threading.Event()

    def at(self, path: str) -> str:
        return f"https://localhost:{self.port}{path}"

    def put(self, path: str, *answers: Answer | bytes) -> str:
        """Answer these in turn; the last one again and again."""
        self.files[path] = [(200, {}, one) if isinstance(one, bytes) else one for one in answers]
        return self.at(path)


def packed(data: bytes) -> Answer:
    return 200, {"Content-Encoding": "gzip"}, gzip.compress(data)


@contextmanager
def serving(folder: Path) -> Iterator[Publisher]:
    """Serve until the end of the block."""
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    publisher = Publisher(server.server_address[1], ca_file)
    server.publisher = publisher  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.stop.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        told: Publisher = self.server.publisher  # type: ignore[attr-defined]
        path = self.path.partition("?")[0]
        told.asked.append((self.path, dict(self.headers)))
        if path in told.silent:
            told.stop.wait(20)
            return
        if path in told.trickling_heads:
            self._trickle(told, b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 10_000)
            return
        answers = told.files.get(path) or [(404, {}, b"no such file")]
        status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
        if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        with suppress(OSError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if path in told.slow:
                self._trickle(told, body)
            else:
                self.wfile.write(body)
            if path in told.cut or headers.get("Content-Length", str(len(body))) != str(len(body)):
                self.close_connection = True

    def _trickle(self, told: Publisher, body: bytes) -> None:
        with suppress(OSError):
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                self.wfile.flush()
                if told.stop.wait(0.05):
                    return

    def log_message(self, *_: object) -> None:
        """Say nothing on standard error."""
