"""A wire between a program and the portal that can be cut and mended."""

import asyncio
from contextlib import asynccontextmanager, suppress


class Wire:
    """Forwards TCP. While it is cut, open connections are gone and new ones are closed at once."""

    def __init__(self, port):
        self._to, self.is_cut = port, False
        self._writers = set()
        self.address = ""

    def cut(self):
        self.is_cut = True
        for writer in list(self._writers):
            writer.transport.abort()

    def mend(self):
        self.is_cut = False

    async def _carry(self, reader, writer):
        if self.is_cut:
            writer.transport.abort()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers |= {writer, there_writer}
        await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer))
        self._writers -= {writer, there_writer}


async def _copy(reader, writer):
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@asynccontextmanager
async def a_wire(address):
    wire = Wire(int(address.rpartition(":")[2]))
    server = await asyncio.start_server(wire._carry, "127.0.0.1", 0)
    wire.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield wire
    finally:
        wire.cut()
        server.close()
