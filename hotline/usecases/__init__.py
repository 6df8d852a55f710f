"""Verbs. Each owns its transaction and takes the ports it needs as keyword arguments."""
