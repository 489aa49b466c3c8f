"""The play `presale`: a deposit now, the balance when the goods are ready."""
