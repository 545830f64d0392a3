"""Random vessel trees, rings and networks, in units of the finest voxel edge.

A vessel is a pair (points [n, 3] in array order z, y, x; radii [n]).
"""

import heapq
import itertools

import numpy as np

MIN_RADIUS = 0.8  # Thinner vessels lie below visible contrast: see MODEL_CARD.md.
STEP = 0.45


def unit(vector):
    return vector / (np.linalg.norm(vector) + 1e-9)


def perpendicular(rng, direction):
    vector = rng.standard_normal(3)
    return unit(vector - direction * (vector @ direction))


def bezier(controls, step=STEP):
    """Points along a cubic Bezier curve, about `step` apart."""
    a, b, c, d = (np.asarray(p, float) for p in controls)
    length = sum(np.linalg.norm(q - p) for p, q in ((a, b), (b, c), (c, d)))
    t = np.linspace(0, 1, max(3, int(length / step)))[:, None]
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d


def lesion(rng, radii):
    """A stenosis or a dilatation: a Gaussian dent or bulge of the radius."""
    t = np.linspace(0, 1, len(radii))
    bump = np.exp(-(((t - rng.uniform(0.2, 0.8)) / rng.uniform(0.04, 0.15)) ** 2))
    return np.maximum(radii * (1 + rng.uniform(-0.6, 0.6) * bump), MIN_RADIUS)


def branch(rng, start, direction, radius, tortuosity):
    """One branch; returns the vessel and the direction at its end."""
    length = radius * rng.uniform(3, 10) + rng.uniform(4, 16)
    if radius > 3:
        length = radius * rng.uniform(2, 7)
    first = start + direction * length * 0.33
    bent = unit(direction + tortuosity * rng.standard_normal(3))
    second = first + bent * length * 0.34
    last = second + unit(bent + tortuosity * rng.standard_normal(3)) * length * 0.33
    points = bezier((start, first, second, last), STEP * max(1, radius / 3))
    radii = radius * np.linspace(1, 1 - rng.uniform(0, 0.15), len(points))
    if rng.random() < 0.15:
        radii = lesion(rng, radii)
    return (points, np.maximum(radii, MIN_RADIUS)), unit(last - second)


def murray_children(rng, direction, radius):
    """Radii by Murray's cube law, angles that minimise work (Murray 1926), jittered."""
    share = rng.beta(2, 2) if rng.random() < 0.6 else rng.uniform(0.03, 0.25)
    pair = radius * share ** (1 / 3), radius * (1 - share) ** (1 / 3)
    side = perpendicular(rng, direction)
    for (own, other), sign in zip((pair, pair[::-1]), (1, -1)):
        cosine = (radius**4 + own**4 - other**4) / (2 * radius**2 * own**2)
        angle = np.arccos(np.clip(cosine, -0.5, 1)) * rng.uniform(0.6, 1.4)
        yield unit(direction * np.cos(angle) + sign * side * np.sin(angle)), own


def tree(rng, extent, root, direction, radius, tortuosity, budget):
    """Branches grown largest first until they leave the box, get too thin or use up `budget` points."""
    order = itertools.count()
    queue = [(-radius, next(order), np.asarray(root, float), unit(direction))]
    vessels, margin = [], 5.0
    while queue and budget > 0:
        negative, _, start, heading = heapq.heappop(queue)
        (points, radii), heading = branch(rng, start, heading, -negative, tortuosity)
        inside = np.all((points > -margin) & (points < extent + margin), axis=1)
        stop = len(points) if inside.all() else int(np.argmin(inside))
        if stop >= 2:
            vessels.append((points[:stop], radii[:stop]))
        budget -= stop
        if stop < len(points):
            continue
        if rng.random() < 0.06 and radii[-1] > 1.2:
            vessels.append(aneurysm(rng, points[-1], heading, radii[-1]))
        for child_heading, child_radius in murray_children(rng, heading, radii[-1]):
            if child_radius >= MIN_RADIUS:
                heapq.heappush(queue, (-child_radius, next(order), points[-1], child_heading))
    return vessels


def aneurysm(rng, point, heading, radius):
    sac = radius * rng.uniform(1.1, 1.9)
    centre = point + perpendicular(rng, heading) * (radius + sac) * 0.6
    return centre[None], np.array([sac])


def random_root(rng, extent):
    """A start on a face of the box and a direction inwards."""
    axis, far = rng.integers(3), rng.random() < 0.5
    root = rng.uniform(0.1, 0.9, 3) * extent
    root[axis] = extent[axis] + 3 if far else -3
    direction = rng.standard_normal(3) * 0.5
    direction[axis] = -1.2 if far else 1.2
    return root, direction


def trees(rng, extent):
    scale = float(np.prod(extent) ** (1 / 3)) / 64
    vessels = []
    for _ in range(max(1, round(rng.choice([1, 2, 3, 4, 5], p=[0.15, 0.3, 0.3, 0.15, 0.1]) * scale))):
        root, direction = random_root(rng, extent)
        largest = rng.choice([2.5, 6.0, 13.0], p=[0.45, 0.3, 0.25])
        radius = float(np.exp(rng.uniform(np.log(0.9), np.log(largest))))
        tortuosity = rng.choice([0.1, 0.25, 0.5, 0.9], p=[0.25, 0.35, 0.3, 0.1])
        vessels += tree(rng, extent, root, direction, radius, tortuosity, int(1500 * scale**2))
    return vessels


