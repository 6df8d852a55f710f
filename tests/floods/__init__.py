"""Floods: a hundred times what is normal, from one number, from a thousand, from silent calls; and people among them.

`python -m tests.floods --help`. A small flood is a test (test_a_small_flood.py).
"""
