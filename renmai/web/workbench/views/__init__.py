"""The agent's views, one module for each thing she does."""
