"""Faults put into the code on purpose, one at a time, to see whether a test notices: `python -m tests.mutation`.

A tool of one's own, because those that exist start the tests anew for each fault (seconds each, for thousands) or copy
the checkout, whose tests read their files beside the code. Here a fault lives in a forked process alone.
"""
