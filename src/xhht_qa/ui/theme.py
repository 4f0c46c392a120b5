"""Gradio's colours and fonts, tied to those of the other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio


def theme() -> gradio.themes.Base:
    """Gradio's colours tied to the page's own, which ``dark.css`` replaces as a whole."""
    import gradio as gr

    colours = {
        "body_background_fill": "ground",
        "body_text_color": "ink",
        "body_text_color_subdued": "soft",
        "background_fill_primary": "paper",
        "background_fill_secondary": "ground",
        "border_color_primary": "line",
        "border_color_accent": "link",
        "color_accent_soft": "tint",
        "block_background_fill": "paper",
        "block_border_color": "line",
        "block_label_text_color": "soft",
        "block_title_text_color": "soft",
        "input_background_fill": "paper",
        "input_background_fill_focus": "paper",
        "input_border_color": "line",
        "input_border_color_focus": "link",
        "input_placeholder_color": "soft",
        "link_text_color": "link",
        "link_text_color_hover": "link",
        "link_text_color_visited": "link",
        "link_text_color_active": "link",
        "button_primary_background_fill": "link",
        "button_primary_background_fill_hover": "link",
        "button_primary_border_color": "link",
        "button_primary_text_color": "paper",
        "button_primary_text_color_hover": "paper",
        "button_secondary_background_fill": "paper",
        "button_secondary_background_fill_hover": "tint",
        "button_secondary_border_color": "line",
        "button_secondary_text_color": "ink",
        "button_secondary_text_color_hover": "ink",
        "button_cancel_background_fill": "paper",
        "button_cancel_background_fill_hover": "tint",
        "button_cancel_border_color": "line",
        "button_cancel_text_color": "ink",
        "button_cancel_text_color_hover": "ink",
    }
    return gr.themes.Base(
        font=["Be Vietnam Pro", "system-ui", "Segoe UI", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    ).set(
        input_border_width="1px",
        button_border_width="1px",
        **{name + mode: f"var(--{colour})" for name, colour in colours.items() for mode in ("", "_dark")},
    )
