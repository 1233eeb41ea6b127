#!/usr/bin/env python3
"""Outlines of districts as a C table, from a GeoJSON file.

usage: shapes.py azerbaijan-districts.geojson > ../district_shapes.c

Outer rings are turned counterclockwise and holes clockwise (RFC 7946, 3.1.6). For each district it finds where a label of two
lines has the most room: the middle of the largest rectangle of that shape inside the outline."""
import json
import math
import sys

LABEL_RATIO = 2.4  # width to height of a label
GRID = 40  # steps across a district in which the middle of its label is looked for
CODES = ("p_code", "ADM2_PCODE", "ADM1_PCODE")  # properties that hold a district's p-code, where there is one
LABEL = 0.13  # half the width of a label, degrees of latitude, with some air


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def turned(ring, counterclockwise):
    return ring if (signed_area(ring) > 0) == counterclockwise else ring[::-1]


def polygons_of(geometry):
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[turned(ring, i == 0) for i, ring in enumerate(polygon)] for polygon in parts]


def is_inside(x, y, rings):
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def label_room(polygon):
    """The middle (longitude, latitude) and half the width (in degrees of latitude) of the largest label."""
    stretch = math.cos(math.radians(sum(p[1] for p in polygon[0]) / len(polygon[0])))
    # A square in these coordinates is a rectangle of the label's shape on the map.
    rings = [[(x * stretch, y * LABEL_RATIO) for x, y in ring] for ring in polygon]
    edge = [(ax + (bx - ax) * k / 4, ay + (by - ay) * k / 4)
            for ring in rings for (ax, ay), (bx, by) in zip(ring, ring[1:]) for k in range(4)]
    left, right = min(p[0] for p in edge), max(p[0] for p in edge)
    low, high = min(p[1] for p in edge), max(p[1] for p in edge)
    best = (0, 0, 0)
    for i in range(1, GRID):
        for j in range(1, GRID):
            x, y = left + (right - left) * i / GRID, low + (high - low) * j / GRID
            room = min(max(abs(px - x), abs(py - y)) for px, py in edge)
            if room > best[0] and is_inside(x, y, rings):
                best = (room, x, y)
    room, x, y = best
    return x / stretch, y / LABEL_RATIO, room


def callout(own, labels, outlines):
    """The nearest place of a label (longitude, latitude) outside of all outlines."""
    stretch = math.cos(math.radians(own[1]))
    points = [p for rings in outlines for p in rings[0]]
    best = None
    for i in range(-GRID // 4, GRID + GRID // 4):
        for j in range(GRID):
            x = min(p[0] for p in points) + (max(p[0] for p in points) - min(p[0] for p in points)) * i / GRID
            y = min(p[1] for p in points) + (max(p[1] for p in points) - min(p[1] for p in points)) * j / GRID
            length = math.hypot((x - own[0]) * stretch, y - own[1])
            if best and length >= best[0]:
                continue
            if any(abs(px - x) * stretch < LABEL * 1.2 and abs(py - y) < LABEL / 1.6 for px, py in points):
                continue
            if any(is_inside(x, y, rings[:1]) for rings in outlines):
                continue
            line = [(own[0] + (x - own[0]) * k / 40, own[1] + (y - own[1]) * k / 40) for k in range(41)]
            if any(abs(px - lx) * stretch < LABEL and abs(py - ly) < LABEL / LABEL_RATIO
                   for px, py in line for lx, ly, _ in labels):
                continue
            best = (length, x, y)
    return best[1], best[2]


def c_text(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(features, source):
    print("/* Made by analysis/data/shapes.py: do not edit. */")
    print("#include \"analysis/pictures/district_shapes.h\"\n#include <stddef.h>\n\n/* clang-format off */")
    print(f"const char hw_district_shapes_source[] =\n    {c_text(source)};\n")
    largest = [max(polygons_of(f["geometry"]), key=lambda p: signed_area(p[0])) for f in features]
    labels = [label_room(polygon) for polygon in largest]
    outlines = [polygon for f in features for polygon in polygons_of(f["geometry"])]
    shapes = []
    for number, feature in enumerate(features):
        rings = []
        for part, polygon in enumerate(polygons_of(feature["geometry"])):
            for i, ring in enumerate(polygon):
                points = [f"{{{x:.4f}, {y:.4f}}}" for x, y in ring]
                lines = [", ".join(points[k:k + 5]) for k in range(0, len(points), 5)]
                name = f"ring_{number}_{len(rings)}"
                print(f"static const double {name}[][2] = {{\n    " + ",\n    ".join(lines) + "};")
                rings.append(f"{{{name}, {len(points)}, {part}, {'true' if i else 'false'}}}")
        print(f"static const hw_shape_ring rings_{number}[] = {{{', '.join(rings)}}};\n")
        longitude, latitude, room = labels[number]
        others = [label for i, label in enumerate(labels) if i != number and label[2] >= LABEL / 2]
        beside = callout(labels[number], others, outlines) if room < LABEL / 2 else labels[number]
        code = next((feature["properties"][key] for key in CODES if feature["properties"].get(key)), None)
        names = (f"{c_text(feature['properties']['name'])}, {c_text(feature['properties']['name_az'])}, "
                 f"{c_text(code) if code else 'NULL'}")
        shapes.append(f"    {{{names}, rings_{number}, {len(rings)}, {longitude:.4f}, {latitude:.4f}, "
                      f"{'true' if room < LABEL / 2 else 'false'}, {beside[0]:.4f}, {beside[1]:.4f}}},")
    print("const hw_district_shape hw_district_shapes[] = {\n" + "\n".join(shapes) + "\n};")
    print(f"const uint32_t hw_district_shape_count = {len(shapes)};")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        collection = json.load(file)
    write(collection["features"], collection["source"])
