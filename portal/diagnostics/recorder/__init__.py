"""The live recorder: asks a car through an adapter, writes down every answer, streams it.

It runs in a process of its own, beside the car. `adapter.py` alone uses python-OBD (GPL-2.0-only,
the optional extra `recorder`), and only as the driver of the adapter: what the car says is decoded
by the project's own decoders.
"""
