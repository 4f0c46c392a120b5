"""Who is asking and what they may see: every door asks here, and nowhere else."""

from xhht_qa.access.asker import Access, Asker, Role, asker, engine_for, known

__all__ = ["Access", "Asker", "Role", "asker", "engine_for", "known"]
