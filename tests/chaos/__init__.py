"""Many conversations at once through real processes that are killed, a database that stalls, webhooks that repeat.

`python -m tests.chaos --help`. What is proved is seen from outside: who was told "sent", by text or by voice, is one
case with an acknowledged or still climbing alert, there is no other case, and nothing that was due is left.
"""
