/** Counts of both labels, bin by bin: [parasitized, uninfected, parasitized, …]. */
export type LabelledCounts = ArrayLike<number>;

/** The largest count, at least 1. */
export function largest(counts: LabelledCounts): number {
  let most = 1;
  for (let i = 0; i < counts.length; i++) if (counts[i]! > most) most = counts[i]!;
  return most;
}

/**
 * The outline of mirrored bars as SVG path data: parasitized above the middle, uninfected below it; one path a label or
 * both in one.
 *
 * @param options.order which bin stands at each place; all in their order when left out
 * @param options.labels 0 for parasitized, 1 for uninfected
 */
export function barPath(
  counts: LabelledCounts,
  {
    width,
    middle,
    most,
    order,
    labels
  }: {width: number; middle: number; most: number; order?: ArrayLike<number>; labels: readonly (0 | 1)[]}
): string {
  const bars = order?.length ?? counts.length / 2;
  const step = width / bars;
  let path = "";
  for (let place = 0; place < bars; place++) {
    const bin = order ? order[place]! : place;
    for (const label of labels) {
      const count = counts[2 * bin + label]!;
      if (count === 0) continue;
      // A bar of few cells beside one of many still shows as a hair.
      const height = Math.max(0.5, ((middle - 1) * count) / most).toFixed(1);
      path += `M${(place * step).toFixed(2)},${middle}h${step.toFixed(2)}v${label === 0 ? `-${height}` : height}h-${step.toFixed(2)}z`;
    }
  }
  return path;
}