def trunk(rng, extent):
    """One wide vessel across the box, like an aorta, with side branches and sometimes a smaller tree beside it."""
    widest = 13 if rng.random() < 0.8 else 0.35 * min(extent)
    axis, radius = rng.integers(3), rng.uniform(4, widest)
    knots = extent * (0.5 + rng.normal(0, [[0.22], [0.12], [0.12], [0.22]], (4, 3)))
    knots[:, axis] = np.array([-0.1, 0.35, 0.65, 1.1]) * extent[axis]
    points = bezier(knots, STEP * radius / 3)
    radii = radius * np.linspace(1, rng.uniform(0.7, 1), len(points))
    if rng.random() < 0.35:
        radii = lesion(rng, radii)
    vessels = [(points, radii)]
    for _ in range(rng.integers(0, 6)):
        at = rng.integers(len(points))
        side = perpendicular(rng, unit(points[-1] - points[0]))
        thickness = max(MIN_RADIUS, radii[at] * rng.uniform(0.1, 0.45))
        vessels += tree(rng, extent, points[at] + side * radii[at] * 0.8, side, thickness, 0.3, 250)
    if rng.random() < 0.4:
        vessels += tree(rng, extent, *random_root(rng, extent), rng.uniform(0.9, 3), 0.3, 500)
    return vessels


def ring(rng, extent):
    """A Circle-of-Willis-like ring of uneven calibre with feeding and draining trees."""
    count = rng.integers(5, 9)
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.normal(0, 0.15, count)
    size = rng.uniform(0.15, 0.32) * float(min(extent))
    basis = np.linalg.qr(rng.standard_normal((3, 3)))[0]
    knots = np.stack([np.cos(angles), rng.uniform(0.6, 1) * np.sin(angles), rng.normal(0, 0.2, count)], 1)
    knots = extent * rng.uniform(0.4, 0.6, 3) + size * knots @ basis
    main = float(rng.uniform(1.1, 2.6))
    vessels = []
    for i in range(count):
        before, here, after, beyond = (knots[(i + k) % count] for k in (-1, 0, 1, 2))
        controls = here, here + (after - before) / 6, after - (beyond - here) / 6, after
        points = bezier(controls)
        thin = MIN_RADIUS if rng.random() < 0.3 else main * rng.uniform(0.6, 1)
        vessels.append((points, np.full(len(points), max(MIN_RADIUS, thin))))
        if rng.random() < 0.6:
            outwards = here - knots.mean(0) + rng.standard_normal(3) * size * 0.4
            vessels += tree(rng, extent, here, outwards, main * rng.uniform(0.6, 1.0), 0.3, 300)
    return vessels


def network(rng, extent):
    """A dense bed of thin vessels with many loops: neighbours of random nodes joined by curves."""
    count = int(rng.uniform(12, 50) * np.prod(extent) / 64**3)
    nodes = rng.uniform(-4, 4 + extent, (max(6, count), 3))
    vessels = []
    for i, here in enumerate(nodes):
        gaps = np.linalg.norm(nodes - here, axis=1)
        for j in np.argsort(gaps)[1 : rng.integers(2, 4)]:
            if j < i and rng.random() < 0.5:
                continue
            bends = rng.normal(0, 0.15, (2, 3)) * gaps[j]
            way = nodes[j] - here
            points = bezier((here, here + way / 3 + bends[0], here + way * 2 / 3 + bends[1], nodes[j]))
            radius = max(MIN_RADIUS, rng.lognormal(0.15, 0.4))
            vessels.append((points, np.full(len(points), radius)))
    return vessels


def neighbour(rng, vessels):
    """A copy that runs beside a vessel, nearly touching: the net has to keep the gap."""
    points, radii = vessels[rng.integers(len(vessels))]
    side = perpendicular(rng, unit(points[-1] - points[0]))
    radius = max(MIN_RADIUS, radii.mean() * rng.uniform(0.5, 1.1))
    offset = radii.max() + radius + rng.uniform(0.3, 2.5)
    drift = np.linspace(0, rng.normal(0, 4), len(points))[:, None]
    return points + side * (offset + np.abs(drift)), np.full(len(points), radius)


def shunt(rng, vessels, extent):
    """A curve that joins two vessels: a loop or a communicating artery."""
    (a, ra), (b, rb) = (vessels[rng.integers(len(vessels))] for _ in range(2))
    start, end = a[rng.integers(len(a))], b[rng.integers(len(b))]
    gap = np.linalg.norm(start - end)
    if not 6 < gap < 0.6 * max(extent):
        return None
    middle = (start + end) / 2 + rng.standard_normal(3) * 0.2 * gap
    points = bezier((start, middle, middle, end))
    radius = max(MIN_RADIUS, min(ra.mean(), rb.mean()) * rng.uniform(0.4, 1))
    return points, np.full(len(points), radius)


KINDS = {"trees": trees, "ring": ring, "network": network, "trunk": trunk}


def random_anatomy(rng, extent, shares=(0.62, 0.13, 0.13, 0.12)):
    """Vessels inside a box of the given extent [z, y, x], in units of the finest voxel edge.

    `shares` are the probabilities of KINDS, in their order.
    """
    extent = np.asarray(extent, float)
    vessels = KINDS[rng.choice(list(KINDS), p=shares)](rng, extent)
    long = [v for v in vessels if len(v[0]) > 10]
    if long and rng.random() < 0.4:
        vessels.append(neighbour(rng, long))
    for _ in range(rng.integers(0, 3) if len(long) > 1 else 0):
        joined = shunt(rng, long, extent)
        if joined:
            vessels.append(joined)
    return vessels
