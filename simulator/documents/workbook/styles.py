"""How cells look: one set of properties for each style name."""

from __future__ import annotations

from typing import Any

from simulator.charts.style import AXIS_GREY, DARK_BLUE, DARK_PINK, GRID_GREY, INK, WHITE

INPUT_FILL = "#FFF3BF"
HEAD_FILL = DARK_BLUE
MINUS = '"−"'
POUNDS = f"£#,##0;{MINUS}£#,##0;£0"
PENCE = f"£#,##0.00;{MINUS}£#,##0.00;£0.00"
COUNT = f"#,##0;{MINUS}#,##0;0"
QUANTITY = f"#,##0.0;{MINUS}#,##0.0;0.0"
NUMBER = f"0.00;{MINUS}0.00;0.00"
FONT = {"font_name": "Arial", "font_size": 11, "font_color": INK}
TABLE = {"bottom": 1, "bottom_color": GRID_GREY, "valign": "top", "align": "left", "indent": 1}
RIGHT = {**TABLE, "align": "right"}
INPUT = {**RIGHT, "bg_color": INPUT_FILL, "border": 1, "border_color": INK, "bold": True}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": DARK_BLUE},
    "lead": {},
    "link": {"font_color": DARK_BLUE, "underline": 1, "valign": "top"},
    "table_link": {**TABLE, "font_color": DARK_BLUE, "underline": 1},
    "status": {"bold": True},
    "head": {
        "bold": True, "font_color": WHITE, "bg_color": HEAD_FILL, "text_wrap": True, "valign": "top",
        "align": "left", "indent": 1, "border": 1, "border_color": AXIS_GREY,
    },
    "text": TABLE,
    "wrap": {**TABLE, "text_wrap": True},
    "strong": {**TABLE, "bold": True},
    "strong_wrap": {**TABLE, "bold": True, "text_wrap": True},
    "mark": {"font_color": DARK_PINK, "bold": True, "valign": "top"},
    "mark_wrap": {**TABLE, "font_color": DARK_PINK, "bold": True, "text_wrap": True},
    "aid": {**TABLE, "font_color": AXIS_GREY},
    "pounds": {**RIGHT, "num_format": POUNDS},
    "strong_pounds": {**RIGHT, "num_format": POUNDS, "bold": True},
    "pence": {**RIGHT, "num_format": PENCE},
    "ratio": {**RIGHT, "num_format": PENCE},
    "strong_ratio": {**RIGHT, "num_format": PENCE, "bold": True},
    "percent": {**RIGHT, "num_format": "0.0#%"},
    "whole_percent": {**RIGHT, "num_format": "0%"},
    "general": {**RIGHT, "num_format": "#,##0.###"},
    "count": {**RIGHT, "num_format": COUNT},
    "quantity": {**RIGHT, "num_format": QUANTITY},
    "number": {**RIGHT, "num_format": NUMBER},
    "weight": {**RIGHT, "num_format": "0.00##"},
    "factor": {**RIGHT, "num_format": "0.0000"},
    "index": {**RIGHT, "num_format": "0.000"},
    "input_percent": {**INPUT, "num_format": "0.0#%"},
    "input_pence": {**INPUT, "num_format": PENCE},
    "input_text": {**INPUT, "num_format": "@"},
}  # fmt: skip
