"""The checks that hold a model's values to the text: each takes a fact with its words and may catch it.

A check never repairs. What it catches is asked for again and, if it comes back no better, kept apart as unsupported.
"""
