"""Everything this room does."""
