"""A bureau with many accounts on every platform, some of them walled, broken or mute: for load, soak and resilience."""

from replica.bureau.build import Bureau, build
from replica.bureau.faults import Fault, FaultyWorld

__all__ = ["Bureau", "Fault", "FaultyWorld", "build"]
