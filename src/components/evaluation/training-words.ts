import type {TrainingHistory} from "../../data/shapes/history.js";

/** How long a network learned, with the recipe's two parts: "6 epochs (1 of the new head alone, then 5 of all layers)". */
export function epochWords(count: number, {frozenEpochs}: Record<string, unknown>): string {
  const frozen = Number(frozenEpochs);
  if (!(frozen > 0)) return `${count} epochs`;
  return `${count} epochs (${frozen} of the new head alone, then ${count - frozen} of all layers)`;
}

/** In which epochs of all folds the training loss lies above the validation loss, in words. */
export function lossOrder(histories: readonly Pick<TrainingHistory, "epochs">[]): string {
  const all = histories.flatMap(({epochs}) => epochs);
  const above = all.filter(({trainLoss, validLoss}) => trainLoss > validLoss).length;
  return above === all.length ? "from the first epoch to the last" : `in ${above} of ${all.length} epochs`;
}
