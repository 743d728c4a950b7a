"""Reading with a large language model: it is asked for values and their words, and held to the text."""
