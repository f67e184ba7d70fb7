import {readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path/posix";
import {fileURLToPath} from "node:url";
import {listFiles} from "./files.js";
import {reachable} from "./join-parts.js";

/** Where the picture lies that CONTRIBUTING shows. */
export const architectureFile = "src/assets/architecture.svg";

const imported = /(?:\bfrom\s+|\bimport\s*\(?\s*|\bimport\.meta\.resolve\(|\bFileAttachment\()"(\.{1,2}\/[^"]+)"/g;
const typeImports = /^(?:import|export) type [^;]*;$/gm;
const [boxWidth, boxHeight, gapX, gapY] = [112, 30, 16, 44];

/**
 * The room that a source lies in; undefined for what is in none. What loaders and pages share is one of its own, and so is
 * what measures models with an engine of the site.
 */
function roomOf(file: string): string | undefined {
  if (file.startsWith("src/data/")) return file.startsWith("src/data/shapes/") ? "shapes" : "loaders";
  if (file.startsWith("models/")) return file.includes("/", 7) ? "tools" : "models";
  if (file.startsWith("src/build/")) return file.startsWith("src/build/browser/") ? "tools" : "build";
  return /^src\/components\/([^/]+)\//.exec(file)?.[1] ?? (file.startsWith("src/pages/") ? "pages" : undefined);
}

/**
 * Which places import from which, types aside, by the sources of `src` and `models`.
 * @param placeOf where a source belongs, by its path; undefined where it is left out
 * @returns places by name, with what each takes; none takes from itself
 */
export async function readImports(placeOf: (file: string) => string | undefined): Promise<Map<string, Set<string>>> {
  const places = new Map<string, Set<string>>();
  const files = [...(await listFiles("src")), ...(await listFiles("models"))];
  for (const file of files.filter((name) => /\.(ts|md)$/.test(name) && !/\.observablehq|\/assembly\//.test(name))) {
    const place = placeOf(file);
    if (!place) continue;
    const taken = places.get(place) ?? new Set();
    places.set(place, taken);
    for (const [, name] of readFileSync(file, "utf8").replace(typeImports, "").matchAll(imported)) {
      const other = placeOf(join(dirname(file), name!.replace(/\.js$/, ".ts")));
      if (other && other !== place) taken.add(other);
    }
  }
  return new Map([...places].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Which rooms import from which. */
export const readRooms = () => readImports(roomOf);

/** Rooms, or other places, that can be reached from `room` by imports; itself among them where they go in a circle. */
export function reach(rooms: ReadonlyMap<string, ReadonlySet<string>>, room: string): Set<string> {
  return reachable(rooms.get(room) ?? [], (each) => rooms.get(each) ?? []);
}

/**
 * Draws rooms as boxes, each above all that it takes from, in the colour of the text around; there must be no circle. An
 * arrow is left out where others lead the same way.
 */
export function drawRooms(rooms: ReadonlyMap<string, ReadonlySet<string>>): string {
  const reached = new Map([...rooms.keys()].map((room) => [room, reach(rooms, room)]));
  const depths = new Map<string, number>();
  const depthOf = (room: string): number => {
    const depth = depths.get(room) ?? 1 + Math.max(-1, ...[...reached.get(room)!].map(depthOf));
    depths.set(room, depth);
    return depth;
  };
  const highest = Math.max(...[...rooms.keys()].map(depthOf));
  const lines = Array.from({length: highest + 1}, (_, n) =>
    [...rooms.keys()].filter((room) => depthOf(room) === highest - n)
  );
  const width = Math.max(...lines.map(({length}) => length)) * (boxWidth + gapX) + gapX;
  const height = lines.length * (boxHeight + gapY) - gapY + 2 * gapX;
  const places = new Map(
    lines.flatMap((line, n) =>
      line.map((room, i) => {
        const x = width / 2 + (i - (line.length - 1) / 2) * (boxWidth + gapX);
        return [room, {x: Math.round(x), y: gapX + n * (boxHeight + gapY)}] as const;
      })
    )
  );
  const direct = [...rooms].flatMap(([room, taken]) =>
    [...taken]
      .filter((other) => ![...taken].some((between) => between !== other && reached.get(between)!.has(other)))
      .map((other) => [room, other] as const)
  );
  const arrows = direct.map(([from, to]) => {
    const [a, b] = [places.get(from)!, places.get(to)!];
    const [start, end] = [a.y + boxHeight, b.y - 2];
    const bend = Math.round((end - start) / 2);
    return `<path d="M${a.x} ${start}C${a.x} ${start + bend} ${b.x} ${end - bend} ${b.x} ${end}"/>`;
  });
  const boxes = [...places].map(
    ([room, {x, y}]) =>
      `<rect x="${x - boxWidth / 2}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="8"/><text x="${x}" y="${y + 20}">${room}</text>`
  );
  const words = [...rooms].map(([room, taken]) => `${room} takes from ${[...taken].sort().join(", ") || "no other"}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">
<title id="t">Rooms of the house and what they take from each other</title>
<desc id="d">${words.join("; ")}.</desc>
<style>
svg { color: #1d1d1f; }
@media (prefers-color-scheme: dark) { svg { color: #e8e8ea; } }
text { fill: currentColor; text-anchor: middle; }
rect, path { fill: none; stroke: currentColor; }
path { stroke-opacity: 0.5; marker-end: url(#a); }
</style>
<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" style="fill: currentColor; stroke: none; marker-end: none"/></marker></defs>
${[...arrows, ...boxes].join("\n")}
</svg>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(architectureFile, drawRooms(await readRooms()));
