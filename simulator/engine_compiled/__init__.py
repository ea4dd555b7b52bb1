"""The same rules as ``engine_simpy`` in a compiled loop, for volume: the same answer to the bit."""

from simulator.engine_compiled.replicate import event_log, run

__all__ = ["event_log", "run"]
