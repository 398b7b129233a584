"""The ``xunjian`` command: the only room that reaches all others."""
