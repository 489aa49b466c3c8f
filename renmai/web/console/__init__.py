"""The operator's desktop pages."""
