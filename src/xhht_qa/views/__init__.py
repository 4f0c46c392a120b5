"""Pages beside the chat that staff keep open, each drawn by the server from what the plans state."""

from xhht_qa.views.pages import router

__all__ = ["router"]
