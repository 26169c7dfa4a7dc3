"""Runs `pingyi remind` against aiosmtpd and looks at what arrived. See smtp-test.sh."""

import os
import socket
import ssl
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

PINGYI, FOLDER = sys.argv[1], Path(sys.argv[2])
PASSWORD = "Post-2015-geheim"


class Box:
    """Keeps what comes in."""

    def __init__(self):
        self.letters = []
        self.secured = []

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        self.secured.append(session.ssl is not None)
        return "250 OK"


def login(server, session, envelope, mechanism, data):
    good = data.login == b"pingyi" and data.password == PASSWORD.encode()
    return AuthResult(success=good)


class Plain(Controller):
    def factory(self):
        return SMTP(self.handler, authenticator=login, auth_required=True, auth_require_tls=False)


class Secure(Controller):
    context = None

    def factory(self):
        return SMTP(self.handler, tls_context=self.context, require_starttls=True)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def remind(*more, password=None, certificates=None):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PINGYI_", "SSL_"))}
    env["PINGYI_LOG"] = "trace"
    if password:
        env["PINGYI_SMTP_PASSWORD"] = password
    if certificates:
        env["SSL_CERT_FILE"] = str(certificates)
    command = [PINGYI, "remind", "--data", str(FOLDER / "data"), "--address", "http://10.1.2.3:8015"]
    done = subprocess.run(command + list(more), env=env, capture_output=True, text=True, timeout=60)
    said = done.stdout + done.stderr
    assert PASSWORD not in said, "the password was told"
    return done.returncode, said


def check(good, what):
    if not good:
        sys.exit(f"smtp: {what}")


def to(port, *more):
    return ("--smtp", f"127.0.0.1:{port}", "--smtp-from", "pingyi@example.gov.cn") + more


def plain(box):
    port = free_port()
    server = Plain(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        arguments = to(port, "--smtp-tls", "none", "--smtp-user", "pingyi")
        code, said = remind(*arguments, password="wrong")
        check(code == 1 and not box.letters, f"a wrong password sent something: {said}")
        code, said = remind("--dry-run")
        check(code == 0 and "@example.gov.cn" in said and not box.letters, f"dry run: {said}")
        expected = said.count("@example.gov.cn")
        check(expected >= 2, f"nobody to remind: {said}")
        code, said = remind(*arguments, password=PASSWORD)
        check(code == 0 and len(box.letters) == expected, f"{len(box.letters)} of {expected}: {said}")
        code, said = remind(*arguments, password=PASSWORD)
        check(code == 0 and len(box.letters) == expected, f"sent twice on one day: {said}")
    finally:
        server.stop()
    recipients = [one for tos, _ in box.letters for one in tos]
    check(len(set(recipients)) == expected, "somebody got two letters")
    for tos, letter in box.letters:
        text = letter.get_content()
        check(len(tos) == 1 and letter["To"].addresses[0].addr_spec == tos[0], "To and recipient differ")
        check(letter["From"].addresses[0].addr_spec == "pingyi@example.gov.cn", "another sender")
        check("待办" in letter["Subject"] and "http://10.1.2.3:8015" in text, "not our letter")
        check("1．" in text, "no task in the letter")
    return expected


def secure(box):
    key, certificate = FOLDER / "key.pem", FOLDER / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    Secure.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    Secure.context.load_cert_chain(certificate, key)
    subprocess.run(["sqlite3", FOLDER / "data" / "pingyi.db", "UPDATE account_email SET reminded_on = NULL"], check=True)
    port = free_port()
    server = Secure(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        arguments = ("--smtp", f"localhost:{port}", "--smtp-from", "pingyi@example.gov.cn")
        code, said = remind(*arguments)
        check(code == 1 and not box.letters, f"an unknown certificate was trusted: {said}")
        code, said = remind(*arguments, certificates=certificate)
        check(code == 0 and box.letters and all(box.secured), f"no letter over STARTTLS: {said}")
    finally:
        server.stop()
    return port


def main():
    sent = plain(Box())
    port = secure(Box())
    subprocess.run(["sqlite3", FOLDER / "data" / "pingyi.db", "UPDATE account_email SET reminded_on = NULL"], check=True)
    code, said = remind(*to(port, "--smtp-tls", "none"))
    check(code == 1 and "连不上邮件服务器" in said, f"nobody there: {said}")
    code, said = remind("--dry-run")
    check("@example.gov.cn" in said, "a failed run must not count as sent")
    print(f"smtp: {sent} letters, with a password and over STARTTLS, once a day")


main()
