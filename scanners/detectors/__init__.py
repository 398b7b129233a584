"""The few kinds of detectors. A rule that needs code adds a named check, not a detector."""
