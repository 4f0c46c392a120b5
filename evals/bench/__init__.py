"""How fast and how large, always beside a baseline measured in the same run: absolute times say more of the machine than of us."""
