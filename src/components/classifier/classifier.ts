import type {Refusal} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import {createClassifier} from "./client.js";
import type {BackendChoice, Classifier, ClassifierOptions} from "./client.js";
import type {ModelSource} from "./download.js";
import {BACKENDS} from "./engine.js";
import type {ModelMetadata} from "./metadata.js";
import {describe, modelStatus} from "./model-status.js";
import {resultCard} from "./result-card.js";
import type {ResultCard} from "./result-card.js";
import {uploadCard} from "./upload.js";
import type {Sample} from "./upload.js";

/** Options of {@link classifierElement}. */
export interface ClassifierElementOptions {
  source: ModelSource;
  samples: Sample[];
  /** What shall compute at first. */
  backend?: BackendChoice;
  /** Told when the visitor chooses another. */
  onBackend?: (choice: BackendChoice) => void;
  /** Ends the worker and all listening. */
  signal?: AbortSignal;
  create?: (options: ClassifierOptions) => Classifier;
  document?: Document;
}

/**
 * The live classifier: the model's status, the upload card, and one card a file in the order they came. It starts to
 * load the model at once; files may be added meanwhile.
 */
export function classifierElement({
  source,
  samples,
  backend = "auto",
  onBackend = () => {},
  signal,
  create = createClassifier,
  document = globalThis.document
}: ClassifierElementOptions): HTMLElement {
  let metadata: ModelMetadata | undefined;
  let announced = "";
  const cards = new Map<ResultCard, AbortController>();

  const live = element(document, "p", {class: "visually-hidden", role: "status"});
  const announce = (sentence: string) => (live.textContent = sentence);
  const status = modelStatus({onRetry: () => classifier.load(), document});
  const menu = select<BackendChoice>(
    "Compute with",
    new Map<BackendChoice, string>([
      ["auto", "the fastest that works"],
      ...(Object.entries(BACKENDS) as [BackendChoice, string][])
    ]),
    {value: backend, document}
  );
  menu.addEventListener("input", () => {
    onBackend(menu.value);
    classifier.load(menu.value);
  });
  const results = element(document, "ol", {class: "results", "aria-label": "Results"});
  const clear = element(document, "button", {type: "button", hidden: true}, "Clear all results");
  const upload = uploadCard({
    samples,
    onFiles: (files) => files.forEach(add),
    onNothing: () => announce("Nothing was dropped that is a file. Save the picture first, then drop the file."),
    signal,
    document
  });
  clear.addEventListener("click", () => {
    for (const card of [...cards.keys()]) remove(card);
    announce("All results were removed.");
    upload.querySelector("input")!.focus();
  });

  const classifier = create({
    source,
    onModel(state) {
      if (state.state === "ready") metadata = state.metadata;
      status.update(state);
      if (state.state !== announced && state.state !== "loading") announce(describe(state));
      announced = state.state;
    }
  });
  signal?.addEventListener("abort", () => classifier.dispose());

  function add(file: File): void {
    const sample = samples.find((candidate) => candidate.file === file);
    const card = resultCard(file, {sample, onRemove: () => remove(card), document});
    const controller = new AbortController();
    cards.set(card, controller);
    results.append(card.element);
    clear.hidden = false;
    classifier.classify(file, controller.signal).then(
      (prediction) => cards.has(card) && announce(card.answer(prediction, metadata!)),
      (refusal: Refusal) => cards.has(card) && announce(card.refuse(refusal))
    );
  }

  function remove(card: ResultCard): void {
    const next = card.element.nextElementSibling ?? card.element.previousElementSibling;
    cards.get(card)!.abort();
    cards.delete(card);
    card.element.remove();
    card.dispose();
    clear.hidden = cards.size === 0;
    (next?.querySelector("button") ?? upload.querySelector("input")!).focus();
  }

  classifier.load(backend);
  return element(document, "div", {class: "classifier"}, status.element, menu, upload, clear, results, live);
}
