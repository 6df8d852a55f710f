"""Requests that somebody made up: every alteration of what Twilio sends, at every door, in every town.

`kinds` is the list, filled by `signatures`, `addresses`, `parameters` and `bodies`; `oracle` says what is genuine.
"""
