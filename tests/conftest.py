"""Makes the invented stories of `telling` importable from every folder of tests."""
