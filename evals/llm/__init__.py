"""Evals with a language model: a scripted server that misbehaves in every way, an independent judge of what is shown, and a real small model."""
