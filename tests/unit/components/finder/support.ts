/** A square picture of discs on a ground that is darker towards the lower right, as a lamp's light falls off. */
export function shade(side: number, discs: {x: number; y: number; radius: number; pale?: number}[]) {
  const data = new Uint8ClampedArray(side * side * 3);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const lamp = 1 - (0.12 * (x + y)) / (2 * side);
      const inside = discs.find((disc) => Math.hypot(x + 0.5 - disc.x, y + 0.5 - disc.y) < disc.radius);
      const isPale = inside?.pale !== undefined && Math.hypot(x + 0.5 - inside.x, y + 0.5 - inside.y) < inside.pale;
      data.set(
        (inside && !isPale ? [190, 120, 140] : [235, 228, 232]).map((value) => value * lamp),
        at
      );
    }
  }
  return {data, width: side, height: side, channels: 3 as const};
}
