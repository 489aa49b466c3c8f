"""The shapes of what goes in and out, one module per noun."""
