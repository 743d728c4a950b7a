"""What the exit status says."""

FINE = 0
MOST_FAILURES = 100  # 1 to 100: so many documents could not be read, 100 standing for any number above
USAGE = 120  # the command line is wrong: an option, a name, a date, an id, or a file that cannot be written
ERROR = 121  # a project, a setting or a casebook is missing or wrong
FAULT = 122  # a fault of Ascribe
INTERRUPTED = 130  # Ctrl-C, as in every shell
BROKEN_PIPE = 141  # the program that read the output has gone, as in every shell

EXPLAINED = (
    "Exit status: 0 if all went well; 1 to 100 for as many documents that could not be read (100: or more); "
    "120 for a wrong command line (also an unknown id, or an output file that cannot be written); "
    "121 for a missing or wrong project; 122 for a fault of Ascribe."
)


def of_failures(count: int) -> int:
    """The status after so many failures."""
    return min(count, MOST_FAILURES)
