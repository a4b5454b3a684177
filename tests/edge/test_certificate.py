"""A renewed certificate is shown to new readers, and nobody who reads meanwhile loses an answer."""

import http.client
import ssl
import subprocess
import threading
import time

import pytest

import makers
from scaffold.edges import eventually, fetched
from scaffold.societies import serving


def certificate(folder, name):
    """As certbot does: each certificate in files of its own, and links that lead to the newest."""
    files = folder / f"{name}.pem", folder / f"{name}.key"
    subject = ["-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject]
    subprocess.run([*made, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    for link, file in zip(("live.pem", "live.key"), files, strict=True):
        (folder / link).unlink(missing_ok=True)
        (folder / link).symlink_to(file)


def shown(port):
    """The certificate there; asked once more where the door closed in that very moment."""
    try:
        return ssl.get_server_certificate(("127.0.0.1", port), timeout=10)
    except OSError:
        return ssl.get_server_certificate(("127.0.0.1", port), timeout=10)


@pytest.fixture
def https(database_url, tmp_path):
    makers.home()
    certificate(tmp_path, "first")
    words = ["--certificate", str(tmp_path / "live.pem"), "--key", str(tmp_path / "live.key")]
    with serving(database_url, tmp_path / "var", *words) as served:
        yield served


class Reader(threading.Thread):
    """Reads page after page, each over a connection of its own, until told to stop.

    As browsers do, it asks once more where a connection was closed before an answer began.
    """

    def __init__(self, port):
        super().__init__()
        self.port, self.trust = port, ssl._create_unverified_context()
        self.read, self.again, self.lost, self.stop = 0, [], [], threading.Event()

    def run(self):
        while not self.stop.is_set():
            try:
                self.ask()
            except (OSError, http.client.RemoteDisconnected) as fault:
                self.again.append(fault)
                try:
                    self.ask()
                except (OSError, http.client.HTTPException) as fault:
                    self.lost.append(fault)

    def ask(self):
        line = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=self.trust)
        try:
            line.request("GET", "/en/")
            answer = line.getresponse()
            assert answer.status == 200
            assert answer.read().endswith(b"</html>\n")
        finally:
            line.close()
        self.read += 1


def test_a_renewed_certificate_is_shown_and_no_answer_is_lost(https, tmp_path):
    before = shown(https.port)
    readers = [Reader(https.port) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        certificate(tmp_path, "second")
        assert https.command("restart", "--certificate").returncode == 0
        # Two edges answer for a few seconds; then the older one is gone.
        eventually(lambda: all(shown(https.port) != before for _ in range(20)), within=40)
        time.sleep(4)
        assert all(shown(https.port) != before for _ in range(20))
    finally:
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join()
    assert [reader.lost for reader in readers] == [[], [], []]
    assert sum(len(reader.again) for reader in readers) <= 3
    assert min(reader.read for reader in readers) > 10
    assert fetched(https.metrics_port, "/metrics").status == 200


def test_files_that_do_not_fit_leave_the_old_certificate(https, tmp_path):
    before = shown(https.port)
    (tmp_path / "live.key").unlink()
    (tmp_path / "live.key").write_text("no key at all")
    refused = https.command("restart", "--certificate")
    assert refused.returncode == 1
    assert "The old certificate is kept" in refused.stderr
    assert shown(https.port) == before
