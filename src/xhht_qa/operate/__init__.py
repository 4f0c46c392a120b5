"""Operating an installation: finding what is wrong with it, keeping it safe, watching it."""
