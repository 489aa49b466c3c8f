"""The addresses of the console, by who works there."""
