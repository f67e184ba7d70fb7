import type {PadMode} from "./types.js";

/** The pixel position (0 = centre of the first pixel) of coordinate `g` in −1…1 along a side of `n` pixels. */
export function unnormalise(g: number, n: number, alignCorners: boolean): number {
  return alignCorners ? ((g + 1) / 2) * (n - 1) : ((g + 1) * n - 1) / 2;
}

/**
 * Brings pixel position `t` into 0…n−1 as PyTorch's `grid_sample` does.
 *
 * Reflection mirrors at the centres of the border pixels (`alignCorners`, the border pixel is not repeated) or at their
 * outer edges; `border` clamps; `zeros` leaves `t` where it is.
 */
export function fold(t: number, n: number, padMode: PadMode, alignCorners: boolean): number {
  if (padMode === "zeros") return t;
  if (padMode === "reflection") t = reflect(t, n, alignCorners);
  return t < 0 ? 0 : t > n - 1 ? n - 1 : t;
}

function reflect(t: number, n: number, alignCorners: boolean): number {
  const low = alignCorners ? 0 : -0.5;
  const span = alignCorners ? n - 1 : n;
  if (t >= low && t <= low + span) return t;
  if (span === 0) return 0;
  const distance = Math.abs(t - low);
  const turns = Math.floor(distance / span);
  const rest = distance - turns * span;
  return low + (turns % 2 === 0 ? rest : span - rest);
}
