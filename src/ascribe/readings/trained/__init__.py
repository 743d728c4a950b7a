"""The trained reader: a small encoder that marks spans, tells incidents apart and attaches every span to its own."""
