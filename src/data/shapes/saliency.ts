/** What a network's answer to a cell is, by the cell's label. */
export const answerKinds = ["found", "missed", "alarms", "cleared"] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** A cell and the map over it. */
export interface MappedCell {
  file: string;
  disputed: boolean;
  /** Calibrated P(parasitized), 0…1: the height of the map's peak. */
  chance: number;
  /** Where the map's peak lies against the stained parasite; `none` where there is no stain or no map. */
  peak: "on" | "beside" | "away" | "none";
  /** The cell, and the map over it: WebP, base64. */
  cell: string;
  map: string;
}

/** How the maps of one kind of answer lie, and some of them. */
export interface MappedKind {
  kind: AnswerKind;
  /** Maps that were made; cells among them with a stained parasite by the rule, and peaks on it. */
  cells: number;
  withStain: number;
  onStain: number;
  examples: MappedCell[];
}

/** What `saliency-gallery.json` of a model holds. */
export interface SaliencyGallery {
  command: string;
  /** The network that made them, and the fold whose patients it never saw. */
  modelSha256: string;
  fold: number;
  threshold: number;
  seed: number;
  /** Side of the pictures in pixels. */
  side: number;
  kinds: MappedKind[];
}
