"""The application: all wiring, nothing else."""
