import type {Refusal} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import {createClassifier} from "./client.js";
import type {BackendChoice, Classifier, ClassifierOptions} from "./client.js";
import type {ModelSource} from "./download.js";
import {BACKENDS} from "./engine.js";
import type {Entry} from "./entries.js";
import type {ModelMetadata} from "./metadata.js";
import {describe, modelStatus} from "./model-status.js";
import type {Reading} from "./protocol.js";
import {resultCard} from "./result-card.js";
import type {ResultCard} from "./result-card.js";
import {resultsTable} from "./results-table.js";
import {uploadCard} from "./upload.js";
import type {Sample} from "./upload.js";

/** Files chosen at once up to which each gets a card of its own; more go into the table. */
const MOST_CARDS = 30;
/** Milliseconds between two drawings of the table. */
const REFRESH = 200;

/** Options of {@link classifierElement}. */
export interface ClassifierElementOptions {
  source: ModelSource;
  samples: Sample[];
  /** What is said under each map of how far such maps can be trusted. */
  mapNote?: string;
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
 * The live classifier: the model's status, the upload card, one card a file in the order they came (none of its own where many come at once),
 * and a table of them all. It starts to
 * load the model at once; files may be added meanwhile.
 */
export function classifierElement({
  source,
  samples,
  mapNote = "",
  backend = "auto",
  onBackend = () => {},
  signal,
  create = createClassifier,
  document = globalThis.document
}: ClassifierElementOptions): HTMLElement {
  let metadata: ModelMetadata | undefined;
  let announced = "";
  let entries: Entry[] = [];
  const queued = new Map<Entry, AbortController>();
  const cards = new Map<ResultCard, Entry>();

  const live = element(document, "p", {class: "visually-hidden", role: "status"});
  const announce = (sentence: string) => (live.textContent = sentence);
  const status = modelStatus({onRetry: () => classifier.load(), document});
  const menu = select<BackendChoice>(
    "Compute with",
    new Map<BackendChoice, string>([
      ["auto", "what works best"],
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
    onFiles: add,
    onNothing: () => announce("Nothing was dropped that is a file. Save the picture first, then drop the file."),
    signal,
    document
  });
  clear.addEventListener("click", () => {
    cancel();
    for (const card of [...cards.keys()]) drop(card);
    entries = [];
    refresh();
    announce("All results were removed.");
    upload.querySelector("input")!.focus();
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  const table = resultsTable({
    entries: () => entries,
    metadata: () => metadata,
    sha256: source.sha256,
    onShow(entry) {
      let card = [...cards].find(([, shown]) => shown === entry)?.[0];
      if (!card) fill((card = show(entry)), entry);
      card.element.querySelector("button")!.focus();
    },
    onCancel() {
      cancel();
      announce("What waited was taken out of the queue.");
    },
    document
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

  function add(files: File[]): void {
    const added = files.map((file): Entry => ({file}));
    entries = [...entries, ...added];
    const many = added.length > MOST_CARDS;
    if (many) table.element.setAttribute("open", "");
    let left = added.length;
    for (const entry of added) {
      if (!many) show(entry);
      ask(entry, () => {
        left -= 1;
        if (many && left === 0) announce(`All ${added.length} files are done.`);
      });
    }
    refresh();
  }

  function ask(entry: Entry, settled: () => void, reading?: Reading): void {
    const controller = new AbortController();
    queued.set(entry, controller);
    const settle = (outcome: Partial<Entry>) => {
      if (queued.get(entry) !== controller) return;
      queued.delete(entry);
      Object.assign(entry, outcome);
      for (const [card, shown] of cards) if (shown === entry) announce(fill(card, entry));
      settled();
      refresh();
    };
    classifier.classify(entry.file, controller.signal, reading).then(
      (prediction) => settle({prediction}),
      (refusal: Refusal) => settle({refusal})
    );
  }

  /** Asks for a file that has an answer or a refusal once more, read in another way. */
  function again(entry: Entry, reading: Reading): void {
    queued.get(entry)?.abort();
    delete entry.prediction;
    delete entry.refusal;
    ask(entry, () => {}, reading);
    refresh();
  }

  function show(entry: Entry): ResultCard {
    const {file} = entry;
    const sample = samples.find((candidate) => candidate.file === file);
    const card: ResultCard = resultCard(file, {
      sample,
      mapNote,
      onRemove: () => remove(card),
      onViews: (cell) => classifier.views(cell),
      onExplain: (cell, shuffled) => classifier.explain(cell, shuffled),
      onAgain: (reading) => again(entry, reading),
      document
    });
    cards.set(card, entry);
    results.append(card.element);
    clear.hidden = false;
    return card;
  }

  function fill(card: ResultCard, {prediction, refusal}: Entry): string {
    if (prediction) return card.answer(prediction, metadata!);
    return card.refuse(refusal!);
  }

  function remove(card: ResultCard): void {
    const next = card.element.nextElementSibling ?? card.element.previousElementSibling;
    const entry = cards.get(card)!;
    queued.get(entry)?.abort();
    queued.delete(entry);
    entries = entries.filter((other) => other !== entry);
    drop(card);
    refresh();
    (next?.querySelector("button") ?? upload.querySelector("input")!).focus();
  }

  function drop(card: ResultCard): void {
    cards.delete(card);
    card.element.remove();
    card.dispose();
  }

  /** Takes what waits out of the queue; what is under way is no longer waited for. */
  function cancel(): void {
    for (const [entry, controller] of queued) {
      controller.abort();
      entry.refusal = {code: "cancelled", message: "Taken out of the queue. Choose it again to have it classified."};
      for (const [card, shown] of cards) if (shown === entry) fill(card, entry);
    }
    queued.clear();
    refresh();
  }

  /** Draws the table anew, not more often than people can follow. */
  function refresh(): void {
    clear.hidden = entries.length === 0;
    if (queued.size === 0) {
      clearTimeout(timer);
      timer = undefined;
      table.update();
    } else
      timer ??= setTimeout(() => {
        timer = undefined;
        table.update();
      }, REFRESH);
  }

  classifier.load(backend);
  return element(
    document,
    "div",
    {class: "classifier"},
    status.element,
    menu,
    upload,
    clear,
    table.element,
    results,
    live
  );
}
