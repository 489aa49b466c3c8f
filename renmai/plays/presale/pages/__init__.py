"""What customers see of pre-sales."""
