/** Losses and accuracies after one epoch; "valid" is measured on patients held out of the training patients. */
export interface Epoch {
  epoch: number;
  phase: "frozen" | "unfrozen";
  trainLoss: number;
  trainAccuracy: number;
  validLoss: number;
  validAccuracy: number;
  validAuc: number;
  seconds: number;
}

/** One optimiser step that was written down: a learning rate for each layer group, early layers first. */
export interface Step {
  step: number;
  epoch: number;
  learningRates: number[];
  momentum: number;
  loss: number;
}

/** One point of the learning-rate finder: the loss met while the rate was raised. */
export interface FinderPoint {
  learningRate: number;
  loss: number;
}

/** The history of training on all folds but one, as `models/resnet34/history/fold-K.json` holds it. */
export interface TrainingHistory {
  fold: number;
  recipe: Record<string, unknown>;
  /** Number of epochs at the start in which only the head was trained. */
  boundary: number;
  epochs: Epoch[];
  steps: Step[];
  learningRateFinder: FinderPoint[] | null;
}
