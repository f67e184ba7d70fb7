import type {EpochFlips, Flip, TrainingFlips} from "../../../../src/data/shapes/flips.js";

const flip = (cell: number, before: number, after: number, rest: Partial<Flip> = {}): Flip => ({
  cell,
  file: `C${cell}_IMG_1_cell_${cell}.png`,
  label: "uninfected",
  disputed: false,
  before,
  after,
  width: 1,
  height: 0.5,
  slot: cell,
  ...rest
});

/** Two epochs: the first flips three answers of disputed and other cells, the second one back. */
export const epochs: EpochFlips[] = [
  {
    epoch: 2,
    toRight: [flip(17, 0.9, 0.2), flip(1, 0.6, 0.4, {slot: null})],
    toWrong: [flip(0, 0.8, 0.3, {label: "parasitized", disputed: true, height: 1})]
  },
  {epoch: 3, toRight: [], toWrong: [flip(17, 0.2, 0.7)]}
];

/** A training of 40 validation cells that flipped these. */
export const flips: TrainingFlips = {
  model: "student",
  fold: 0,
  cells: 40,
  epochs,
  right: 38,
  agreeing: 39,
  side: 50,
  columns: 16,
  pictures: 18
};
