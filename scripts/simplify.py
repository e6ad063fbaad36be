"""Simplify lines by Visvalingam and Whyatt's method: points whose triangle with their neighbours is smallest go first.

M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated elimination of points", The Cartographic Journal 30
(1993). Done arc by arc with fixed ends, so neighbours that share an arc still fit together.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from topology import Point


def simplify(points: Sequence[Point], least: float) -> list[Point]:
    """Drop points until no triangle of neighbours is smaller than *least* (square units); ends always stay."""
    count = len(points)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    areas = [triangle(points, i - 1, i, i + 1) for i in range(1, count - 1)]
    queue = [(area, i) for i, area in enumerate(areas, 1)]
    current = dict(enumerate(areas, 1))
    heapq.heapify(queue)
    while queue and queue[0][0] < least:
        area, i = heapq.heappop(queue)
        if current.get(i) != area:
            continue
        del current[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in current:
                current[j] = max(area, triangle(points, before[j], j, after[j]))
                heapq.heappush(queue, (current[j], j))
    return [point for i, point in enumerate(points) if i in (0, count - 1) or i in current]


def triangle(points: Sequence[Point], i: int, j: int, k: int) -> float:
    """Area of the triangle of three points."""
    (x1, y1), (x2, y2), (x3, y3) = points[i], points[j], points[k]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2
