"""Draws a script as SVG: steps as boxes in the order in which callers meet them, answers as arrows, ends by colour.

What may enter: the structure and one language's texts. What may not: a second picture of the rules; it is drawn from
the values that the engine walks.
"""

from collections.abc import Iterator, Mapping
from html import escape
from textwrap import wrap

from hotline.core.flow import Kind, Script, Step, Unconnected

WIDTH, GAP_X, GAP_Y, LINE, PAD = 250, 130, 26, 15, 10
LETTERS = 38  # of text in a line of a box
MOST_LINES = 5
COLOURS: Mapping[Kind, str] = {
    Kind.CHOICE: "#ffffff",
    Kind.ANYTHING: "#ffffff",
    Kind.PLACE: "#eef4ff",
    Kind.NUMBER: "#eef4ff",
    Kind.CONNECT: "#fff3d6",
    Kind.END: "#e6e6e6",
}
TIP = (
    '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="3" orient="auto">'
    '<path d="M0,0 L7,3 L0,6 z" style="fill:#555;stroke:none"/></marker></defs>'
)
WORDS = {"none": "no number", "on_voice": "by call"}
DANGER, REPORTED, EARLY = "#ffd9d9", "#d9f2dd", "#e6e6e6"
STYLE = (
    "text{font:12px sans-serif;fill:#111}.name{font-weight:bold}.small{font-size:11px;fill:#333}"
    "path{fill:none;stroke:#555;stroke-width:1.2}.back{stroke-dasharray:4 3}.label{font-size:11px;fill:#063}"
)


def draw(script: Script, language: str) -> str:
    """The whole script as one SVG document. Raises KeyError for a language that it has no texts in."""
    texts = script.texts[language].wordings
    columns = columns_of(script)
    boxes: dict[str, tuple[int, int, int]] = {}
    for column, names in enumerate(columns):
        y = 70
        for name in names:
            height = PAD * 2 + LINE * (1 + len(list(lines_of(texts.get(name, {})))))
            boxes[name] = (PAD + column * (WIDTH + GAP_X), y, height)
            y += height + GAP_Y
    width = PAD * 2 + len(columns) * (WIDTH + GAP_X)
    height = max(y + high for _, y, high in boxes.values()) + 40
    parts = [*edges(script, boxes), *(part for name in boxes for part in box(script, name, boxes[name], texts))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    title = f"{script.name} {script.version} ({language}). At every step: danger → {script.anywhere.danger}"
    return "\n".join(
        [
            head,
            f"<title>{escape(title)}</title><style>{STYLE}</style>",
            TIP,
            f'<rect width="{width}" height="{height}" fill="#fafafa"/>',
            f'<text x="{PAD}" y="24" class="name">{escape(title)}</text>',
            *legend(),
            *parts,
            "</svg>",
            "",
        ]
    )


def columns_of(script: Script) -> list[list[str]]:
    """Steps by their distance from the start; what only words lead to stands behind it."""
    depth = {script.start: 0}
    waiting = [script.start]
    while waiting:
        name = waiting.pop(0)
        for _, to in script.steps[name].leads():
            if to not in depth:
                depth[to] = depth[name] + 1
                waiting.append(to)
    columns: dict[int, list[str]] = {}
    for name in script.steps:
        columns.setdefault(depth.get(name, 1), []).append(name)
    return [columns[number] for number in sorted(columns)]


def lines_of(variants: Mapping[str, str]) -> Iterator[str]:
    """The text of a step, cut into lines."""
    text = next((variants[name] for name in ("sms", "voice") if name in variants), "")
    lines = wrap(text, LETTERS)
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield "…"


def colour_of(script: Script, step: Step) -> str:
    """Red says 112, green is a report, grey ends without one, yellow connects, blue asks for free words."""
    if step.name == script.anywhere.danger:
        return DANGER
    if step.name == script.anywhere.reported:
        return REPORTED
    return COLOURS[step.kind]


def box(
    script: Script, name: str, place: tuple[int, int, int], texts: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """One step."""
    x, y, height = place
    step = script.steps[name]
    fill = colour_of(script, step)
    yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="6" fill="{fill}" stroke="#555"/>'
    kind = "" if step.kind is Kind.CHOICE else f" ({step.kind.value})"
    yield f'<text x="{x + PAD}" y="{y + PAD + 11}" class="name">{escape(name + kind)}</text>'
    for number, line in enumerate(lines_of(texts.get(name, {})), start=1):
        yield f'<text x="{x + PAD}" y="{y + PAD + 11 + number * LINE}" class="small">{escape(line)}</text>'


def edges(script: Script, boxes: Mapping[str, tuple[int, int, int]]) -> Iterator[str]:
    """One arrow for each pair of steps, with all answers that lead along it."""
    for name, step in script.steps.items():
        labels: dict[str, list[str]] = {}
        for where, to in step.leads():
            labels.setdefault(to, []).append(label_of(where))
        for order, (to, answers) in enumerate(labels.items()):
            yield from arrow(boxes[name], boxes[to], ", ".join(dict.fromkeys(filter(None, answers))), order)


def label_of(where: tuple[str, ...]) -> str:
    """What stands on the arrow: an answer's key, or in words why it is taken."""
    if where[0] == "otherwise":
        return "by text" if where[1] == Unconnected.BY_TEXT else "not connected"
    return where[1] if where[0] == "choices" else WORDS.get(where[0], "")


def arrow(start: tuple[int, int, int], end: tuple[int, int, int], label: str, order: int) -> Iterator[str]:
    """A curve from the right side of one box to the left side of another; back, from side to side."""
    x1, y1 = start[0] + WIDTH, start[1] + 18 + (order * 14) % max(14, start[2] - 20)
    ahead = end[0] > start[0]
    x2, y2 = (end[0], end[1] + 18) if ahead else (end[0] + WIDTH, end[1] + end[2] - 8)
    bend = 60 if ahead else 90
    path = f"M{x1},{y1} C{x1 + bend},{y1} {x2 + (-bend if ahead else bend)},{y2} {x2},{y2}"
    yield f'<path d="{path}" marker-end="url(#tip)"{"" if ahead else " class=" + chr(34) + "back" + chr(34)}/>'
    if label:
        yield f'<text x="{x1 + 6}" y="{y1 - 3}" class="label">{escape(label)}</text>'


def legend() -> Iterator[str]:
    """What the colours mean."""
    meanings = (
        (DANGER, "says 112"), (REPORTED, "a report"), (EARLY, "ends without a report"), ("#fff3d6", "connects a call"),
        ("#eef4ff", "asks for free words or a number"),
    )  # fmt: skip
    for number, (fill, meaning) in enumerate(meanings):
        x = PAD + number * 210
        yield f'<rect x="{x}" y="36" width="14" height="14" fill="{fill}" stroke="#555"/>'
        yield f'<text x="{x + 20}" y="48" class="small">{meaning}</text>'
