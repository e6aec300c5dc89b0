"""A small provider of OpenID Connect on this machine, which says of a person what it is told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode

import jwt

CLIENT = "tillit"
SECRET = "hemlig-nyckel-som-ar-lang-nog-for-hs256"


class Provider(ThreadingHTTPServer):
    """`claims` is what it says; `asked` what it was asked with; `broken` how it fails."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.broken = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answers(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/token":
            claims = {"iss": self.url, "aud": CLIENT, "exp": 4_000_000_000, "iat": 1, **self.claims}
            token = jwt.encode(claims, SECRET, "HS256")
            return {"access_token": "x", "token_type": "Bearer", "id_token": token}
        return self.claims


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append({name: values[0] for name, values in parse_qs(body).items()})
        self.answer()

    def answer(self) -> None:
        path, _mark, query = self.path.partition("?")
        if path == "/authorize":
            self.lead_back(parse_qs(query))
            return
        broken = self.server.broken and path.endswith(self.server.broken)
        content = b"<p>oj" if broken else json.dumps(self.server.answers(path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def lead_back(self, asked: dict[str, list[str]]) -> None:
        """As when somebody has signed in there."""
        [back], [state] = asked["redirect_uri"], asked["state"]
        self.send_response(302)
        self.send_header("Location", f"{back}?{urlencode({'code': 'c', 'state': state})}")
        self.end_headers()

    def log_message(self, *_said: Any) -> None:
        """Nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    with Provider() as it:
        Thread(target=it.serve_forever, daemon=True).start()
        yield it
        it.shutdown()
