/** Figures of a classifier that calls cells parasitized (label 1, the positive class) at score ≥ threshold. */
export type {BootstrapOptions, Interval} from "./bootstrap.js";
export {drawPatients, patientBand, patientBootstrap, patientMatrixBootstrap, percentileInterval} from "./bootstrap.js";
export type {CalibrationBin, CalibrationOptions} from "./calibration.js";
export {
  applyTemperature,
  brierScore,
  calibrationCurve,
  expectedCalibrationError,
  fitTemperature,
  logLoss
} from "./calibration.js";
export type {Scores} from "./check.js";
export type {ClassificationReport, ReportLine} from "./classification-report.js";
export {classificationReport, formatClassificationReport} from "./classification-report.js";
export type {DiscordantPairs, McNemar} from "./comparison.js";
export {discordantPairs, mcnemar, wilsonInterval} from "./comparison.js";
export type {ConfusionMatrix, PrevalenceOptions} from "./confusion-matrix.js";
export {
  accuracy,
  balancedAccuracy,
  confusionMatrix,
  f1,
  matthewsCorrelation,
  negativePredictiveValue,
  negativePredictiveValueAtPrevalence,
  precision,
  precisionAtPrevalence,
  sensitivity,
  specificity,
  sumMatrices
} from "./confusion-matrix.js";
export type {PrecisionRecallCurve, RocCurve} from "./curves.js";
export {averagePrecision, precisionOnGrid, precisionRecallCurve, rocArea, rocCurve, rocOnGrid} from "./curves.js";
export type {RocPoint} from "./operating-points.js";
export {
  lowestCostPoint,
  operatingPoint,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
  youdenPoint
} from "./operating-points.js";
export type {PatientFigures, PatientIndex, PatientMean} from "./patients.js";
export {patientFigures, patientIndex, patientMatrices, patientMean} from "./patients.js";
export type {ScoreIndex} from "./score-index.js";
export {reweigh, scoreIndex} from "./score-index.js";
export {complementaryError, quantileSorted, random, rankCorrelation} from "./statistics.js";
