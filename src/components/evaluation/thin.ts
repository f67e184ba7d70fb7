/**
 * Leaves out points of a line that lie within `distance` of the last one kept, in either coordinate; the first and the
 * last stay. Nobody can see them, and a browser draws thousands of them slowly.
 */
export function thin<T>(points: readonly T[], at: (point: T) => [x: number, y: number], distance = 0.001): T[] {
  let last: [number, number] | null = null;
  return points.filter((point, i) => {
    const [x, y] = at(point);
    const far = !last || Math.abs(x - last[0]) > distance || Math.abs(y - last[1]) > distance;
    if (far || i === points.length - 1) last = [x, y];
    return far || i === points.length - 1;
  });
}
