"""A real SMTP server and a gateway of text messages, both in this process."""

import asyncio
import dataclasses
import email
import email.policy
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP

from portal.kit.mail import SmtpMailer


class Postbox:
    """`answers` is what it says to a message, one after the other, and then takes all."""

    def __init__(self):
        self.messages = []
        self.answers = []
        self.refuses = None
        self.port = 0

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        if self.answers:
            return self.answers.pop(0)
        raw = envelope.content
        self.messages.append(email.message_from_bytes(raw, policy=email.policy.default))
        return "250 OK"


@asynccontextmanager
async def postbox():
    box = Postbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()


class Telephones:
    """An `SmsSender` that keeps what it is given; `raises` is what it says to the next ones."""

    def __init__(self):
        self.messages = []
        self.raises = []

    async def send(self, sms):
        if self.raises:
            raise self.raises.pop(0)
        self.messages.append(sms)


def with_post(parts, box, telephones=None):
    """The same parts with this post office."""
    changes = {"mailer": SmtpMailer(box.url)} | ({"sms": telephones} if telephones else {})
    return dataclasses.replace(parts, **changes)
