import {LABORATORIES} from "../laboratories/cells.js";
import {replacePart} from "../readme-part.js";
import {ROOM} from "./fit.js";
import type {Room} from "./fit.js";

/** What is tried: the room that is shipped, and less of one kind at a time. */
export const ROOMS: readonly Room[] = [
  ...[0.25, 0.3, 0.35].map((dyes) => ({...ROOM, dyes})),
  ...[1, 1.1, 1.2].map((distances) => ({...ROOM, distances})),
  ROOM
];

/** What share of each laboratory's cells is refused by a gate that never met it and leaves so much room. */
export interface TriedRoom extends Room {
  /** 0…1 by the laboratory's name in `laboratories.json`. */
  refused: Record<string, number>;
}

/**
 * Puts what was tried into a text, between its two markers, one line each.
 * @throws Error if a marker is missing
 */
export function fillRooms(text: string, tried: readonly TriedRoom[]): string {
  const names = Object.keys(tried[0]?.refused ?? {});
  const lines = [
    `| dyes reach further down by | distances by | ${names.map((name) => LABORATORIES[name]!.title).join(" | ")} |`,
    `|---|---|${names.map(() => "---|").join("")}`,
    ...tried.map(
      ({dyes, distances, refused}) =>
        `| ${dyes} | × ${distances} | ${names.map((name) => refused[name]!.toFixed(3)).join(" | ")} |`
    )
  ];
  return replacePart(text, "room: npm run gate", `${lines.join("\n")}\n`, "models/README.md");
}
