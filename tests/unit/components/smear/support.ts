import type {SmearCell, SmearField, SmearNetworks} from "../../../../src/components/smear/review.js";

/** Networks with different thresholds. */
export const networks: SmearNetworks = {
  student: {
    labels: ["parasitized", "uninfected"],
    positive: "parasitized",
    threshold: 0.4,
    abstain: [0.3, 0.5],
    commit: "abc",
    sha256: "11"
  },
  resnet34: {
    labels: ["parasitized", "uninfected"],
    positive: "parasitized",
    threshold: 0.6,
    abstain: [0.55, 0.65],
    commit: "def",
    sha256: "22"
  }
};

/** A red cell as found, a square of 20 pixels for its outline. */
export function cellAt(x: number, y: number, more: Partial<SmearCell> = {}): SmearCell {
  const outline = Float32Array.from([x - 10, y - 10, x + 10, y - 10, x + 10, y + 10, x - 10, y + 10]);
  const shape = {kind: "red", x, y, width: 20, height: 20, certainty: 0.9, outline} as const;
  return {...shape, probabilities: {}, mark: null, ...more};
}

/** A cell that both networks have judged. */
export const judgedAt = (x: number, y: number, p: number, more: Partial<SmearCell> = {}) =>
  cellAt(x, y, {probabilities: {student: p, resnet34: p}, ...more});

/** A field of 200 × 100 pixels. */
export function fieldWith(cells: readonly SmearCell[], more: Partial<SmearField> = {}): SmearField {
  return {
    name: "field.jpg",
    sha256: "a".repeat(64),
    width: 200,
    height: 100,
    diameter: 20,
    cells,
    networks,
    doubts: [],
    ...more
  };
}
