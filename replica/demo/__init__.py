"""A fictional bureau, 柳溪市民政局, with all that it published in 120 days, and the key to what is wrong in it."""

from replica.demo.build import Demo, build
from replica.demo.registry import write_registry
from replica.demo.schedule import DEMO_NOW

__all__ = ["DEMO_NOW", "Demo", "build", "write_registry"]
