"""Mail servers to try things on: one that plays a part line by line, and a real sink."""

import socket
import socketserver
import threading
from collections import Counter
from contextlib import contextmanager

from aiosmtpd.controller import Controller

CLOSE = "close"  # hang up without a word
SILENCE = "silence"  # keep the line, and say nothing
USUAL = {
    "GREETING": "220 mail.example.org ready",
    "EHLO": "250-mail.example.org\r\n250 8BITMIME",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "BODY": "",
    "DOT": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


class Part(socketserver.StreamRequestHandler):
    """One conversation, as `server.script` has it. What was taken is in `server.taken`."""

    def handle(self):
        self.server.calls += 1
        if not self.answer("GREETING"):
            return
        while line := self.rfile.readline():
            verb = line.split()[0].decode().upper()
            self.server.said.append(line.decode().strip())
            if not self.answer(verb):
                return
            if verb == "DATA" and self.reply(verb).startswith("354") and not self.body():
                return

    def reply(self, verb):
        said = self.server.script.get(verb, USUAL.get(verb, "502 what?"))
        return said(self.server) if callable(said) else said

    def answer(self, verb):
        reply = self.reply(verb)
        if reply == SILENCE:
            self.server.over.wait(20)
        if reply in {CLOSE, SILENCE}:
            return False
        if reply:
            self.wfile.write(reply.encode() + b"\r\n")
        return verb != "QUIT"

    def body(self):
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
            if len(lines) == 1 and self.reply("BODY") == CLOSE:
                # All of it unread and the line reset: nobody can think that it was taken.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return False
        self.server.taken.append(b"".join(lines))
        return self.answer("DOT")


class Playing(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, script):
        super().__init__(("127.0.0.1", 0), Part)
        self.script, self.taken, self.said, self.calls = script, [], [], 0
        self.over = threading.Event()

    @property
    def port(self):
        return self.server_address[1]


@contextmanager
def playing(**script):
    with Playing(script) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


class Sink:
    """Takes everything, and counts how often each mail came."""

    def __init__(self):
        self.came = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        name = next(line for line in head.splitlines() if line.startswith("Message-ID:"))
        self.came[name.removeprefix("Message-ID:").strip(), envelope.rcpt_tos[0]] += 1
        return "250 taken"


@contextmanager
def sink(**given):
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, **given)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()
