"""Reading by rules: word lists of a language, registers of places and groups, and grammar."""
