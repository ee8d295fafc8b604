"""Letters to a real mail server on this computer: encrypted, refused, broken off, resumed."""

import re
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.collection.letters import Letter
from app.collection.mail import Pace, make_message, send_all
from app.collection.smtp import MailServer
from app.collection.texts import languages_of
from app.commands.faults import UserError
from survey import Text

FAST = Pace(pause=0.0, per_connection=50)
LETTER = Letter(
    title=Text(en="Survey", ru="Опрос"),
    purpose=Text(en="Purpose", ru="Цель"),
    contact=Text(en="desk@example.org", ru="desk@example.org"),
    mode="anonymous",
    closes_on=None,
)


def certificate(folder, name):
    """Self-signed certificate for 127.0.0.1, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


class Handler:
    """Keeps letters, and treats some addresses as a server may."""

    def __init__(self):
        self.letters, self.connections = [], 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("unknown"):
            return "550 5.1.1 no such\x1b[31m user"
        if address.startswith("later"):
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if envelope.rcpt_tos[0].startswith("broken"):
            server.transport.close()
            return "421 closing"
        self.letters.append(
            (envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default))
        )
        return "250 OK"

    @property
    def receivers(self):
        return [address for addresses, _ in self.letters for address in addresses]


class Served(Controller):
    """A server that takes letters only over TLS and after a login."""

    def __init__(self, handler, context, *, at_once=False, **given):
        self.context, self.given = context, given
        super().__init__(
            handler,
            hostname="127.0.0.1",
            port=free_port(),
            ssl_context=context if at_once else None,
        )

    def factory(self):
        return SMTP(self.handler, hostname="127.0.0.1", **self.given)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def login(server, session, envelope, mechanism, data):
    right = data.login == b"desk" and data.password == b"word"
    return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    return {name: certificate(folder, name) for name in ("127.0.0.1", "127.0.0.2")}


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
def served(handler, certificates):
    """Start a server, by STARTTLS or with TLS from the start; stopped after the test."""
    started = []

    def start(*, at_once=False, name="127.0.0.1"):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificates[name])
        secure = {"authenticator": login}
        if at_once:
            # It cannot know that the connection it is given is encrypted.
            secure |= {"auth_require_tls": False}
        else:
            secure |= {"auth_required": True, "tls_context": context, "require_starttls": True}
        controller = Served(handler, context, at_once=at_once, **secure)
        controller.start()
        started.append(controller)
        return MailServer(
            "127.0.0.1",
            controller.port,
            "tls" if at_once else "starttls",
            "desk@example.org",
            "desk",
            "word",
            certificates[name],
        )

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture
def letters(link_rows):
    def make(*addresses):
        rows = link_rows(len(addresses))
        return [
            (
                row.number,
                make_message(
                    LETTER, replace(row, email=address), "desk@example.org", languages_of("en")
                ),
            )
            for row, address in zip(rows, addresses, strict=True)
        ]

    return make


@pytest.mark.parametrize("at_once", [False, True])
def test_letters_arrive_over_tls_one_to_each_person(served, handler, letters, at_once):
    sent = []
    server = served(at_once=at_once)
    failures = send_all(
        letters("a@example.org", "b@example.org"), server, sent=sent.append, pace=FAST
    )
    assert failures == ()
    assert sent == [1, 2]
    assert handler.receivers == ["a@example.org", "b@example.org"]
    assert all(made["To"] == to[0] for to, made in handler.letters)
    assert "https://survey.example.org/i/" in handler.letters[0][1].get_content()


def test_a_server_with_a_certificate_nobody_vouches_for_gets_nothing(served, handler, letters):
    server = replace(served(), ca=None)
    with pytest.raises(UserError, match=r"certificate of 127\.0\.0\.1 is not trusted"):
        send_all(letters("a@example.org"), server, sent=list, pace=FAST)
    assert handler.letters == []


def test_a_server_with_the_certificate_of_another_gets_nothing(served, handler, letters):
    with pytest.raises(UserError, match="is not trusted"):
        send_all(letters("a@example.org"), served(name="127.0.0.2"), sent=list, pace=FAST)
    assert handler.letters == []


def test_a_server_without_encryption_gets_no_password(handler, letters):
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        server = MailServer(
            "127.0.0.1", controller.port, "starttls", "desk@example.org", "desk", "word"
        )
        with pytest.raises(UserError, match="offers no encryption"):
            send_all(letters("a@example.org"), server, sent=list, pace=FAST)
    finally:
        controller.stop()
    assert handler.letters == []


def test_a_wrong_password_is_told_without_it(served, letters):
    with pytest.raises(UserError, match="refuses the user name or the password") as caught:
        send_all(
            letters("a@example.org"),
            replace(served(), password="wrong-word"),
            sent=list,
            pace=FAST,
        )
    assert "wrong-word" not in str(caught.value)


def test_a_server_that_is_not_there_is_told(letters):
    server = MailServer("127.0.0.1", free_port(), "none", "desk@example.org")
    with pytest.raises(UserError, match="cannot be used"):
        send_all(letters("a@example.org"), server, sent=list, pace=FAST)


def test_refused_letters_are_listed_and_stop_no_other(served, handler, letters):
    sent = []
    made = letters("a@example.org", "unknown@example.org", "later@example.org", "b@example.org")
    failures = send_all(made, served(), sent=sent.append, pace=FAST)
    assert sent == [1, 4]
    assert [failure.number for failure in failures] == [2, 3]
    told = [str(failure.reason) for failure in failures]
    assert told[0].startswith("the server refuses it: 550 5.1.1 no such")
    assert told[1] == "the server asks to try later: 451 4.7.1 greylisted"
    assert all(text.isprintable() for text in told)


def test_a_letter_on_which_the_connection_broke_is_not_sent_again(served, handler, letters):
    sent = []
    failures = send_all(
        letters("a@example.org", "broken@example.org", "b@example.org"),
        served(),
        sent=sent.append,
        pace=FAST,
    )
    assert sent == [1, 3]
    assert [failure.number for failure in failures] == [2]
    assert handler.receivers == ["a@example.org", "b@example.org"]


def test_a_server_that_breaks_off_again_and_again_is_given_up(served, letters):
    failures = send_all(
        letters(*[f"broken{k}@example.org" for k in range(6)]), served(), sent=list, pace=FAST
    )
    told = [str(failure.reason) for failure in failures]
    assert told[3:] == ["not tried"] * 3
    assert not any(text == "not tried" for text in told[:3])


def test_a_connection_carries_no_more_letters_than_its_limit(served, handler, letters):
    sent = []
    send_all(
        letters(*[f"p{k}@example.org" for k in range(5)]),
        served(),
        sent=sent.append,
        pace=Pace(pause=0.0, per_connection=2),
    )
    assert sent == [1, 2, 3, 4, 5]
    # Each connection says EHLO before and after the encryption begins.
    assert handler.connections == 2 * 3


def test_letters_keep_their_distance(served, letters, monkeypatch):
    waited = []
    monkeypatch.setattr("app.collection.mail.time.sleep", waited.append)
    send_all(
        letters("a@example.org", "b@example.org", "c@example.org"),
        served(),
        sent=lambda _: None,
        pace=Pace(pause=1.5, per_connection=50),
    )
    assert waited == [1.5, 1.5]


def test_stopped_in_between_it_goes_on_where_it_was(served, handler, letters):
    made = letters("a@example.org", "b@example.org", "c@example.org")
    sent = []

    def stop_after_two(number):
        sent.append(number)
        if len(sent) == 2:
            raise KeyboardInterrupt

    server = served()
    with pytest.raises(KeyboardInterrupt):
        send_all(made, server, sent=stop_after_two, pace=FAST)
    left = [(number, letter) for number, letter in made if number not in sent]
    send_all(left, server, sent=sent.append, pace=FAST)
    assert sorted(handler.receivers) == ["a@example.org", "b@example.org", "c@example.org"]


def test_a_server_lost_half_way_leaves_a_list_of_who_got_nothing(served, handler, letters):
    server = served()
    sent = []

    def then_another_password(number):
        sent.append(number)
        # Whoever connects next is refused.
        object.__setattr__(server, "password", "wrong")

    failures = send_all(
        letters("a@example.org", "b@example.org", "c@example.org"),
        server,
        sent=then_another_password,
        pace=Pace(pause=0.0, per_connection=1),
    )
    assert sent == [1]
    assert [failure.number for failure in failures] == [2, 3]
    assert "refuses the user name" in str(failures[0].reason)


def test_the_name_of_this_computer_is_not_told(served, handler, letters):
    seen = []
    handle = handler.handle_EHLO

    async def watch(server, session, envelope, hostname, responses):
        seen.append(hostname)
        return await handle(server, session, envelope, hostname, responses)

    handler.handle_EHLO = watch
    send_all(letters("a@example.org"), served(), sent=lambda _: None, pace=FAST)
    assert set(seen) == {"example.org"}
    # As a word of its own: by chance a link may hold the same letters.
    name = rf"(?<![a-z0-9]){re.escape(socket.gethostname())}(?![a-z0-9])"
    assert not re.search(name, handler.letters[0][1].as_string(), re.IGNORECASE)
