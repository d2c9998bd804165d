"""The second verifier of a Cordon case, written from docs/formats alone: the standard library and nothing else."""
