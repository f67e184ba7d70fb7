/** A validation cell whose answer an epoch of training flipped, and by how much. */
export interface Flip {
  /** The cell's place in the manifest. */
  cell: number;
  file: string;
  label: "parasitized" | "uninfected";
  /** A second reader names the other class. */
  disputed: boolean;
  /** P(parasitized) after the epoch before, and after this one. */
  before: number;
  after: number;
  /** The proportions of the full-size crop in a square of side 1; those of the square where its size is not known. */
  width: number;
  height: number;
  /** Where the cell lies on the sheet of pictures, counted from 0; null where it is not on it. */
  slot: number | null;
}

/** The side to which an epoch flipped a cell. */
export type FlipSide = "toRight" | "toWrong";

/** What one epoch flipped among the validation cells; those that moved furthest come first. */
export interface EpochFlips extends Record<FlipSide, Flip[]> {
  epoch: number;
}

/** What each epoch of a training flipped, from the second on. An answer is right on the label's side of ½. */
export interface TrainingFlips {
  /** The folder of the model under `models/`. */
  model: string;
  fold: number;
  /** Validation cells. */
  cells: number;
  epochs: EpochFlips[];
  /** Validation cells that are answered rightly after the last epoch. */
  right: number;
  /** Cells that the last epoch puts on the same side of ½ as the network that is shipped does. */
  agreeing: number;
  /** Sheet of pictures: the side of each in pixels, how many lie side by side, and how many there are. */
  side: number;
  columns: number;
  pictures: number;
}
