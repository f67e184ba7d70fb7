/** A composed field, whose every cell is known. */
export interface ComposedField {
  /** Name of its picture in `samples/smear/`, without its ending. */
  name: string;
  cells: number;
  parasitized: number;
  /** Of its file. */
  sha256: string;
}

/** A photograph of another laboratory that is offered for trying out. */
export interface SamplePhotograph {
  laboratory: string;
  /** Its file in the laboratory's archive. */
  image: string;
  credit: string;
  licence: string;
  /** Cells that its people boxed, and those of them that they call parasitized. */
  cells: number;
  parasitized: number;
  /** Of its file. */
  sha256: string;
}

/** Healthy cells of a laboratory, and how many of them a network called parasitized: not whole where that is a rounded share. */
export interface HealthyCells {
  laboratory: string;
  cells: number;
  falseAlarms: number;
}

/** What a network did on cells whose class is known. */
export interface Measured {
  /** Laboratory by laboratory: they differ more than chance. */
  healthy: HealthyCells[];
  /** Share of parasitized cells that it calls so, 0…1; null where that was not measured. */
  sensitivity: number | null;
}
