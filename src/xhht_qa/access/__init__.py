"""Who is asking and what they may see: every door asks here, and nowhere else."""

from xhht_qa.access.asker import Asker, Role, admitted, asker, engine_for, known, name_of, require

__all__ = ["Asker", "Role", "admitted", "asker", "engine_for", "known", "name_of", "require"]
