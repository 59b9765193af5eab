"""Server-sent events as the house sends them."""

from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, event_stream, frame, html_frame

__all__ = ["HEARTBEAT", "HEARTBEAT_S", "Frames", "event_stream", "frame", "html_frame"]
