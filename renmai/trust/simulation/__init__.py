"""A world of simulated ties in which ways of sending can be compared. Reads and writes nothing else."""
