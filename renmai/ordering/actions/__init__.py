"""Everything this room writes, one module per noun."""
