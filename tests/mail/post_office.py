"""Mail servers for tests: real sockets that speak just enough SMTP, or nothing at all."""

import socket
import socketserver
import threading
from contextlib import contextmanager


@contextmanager
def hanging():
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def closed():
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    yield port


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        office = self.server.office
        office.connections += 1
        self.say("220 ready")
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line.upper()
            if verb.startswith(("EHLO", "HELO")):
                self.say("250 hello")
            elif verb.startswith("RCPT") and (answer := office.answers_to(line)):
                self.say(answer)
            elif verb == "DATA":
                self.say("354 go on")
                office.take(self.body())
                if office.breaks_after_data:
                    return
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def body(self):
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw)
        return b"".join(lines)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class PostOffice:
    """`refused` maps a recipient to the server's answer."""

    def __init__(self):
        self.letters, self.connections, self.refused = [], 0, {}
        self.breaks_after_data = False

    def take(self, letter):
        self.letters.append(letter)

    def answers_to(self, line):
        return next((answer for name, answer in self.refused.items() if name in line), "")


@contextmanager
def working():
    """A post office and its port."""
    office = PostOffice()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.office, server.daemon_threads = office, True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield office, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
