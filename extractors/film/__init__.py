"""Films and sound: what their frames show, their subtitles, and what the file says beside them."""
