import type {TrainingHistory} from "../../data/shapes/history.js";
import {formatCount, formatList, formatPercent} from "../ui/format.js";

/** How long a network learned, with the recipe's two parts: "6 epochs (1 of the new head alone, then 5 of all layers)". */
export function epochWords(count: number, {frozenEpochs}: Record<string, unknown>): string {
  const frozen = Number(frozenEpochs);
  if (!(frozen > 0)) return `${count} epochs`;
  return `${count} epochs (${frozen} of the new head alone, then ${count - frozen} of all layers)`;
}

/** How a further pass over other laboratories' cells went and what of it was kept, or that there was none. */
export function furtherWords(histories: readonly Pick<TrainingHistory, "further">[]): string {
  const [recipe] = histories.flatMap(({further}) => (further ? [further.recipe] : []));
  if (!recipe) return "These networks learned from this set's cells alone.";
  const names = Object.values(recipe.laboratories).map(({title}) => title);
  const own = recipe.homeCells ? `${formatCount(recipe.homeCells)} cells of this set` : "the cells of this set";
  return (
    `Each network then went on for one more epoch, on ${own} and on cells of ${formatList(names)}, ` +
    `whose stain was brought to this set's. What is kept lies ${formatPercent(recipe.share, 0)} of the way from the weights ` +
    "before that epoch to those after it: such an average often does better than either (Wortsman et al. 2022)."
  );
}

/** The laboratories whose cells a further pass learned from, a row each; none without one. */
export function furtherRows(histories: readonly Pick<TrainingHistory, "further">[]) {
  const [recipe] = histories.flatMap(({further}) => (further ? [further.recipe] : []));
  return Object.values(recipe?.laboratories ?? {}).map(({title, licence, cells}) => ({
    laboratory: title,
    licence,
    cells
  }));
}

/** In which epochs of all folds the training loss lies above the validation loss, in words. */
export function lossOrder(histories: readonly Pick<TrainingHistory, "epochs">[]): string {
  const all = histories.flatMap(({epochs}) => epochs);
  const above = all.filter(({trainLoss, validLoss}) => trainLoss > validLoss).length;
  return above === all.length ? "from the first epoch to the last" : `in ${above} of ${all.length} epochs`;
}
