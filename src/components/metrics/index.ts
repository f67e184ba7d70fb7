/** Figures of a classifier that calls cells parasitized (label 1, the positive class) at score ≥ threshold. */
export * from "./bootstrap.js";
export * from "./calibration.js";
export type {Scores} from "./check.js";
export * from "./classification-report.js";
export * from "./comparison.js";
export * from "./confusion-matrix.js";
export * from "./curves.js";
export * from "./operating-points.js";
export * from "./patients.js";
export * from "./score-index.js";
export * from "./statistics.js";
