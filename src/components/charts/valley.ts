import type {FinderPoint} from "../../data/shapes/history.js";

/**
 * The learning rate that fastai's `valley` suggests: the middle of the second third of the longest falling run of
 * losses, where a run may leave points out. Null for fewer than two points.
 */
export function valley(points: readonly FinderPoint[]): FinderPoint | null {
  if (points.length < 2) return null;
  const lengths = points.map(() => 1);
  let end = 0;
  points.forEach(({loss}, i) => {
    for (let j = 0; j < i; j++) if (loss < points[j]!.loss) lengths[i] = Math.max(lengths[i]!, lengths[j]! + 1);
    if (lengths[i]! > lengths[end]!) end = i;
  });
  const start = end - lengths[end]!;
  const third = (end - start) / 3;
  return points[Math.max(0, start + Math.floor(third) + Math.floor(third / 2))] ?? null;
}
