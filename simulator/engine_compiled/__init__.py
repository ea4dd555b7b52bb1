"""The same rules as ``engine_simpy`` in a compiled loop, for volume: the same answer to the bit."""

from simulator.engine_compiled.log import event_log
from simulator.engine_compiled.replicate import count_events, run, warm_up

__all__ = ["count_events", "event_log", "run", "warm_up"]
