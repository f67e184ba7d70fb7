import type {MapPlaces} from "./columns.js";

/** A part of the map: a circle, or the inside of a closed line by its corners x, y, x, y, …; empty for none. */
export type Region =
  | {kind: "none"}
  | {kind: "circle"; x: number; y: number; radius: number}
  | {kind: "polygon"; corners: readonly number[]};

export const noRegion: Region = {kind: "none"};

/** Corners that a polygon may have; a longer line is thinned to so many. */
const most = 80;

/** Reads a region: three numbers are a circle's centre and radius, six or more a polygon's corners. */
export function parseRegion(text: string): Region | undefined {
  if (text === "") return noRegion;
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (numbers.some((number) => !(Math.abs(number) <= 10))) return undefined;
  if (numbers.length === 3) {
    const [x, y, radius] = numbers as [number, number, number];
    return radius > 0 ? {kind: "circle", x, y, radius} : undefined;
  }
  const fits = numbers.length >= 6 && numbers.length <= 2 * most && numbers.length % 2 === 0;
  return fits ? {kind: "polygon", corners: numbers} : undefined;
}

/** Writes a region with three decimals. */
export function formatRegion(region: Region): string {
  const round = (value: number) => String(Number(value.toFixed(3)));
  if (region.kind === "none") return "";
  return (region.kind === "circle" ? [region.x, region.y, region.radius] : region.corners).map(round).join();
}

/** A polygon of a drawn line, thinned and rounded as the address keeps it; no region where the line is too short. */
export function polygonOf(line: readonly number[]): Region {
  const points = line.length / 2;
  const every = Math.max(1, Math.ceil(points / most));
  const corners = line.filter((_, i) => Math.floor(i / 2) % every === 0);
  return (corners.length >= 6 && parseRegion(formatRegion({kind: "polygon", corners}))) || noRegion;
}

/** Whether a place lies in a region; for polygons by the even–odd rule (Shimrat 1962). */
export function isInside(region: Region, x: number, y: number): boolean {
  if (region.kind === "none") return false;
  if (region.kind === "circle") return (x - region.x) ** 2 + (y - region.y) ** 2 <= region.radius ** 2;
  const {corners} = region;
  let inside = false;
  for (let i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
    const [x1, y1, x2, y2] = [corners[i]!, corners[i + 1]!, corners[j]!, corners[j + 1]!];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** 1 for each cell that lies in a region; cells that are not on the map lie in none. */
export function cellsInside(region: Region, {x, y}: MapPlaces): Uint8Array {
  return Uint8Array.from(x, (value, i) => Number(isInside(region, value, y[i]!)));
}
