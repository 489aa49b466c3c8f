"""Outside companies that move money. ``base`` says what one must be able to do, ``registry`` finds it by name."""
