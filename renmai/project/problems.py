"""What stops a command with one sentence instead of a traceback."""


class Problem(Exception):
    """Something the person at the keyboard can put right; the text is the sentence they read."""


class EnvironmentProblem(Problem):
    """A variable of the environment that is missing, unknown or makes no sense."""
