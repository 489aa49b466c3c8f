"""What customers see of flash sales."""
