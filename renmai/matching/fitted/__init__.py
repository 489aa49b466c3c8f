"""Models of the shop's own past: chosen by what they foresaw, kept in a file that names nobody, asked when lists are made."""
