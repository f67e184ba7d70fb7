/** A composed field, whose every cell is known. */
export interface ComposedField {
  /** Name of its picture in `samples/smear/`, without its ending. */
  name: string;
  cells: number;
  parasitized: number;
}

/** What a network did on cells of other laboratories, whose class is known. */
export interface Measured {
  /** Healthy cells, and how many of them it called parasitized: not whole where they are sums of rounded shares. */
  cells: number;
  falseAlarms: number;
  /** Share of parasitized cells that it calls so, 0…1. */
  sensitivity: number;
  /** Laboratories that the healthy cells come from. */
  laboratories: number;
}
