import type {Mask} from "../image/mask.js";
import type {Density} from "./ground.js";

/** Directions, going round evenly, in which an outline's distance from its centre is told. */
const DIRECTIONS = 72;
/** Furthest, in pixels, that the outline moves in or out from one direction to the next. */
const REACH = 3;
/** What such a move costs, by its square. */
const STIFFNESS = 0.05;
/** What an edge counts beside the pixels enclosed: all of the cell's density lost counts as much. */
const EDGE = 3;
/** Least distance from the centre, as a share of the picture's shorter side. */
const SMALLEST = 0.12;
/** Pixels inside and outside the outline between which the density's drop is told. */
const [INSIDE, OUTSIDE] = [1.5, 2];

/** A star-convex outline: what lies in each direction from a centre up to a distance. Pixels' centres lie at halves. */
export interface Outline {
  x: number;
  y: number;
  /** Distances in 72 directions, from the right downwards. */
  radii: Float32Array;
  /** Mean drop of density across the outline, in the density's own units. */
  contrast: number;
  /** Longest stretch of the outline that lies at the picture's edge, as a share of all directions. */
  cutOff: number;
}

const directions = Array.from({length: DIRECTIONS}, (_, n) => {
  const angle = (n / DIRECTIONS) * 2 * Math.PI;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

/**
 * The outline around a picture's middle that encloses most foreground and least ground and across which the density
 * falls most: the best closed path over directions, found by dynamic programming, then once more from its own centre.
 * What lies behind ground counts as ground, so that neighbours stay outside.
 * @param density of a picture of about a hundred pixels a side, the cell's own about 1
 * @param foreground its pixels that are darker than the ground, holes filled
 */
export function outlineIn(density: Density, foreground: Mask): Outline {
  const {width, height} = density;
  const first = trace(density, foreground, {x: width / 2, y: height / 2});
  return trace(density, foreground, centroid(first));
}

function trace(density: Density, {data: isDark}: Mask, {x, y}: Pick<Outline, "x" | "y">): Outline {
  const {width, height} = density;
  const longest = Math.ceil(Math.hypot(width, height) / 2);
  const smallest = Math.max(3, Math.floor(Math.min(width, height) * SMALLEST));
  const gain = new Float32Array(DIRECTIONS * longest).fill(-1e3);
  const drops = new Float32Array(DIRECTIONS * longest);
  const isInside = (u: number, v: number) => u >= 0 && v >= 0 && u < width && v < height;
  const unit = Math.min(width, height) ** 2 / 8;
  directions.forEach(([dx, dy], direction) => {
    let [enclosed, bare] = [0, 0];
    for (let radius = 0; radius < longest; radius++) {
      const [u, v] = [x + dx * radius, y + dy * radius];
      if (!isInside(u, v)) break;
      const dark = isDark[Math.floor(v) * width + Math.floor(u)]!;
      if (!dark && radius >= smallest) bare++;
      enclosed += (dark && bare < 2 ? 1 : -1) * radius;
      if (radius < smallest) continue;
      const place = direction * longest + radius;
      const [outerU, outerV] = [u + dx * OUTSIDE, v + dy * OUTSIDE];
      if (isInside(outerU, outerV)) {
        drops[place] = at(density, u - dx * INSIDE, v - dy * INSIDE) - at(density, outerU, outerV);
      }
      gain[place] = enclosed / unit + EDGE * drops[place]!;
    }
  });
  const radii = closedPath(gain, longest);
  let contrast = 0;
  const atEdge: boolean[] = [];
  directions.forEach(([dx, dy], direction) => {
    const radius = radii[direction]!;
    contrast += drops[direction * longest + radius]! / DIRECTIONS;
    atEdge.push(!isInside(x + dx * (radius + 2), y + dy * (radius + 2)));
  });
  return {x, y, radii, contrast, cutOff: longestRun(atEdge) / DIRECTIONS};
}

/** Length of the longest run of true values in a ring. */
function longestRun(ring: readonly boolean[]): number {
  let [longest, run] = [0, 0];
  for (const value of [...ring, ...ring]) {
    run = value ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return Math.min(longest, ring.length);
}

/** The density between pixels, bilinear. */
function at({data, width, height}: Density, u: number, v: number): number {
  const [i, j] = [Math.max(0, Math.min(width - 1.001, u - 0.5)), Math.max(0, Math.min(height - 1.001, v - 0.5))];
  const [left, top] = [Math.floor(i), Math.floor(j)];
  const [across, down] = [i - left, j - top];
  const n = top * width + left;
  const upper = data[n]! * (1 - across) + data[n + 1]! * across;
  return upper * (1 - down) + (data[n + width]! * (1 - across) + data[n + width + 1]! * across) * down;
}

/** The path of largest gain that goes round: two turns are solved, and the middle one of them closes. */
function closedPath(gain: Float32Array, longest: number): Float32Array {
  const turns = 2 * DIRECTIONS;
  const moves = new Int8Array(turns * longest);
  let best = new Float32Array(longest);
  for (let step = 0; step < turns; step++) {
    const next = new Float32Array(longest).fill(-Infinity);
    const row = (step % DIRECTIONS) * longest;
    for (let radius = 0; radius < longest; radius++) {
      for (let move = -REACH; move <= REACH; move++) {
        const before = radius + move;
        if (before < 0 || before >= longest) continue;
        const value = best[before]! - STIFFNESS * move * move;
        if (value > next[radius]!) [next[radius], moves[step * longest + radius]] = [value, move];
      }
      next[radius]! += gain[row + radius]!;
    }
    best = next;
  }
  const radii = new Float32Array(DIRECTIONS);
  let radius = best.indexOf(best.reduce((most, value) => Math.max(most, value)));
  for (let step = turns - 1; step >= DIRECTIONS / 2; step--) {
    if (step < 1.5 * DIRECTIONS) radii[step % DIRECTIONS] = radius;
    radius += moves[step * longest + radius]!;
  }
  return radii;
}

function centroid({x, y, radii}: Outline): Pick<Outline, "x" | "y"> {
  let [area, u, v] = [0, 0, 0];
  directions.forEach(([dx, dy], direction) => {
    const radius = radii[direction]!;
    area += radius ** 2;
    u += (2 / 3) * radius ** 3 * dx;
    v += (2 / 3) * radius ** 3 * dy;
  });
  return {x: x + u / area, y: y + v / area};
}

/**
 * @param outline in its own picture, which has `scale` times fewer pixels a side
 * @returns the pixels within an outline
 */
export function within(
  {x, y, radii}: Pick<Outline, "x" | "y" | "radii">,
  {width, height}: Pick<Mask, "width" | "height">,
  {scale = 1}: {scale?: number} = {}
): Mask {
  const data = new Uint8Array(width * height);
  const [nearest, furthest] = [Math.min(...radii) * scale, Math.max(...radii) * scale];
  for (let v = 0, pixel = 0; v < height; v++) {
    for (let u = 0; u < width; u++, pixel++) {
      const [dx, dy] = [u + 0.5 - x * scale, v + 0.5 - y * scale];
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance > furthest) continue;
      if (distance <= nearest) {
        data[pixel] = 1;
        continue;
      }
      const turn = ((Math.atan2(dy, dx) / (2 * Math.PI) + 1) % 1) * DIRECTIONS;
      const [before, share] = [Math.floor(turn) % DIRECTIONS, turn % 1];
      const radius = (radii[before]! * (1 - share) + radii[(before + 1) % DIRECTIONS]! * share) * scale;
      data[pixel] = Number(distance <= radius);
    }
  }
  return {data, width, height};
}
