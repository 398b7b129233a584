"""A fictional bureau, 柳溪市民政局 in 云江省, with everything it published in 120 days, and the key to what is wrong in it."""

from replica.demo.build import DEMO_NOW, Demo, build
from replica.demo.registry import write_registry

__all__ = ["DEMO_NOW", "Demo", "build", "write_registry"]
