"""Technology: each module here implements one port, and decides nothing about people."""
