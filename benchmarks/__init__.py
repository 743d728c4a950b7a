"""Speed and memory, measured; never in timed tests."""
