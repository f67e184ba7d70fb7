/** What lies at a place of a field. "cut": cut off by the picture's edge; "clump": cells that cannot be parted. */
export type Kind = "red" | "white" | "platelet" | "clump" | "cut";

/** One thing found. Lengths in pixels of the upright picture, `x` and `y` its centre. */
export interface FoundCell {
  kind: Kind;
  x: number;
  y: number;
  width: number;
  height: number;
  /** 0…1. */
  certainty: number;
  /** x, y pairs, clockwise, closed implicitly. */
  outline: Float32Array;
}
