import asyncio
import email

import pytest
from aiosmtpd.smtp import SMTP

from portal.kit.mail import FolderMailer, MailDelayed, MailRefused, SmtpMailer, compose


class Postbox:
    """A real SMTP server; `refuses` says what it answers to a recipient."""

    def __init__(self):
        self.messages = []
        self.refuses = None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        self.messages.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
async def postbox():
    box = Postbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()


def a_message():
    return compose(
        sender="Werkstatt <werkstatt@example.de>",
        to="kunde@example.de",
        subject="Ihr Öltermin – Prüfung",
        text="Grüß Gott,\n\nIhr Fahrzeug ist fertig: 1.234,56 €.\n",
        key="message-1",
    )


async def test_a_message_arrives_over_smtp_with_its_umlauts(postbox):
    await SmtpMailer(f"smtp://127.0.0.1:{postbox.port}").send(a_message())
    (arrived,) = postbox.messages
    assert email.header.make_header(email.header.decode_header(arrived["Subject"])) == (
        "Ihr Öltermin – Prüfung"
    )
    assert "1.234,56 €" in arrived.get_payload(decode=True).decode()
    assert arrived["Message-ID"] == "<message-1@carbot>"


async def test_a_refused_recipient_is_final(postbox):
    postbox.refuses = "550 unknown"
    with pytest.raises(MailRefused):
        await SmtpMailer(f"smtp://127.0.0.1:{postbox.port}").send(a_message())


async def test_a_server_that_is_away_is_worth_another_try():
    with pytest.raises(MailDelayed):
        await SmtpMailer("smtp://127.0.0.1:9").send(a_message())


async def test_without_a_server_mail_is_written_to_a_folder(tmp_path):
    await FolderMailer(tmp_path / "mail").send(a_message())
    (file,) = (tmp_path / "mail").glob("*.eml")
    assert b"kunde@example.de" in file.read_bytes()


async def test_a_header_cannot_be_smuggled_into_a_subject():
    with pytest.raises(ValueError, match="linefeed"):
        compose(sender="a@b.de", to="c@d.de", subject="Hallo\nBcc: alle@e.de", text="", key="k")
