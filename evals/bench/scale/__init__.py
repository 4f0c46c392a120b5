"""What an archive of many plans costs: the same plans issued again and again by other places, from ten to as many as the machine can hold."""
