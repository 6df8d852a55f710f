"""The hotline, in six sentences.

A door turns a request into a Turn. One use case owns the transaction. The core decides, with values only. The store
keeps what was decided. A renderer turns effects into text or TwiML. A worker does, a little later and again if needed,
whatever must reach another human being.

Rooms: core (pure: script engine, understanding, escalation) · ports (what the core's verbs need from outside) ·
usecases (verbs that own the transaction) · adapters (technology, one port each) · web (doors) · cli (commands) ·
settings (one frozen value from the environment). app.py puts them together.

Who may import whom: app → web | cli | adapters | settings (blind to each other) → usecases → ports → core.
The linter holds it.
"""
