"""Mail servers to try things on: one that plays a part line by line, and a real sink."""

import asyncio
import logging
import socket
import socketserver
import ssl
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from queue import Queue

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CLOSE = "close"  # hang up without a word
SILENCE = "silence"  # keep the line, and say nothing
LONG = 60  # seconds: longer than it takes to kill somebody, on the slowest machine
logging.getLogger("mail.log").setLevel("WARNING")  # aiosmtpd's, which tells every line
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
        with suppress(ConnectionError):
            self.converse()

    def converse(self):
        if not self.answer("GREETING"):
            return
        while line := self.rfile.readline():
            said = line.decode("ascii", "replace").strip()
            verb = said.partition(" ")[0].upper()
            self.server.said.append(said)
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
    """Takes everything, and counts how often each mail came.

    At the numbers in `traps` it tells who is talking, in `caught`, and waits: "before" it takes the
    mail, "after" it has taken it and before it says so. With "whenever" it tells and doesn't wait.
    """

    def __init__(self, traps, pause):
        self.pause = pause
        self.came, self.number, self.traps, self.caught = Counter(), 0, traps, Queue()
        self.trapped = {"before": set(), "after": set(), "whenever": set()}

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        line = next(line for line in head.splitlines() if line.startswith("Message-ID:"))
        name = line.removeprefix("Message-ID:").strip()
        self.number += 1
        number = self.number  # another worker's mail may come while this one waits
        await asyncio.sleep(self.pause)
        trap = self.traps.get(number)
        if trap:
            self.trapped[trap].add(name)
            self.caught.put(session.host_name)
        if trap == "before":
            await asyncio.sleep(LONG)
            return "451 too late"
        self.came[name, envelope.rcpt_tos[0]] += 1
        if trap == "after":
            await asyncio.sleep(LONG)
        return "250 taken"


@contextmanager
def sink(traps=None, pause=0, **given):
    handler = Sink(traps or {}, pause)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, **given)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def certificate(folder, name="localhost"):
    """A certificate that vouches for itself: its file, and a context to serve with."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


class MailboxPart(socketserver.StreamRequestHandler):
    """As much of IMAP as is needed to look for mails, read them and mark them as read."""

    def handle(self):
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, verb, *rest = line.decode().strip().split(" ", 2)
            self.server.said.append(line.decode().strip().partition(" ")[2])
            answers = getattr(self, verb.lower(), self.nothing)(*rest)
            refused = verb == "LOGIN" and self.server.password not in rest[0]
            for answer in answers or []:
                self.wfile.write(answer + b"\r\n")
            self.wfile.write(f"{tag} {'NO' if refused else 'OK'} done\r\n".encode())
            if verb == "LOGOUT":
                return

    def nothing(self, *_asked):
        return []

    def capability(self):
        return [b"* CAPABILITY IMAP4rev1"]

    def select(self, _box):
        return [f"* {len(self.server.mails)} EXISTS".encode()]

    def search(self, _asked):
        unread = [str(it).encode() for it in self.server.mails if it not in self.server.read]
        return [b" ".join([b"* SEARCH", *unread])]

    def fetch(self, asked):
        number = int(asked.split()[0])
        content = self.server.mails[number]
        return [f"* {number} FETCH (BODY[] {{{len(content)}}}".encode(), content + b")"]

    def store(self, asked):
        self.server.read.add(int(asked.split()[0]))

    def logout(self):
        return [b"* BYE"]


@contextmanager
def mailbox(context, mails, password):
    """A mailbox over TLS with the mails, by number."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

        def get_request(self):
            connection, address = super().get_request()
            return context.wrap_socket(connection, server_side=True), address

    with Server(("127.0.0.1", 0), MailboxPart) as server:
        server.mails, server.password, server.said, server.read = mails, password, [], set()
        server.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
