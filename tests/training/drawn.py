"""Made-up fields: round cells on an even ground, and laboratories of them."""

import csv
import io
import zipfile

import numpy as np
from PIL import Image

GROUND, CELL, PARASITE = (225, 220, 215), (200, 140, 145), (110, 40, 130)


def field(cells, side=120, ground=GROUND, cell=CELL, parasite=PARASITE):
    """A picture [side, side, 3] of cells (x, y, radius, infected), a parasite off the middle of infected ones."""
    down, across = np.mgrid[:side, :side] + 0.5
    out = np.empty((side, side, 3), np.uint8)
    out[:] = ground
    for x, y, radius, infected in cells:
        out[(across - x) ** 2 + (down - y) ** 2 <= radius**2] = cell
        if infected:
            out[(across - x - radius / 3) ** 2 + (down - y) ** 2 <= (radius / 4) ** 2] = parasite
    return out


def disc(x, y, radius, side):
    """Which pixels [side, side] a cell covers."""
    down, across = np.mgrid[:side, :side] + 0.5
    return (across - x) ** 2 + (down - y) ** 2 <= radius**2


def archive(path, rows, pictures):
    """A laboratory's zip: pictures by name, and manifest rows (image, x, y, w, h, label, anno)."""
    with zipfile.ZipFile(path, "w") as zipped:
        for name, pixels in pictures.items():
            file = io.BytesIO()
            Image.fromarray(pixels).save(file, "PNG")
            zipped.writestr(name, file.getvalue())
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow("image x y w h label class species anno".split())
        writer.writerows([*row[:6], "", "", row[6]] for row in rows)
        zipped.writestr("manifest.csv", text.getvalue())


def laboratory(path, name="patient_{}", fields=10, infected=True):
    """A laboratory's zip of ``fields`` pictures, each with a healthy cell, an infected one and a platelet."""
    rows, pictures = [], {}
    for number in range(fields):
        image = f"images/{name.format(number)}.png"
        pictures[image] = field([(30, 30, 20, False), (88, 84, 25, True)])
        rows.append((image, 10, 10, 40, 40, "healthy", "box"))
        rows.append((image, 63, 59, 50, 50, "infected" if infected else "healthy", "box"))
        rows.append((image, 2, 100, 8, 8, "platelet", "box"))
    archive(path, rows, pictures)
