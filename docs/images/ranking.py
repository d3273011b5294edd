#!/usr/bin/env python3
"""Draws the ranking that a running service shows, for the README.

Usage: docs/images/ranking.py [http://localhost:8080] >docs/images/ranking.svg

It asks a service started with --demo for this week's ranking of the board demo-focus, and writes it as a picture.
"""
import json
import sys
import urllib.request
from html import escape

ROWS = 8
WIDTH, TOP, ROW, SIDE = 640, 92, 38, 24
FONT = "font-family=\"system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\""
MEDALS = {1: "#d4a017", 2: "#8f9aa6", 3: "#b0713a"}


def ask(path):
    with urllib.request.urlopen(SERVICE + path) as answer:
        return json.load(answer)


def text(x, y, content, size=15, colour="#1f2933", anchor="start", weight="400"):
    return (f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
            f'font-weight="{weight}">{escape(content)}</text>')


def movement(change):
    if change is None:
        return "new", "#52606d"
    if change == 0:
        return "=", "#7b8794"
    return (f"▲ {change}", "#1d7a46") if change > 0 else (f"▼ {-change}", "#b3261e")


def row(entry, index, most):
    y = TOP + index * ROW
    share = max(0.02, entry["score"] / most)
    label, colour = movement(entry.get("change"))
    rank = entry["rank"]
    name = entry["playerId"].replace("-", " ").title()
    return [
        f'<circle cx="{SIDE + 14}" cy="{y + 12}" r="13" fill="{MEDALS.get(rank, "#e4e7eb")}"/>',
        text(SIDE + 14, y + 17, str(rank), 13, "#ffffff" if rank in MEDALS else "#3e4c59", "middle", "600"),
        text(SIDE + 42, y + 17, name),
        f'<rect x="230" y="{y + 3}" width="{share * 250:.0f}" height="18" rx="4" fill="#2f6f9f"/>',
        text(530, y + 17, str(entry["score"]), 15, anchor="end", weight="600"),
        text(WIDTH - SIDE, y + 17, label, 13, colour, "end"),
    ]


def main():
    board = ask("/api/v1/boards/demo-focus")
    ranking = ask(f"/api/v1/boards/demo-focus/rankings/weekly?limit={ROWS}")
    entries = ranking["entries"]
    height = TOP + len(entries) * ROW + 16
    facts = f'week {ranking["window"]["id"]} · {ranking["total"]} players · change since last week'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" {FONT}>',
        f"<title>{escape(board['title'])}, {escape(facts)}</title>",
        f'<rect width="{WIDTH}" height="{height}" rx="12" fill="#ffffff" stroke="#cbd2d9"/>',
        text(SIDE, 38, board["title"].replace(" (demo)", ""), 20, weight="600"),
        text(SIDE, 62, facts, 13, "#52606d"),
    ]
    for index, entry in enumerate(entries):
        lines += row(entry, index, entries[0]["score"])
    print("\n".join([*lines, "</svg>"]))


SERVICE = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080").rstrip("/")
main()
