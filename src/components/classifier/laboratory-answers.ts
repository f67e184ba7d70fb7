import {atLaboratory, deviceStore, keepLaboratory, readKeptLaboratory} from "../laboratory/kept-laboratory.js";
import type {TextStore} from "../laboratory/kept-laboratory.js";
import {laboratoryPanel} from "../laboratory/laboratory-panel.js";
import type {Classifier} from "./client.js";
import type {Answer} from "./entries.js";
import {networkTitle} from "./networks.js";

/** Options of {@link laboratoryAnswers}. */
export interface LaboratoryAnswersOptions {
  classifier: Pick<Classifier, "classify">;
  /** Whether a file is one of the data set's cells, of which the model's own threshold holds. */
  isKnown: (file: Blob) => boolean;
  store?: TextStore | undefined;
}

/** Answers about the visitor's own files at the threshold of the own laboratory, where one is kept. */
export interface LaboratoryAnswers extends Pick<Classifier, "classify"> {
  /** Where that threshold is set and removed. */
  element: HTMLElement;
}

/** Has files classified at the own laboratory's threshold, and shows where it is set. */
export function laboratoryAnswers({
  classifier,
  isKnown,
  store = deviceStore()
}: LaboratoryAnswersOptions): LaboratoryAnswers {
  let laboratory = readKeptLaboratory(store);

  async function ask(file: File, signal: AbortSignal): Promise<readonly Answer[]> {
    const early: Answer[] = [];
    const answer = await classifier.classify(file, {signal, onEarly: (said) => early.push(said)});
    return [...early, answer];
  }

  const panel = laboratoryPanel({
    laboratory,
    ask,
    titleOf: ({network}) => networkTitle((network as Answer["network"]).metadata),
    onChange: (next) => keepLaboratory(store, (laboratory = next))
  });
  return {
    element: panel,
    async classify(file, options = {}) {
      const move = (answer: Answer) => (isKnown(file) ? answer : atLaboratory(answer, laboratory));
      const {onEarly = () => {}} = options;
      return move(await classifier.classify(file, {...options, onEarly: (early) => onEarly(move(early))}));
    }
  };
}
