/** How well the red cells of whole fields were found; shares in 0…1, null where there is nothing to tell them from. */
export interface FindingFigures {
  fields: number;
  /** Red cells that a person boxed, wholly inside. */
  cells: number;
  precision: number;
  recall: number;
  /** At an overlap (intersection over union) of a half, and of three quarters. */
  f1: number;
  f1Strict: number;
  /** Median over the fields of how far the count is off, as a share. */
  medianCountError: number | null;
}

/** How well a network tells infected from healthy cells among those that were found. */
export interface JudgingFigures {
  infected: number;
  healthy: number;
  specificity: number | null;
  auc: number | null;
  sensitivity: number | null;
  sensitivityAt1Percent: number | null;
  sensitivityAt01Percent: number | null;
}

/** A field's infected cells: those that a person boxed, and those that were found and called. */
export interface FieldParasitaemia {
  field: string;
  /** Boxed cells, and the infected ones among them. */
  cells: number;
  infected: number;
  /** Cells that were found and judged, and those of them that ResNet-34 calls parasitized. */
  told: number;
  called: number;
}

/** What was measured on a laboratory's whole fields. */
export interface FieldLaboratory {
  laboratory: string;
  title: string;
  /** Whether every cell has its box: else precision and count say nothing. */
  isComplete: boolean;
  /** Whether other fields of this laboratory taught the finder; those measured here never did. */
  tookPart: boolean;
  finding: FindingFigures;
  judged: {boxed: {infected: number; healthy: number}; student: JudgingFigures; resnet34: JudgingFigures};
  /** Of fields with infected cells only. */
  parasitaemia?: FieldParasitaemia[];
}

/** What `models/finder/report.json` holds. */
export interface FieldsReport {
  /** sha256 of the finder's metadata.json. */
  finder: string;
  laboratories: FieldLaboratory[];
  /** Laboratories measured with a finder that was trained without any of their fields, in `steps` steps. */
  leftOut?: (FieldLaboratory & {steps: number})[];
}

/** A table of what a report says: its caption, and a cell a column in each row. */
export interface FieldTable {
  caption: string;
  rows: Record<string, string | number>[];
}

/** What pages are told of whole fields: the report, and its tables. */
export interface MeasuredFields {
  report: FieldsReport;
  tables: FieldTable[];
}
