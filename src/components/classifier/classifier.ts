import type {ModelSource} from "../engine/download.js";
import {BACKENDS} from "../engine/engine.js";
import type {Refusal} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {select} from "../ui/inputs.js";
import {isBesidePictures} from "./chosen-files.js";
import type {ChosenFile} from "./chosen-files.js";
import {createClassifier} from "./client.js";
import type {BackendChoice, Classifier, ClassifierOptions} from "./client.js";
import {createEntry, repeatsOf} from "./entries.js";
import type {Answer, Entry} from "./entries.js";
import {describe, modelStatus} from "./model-status.js";
import type {ModelStatus} from "./model-status.js";
import {CHOICES, NETWORKS} from "./networks.js";
import type {NetworkChoice, NetworkName} from "./networks.js";
import type {Reading} from "./prepare-picture.js";
import type {ModelState} from "./protocol.js";
import {resultCard} from "./result-card.js";
import type {ResultCard} from "./result-card.js";
import type {ResultsTable} from "./results-table.js";
import {uploadCard} from "./upload.js";
import type {Sample} from "./upload.js";

/** Files chosen at once up to which each gets a card of its own; more go into the table. */
const MOST_CARDS = 30;
/** Milliseconds between two drawings of the table. */
const REFRESH = 200;
/** Files taken in at a time, so that thousands do not hold the page up. */
const SLICE = 250;
/** Most files taken of one choice. */
const MOST_FILES = 100_000;

/** What files that were cancelled are told. */
const CANCELLED = {
  code: "cancelled",
  message: "Taken out of the queue. Choose it again to have it classified."
} as const;

/** Options of {@link classifierElement}. */
export interface ClassifierElementOptions {
  /** Where the networks lie. */
  sources: Readonly<Partial<Record<NetworkName, ModelSource>>>;
  samples: Sample[];
  /** A cell that is queued when it comes, as if it had been dropped, or a sentence that says why there is none. */
  first?: Promise<Sample | string>;
  /** Sentences about the page's address to show. */
  problems?: readonly string[];
  /** What is said under each map of how far such maps can be trusted. */
  mapNote?: string;
  /** Who answers at first. */
  network?: NetworkChoice;
  /** Told when the visitor chooses another. */
  onNetwork?: (choice: NetworkChoice) => void;
  /** What shall compute at first. */
  backend?: BackendChoice;
  /** Told when the visitor chooses another. */
  onBackend?: (choice: BackendChoice) => void;
  /** Ends the worker and all listening. */
  signal?: AbortSignal;
  create?: (options: ClassifierOptions) => Classifier;
}

/**
 * The live classifier: the model's status, the upload card, one card a file in the order they came (none of its own
 * where many come at once), and a table of them all. It starts to load the networks at once; files may be added meanwhile.
 */
export function classifierElement({
  sources,
  samples,
  first,
  problems = [],
  mapNote = "",
  network = "both",
  onNetwork = () => {},
  backend = "auto",
  onBackend = () => {},
  signal,
  create = createClassifier
}: ClassifierElementOptions): HTMLElement {
  let entries: Entry[] = [];
  let skipped = 0;
  const intake: (() => void)[] = [];
  const known = [...samples];
  const queued = new Map<Entry, {controller: AbortController; onSettled: () => void}>();
  const cards = new Map<Entry, ResultCard>();

  const live = element("p", {class: "visually-hidden", role: "status"});
  const announce = (sentence: string) => (live.textContent = sentence);
  const notice = element("p", {class: "notice", role: "alert", hidden: problems.length === 0}, ...problems);
  const say = (sentence: string) => {
    notice.hidden = false;
    notice.append(` ${sentence}`);
  };
  const taken = element("p", {class: "muted", "data-testid": "taken", hidden: true});
  const names = Object.keys(sources) as NetworkName[];
  const classifier = create({sources, onModel: showState});
  const lines = new Map(names.map((name) => [name, statusLine(name)]));
  const choices = new Map(Object.entries(CHOICES).map(([key, {label}]) => [key as NetworkChoice, label]));
  const who = select("Answer with", choices, {value: network});
  who.hidden = names.length < 2;
  who.addEventListener("input", () => {
    onNetwork(who.value);
    choose();
    for (const [entry, {controller, onSettled}] of [...queued]) {
      controller.abort();
      ask(entry, onSettled);
    }
  });
  const menu = select<BackendChoice>(
    "Compute with",
    new Map<BackendChoice, string>([
      ["auto", "what works best"],
      ...(Object.entries(BACKENDS) as [BackendChoice, string][])
    ]),
    {value: backend}
  );
  menu.addEventListener("input", () => {
    onBackend(menu.value);
    choose();
  });
  const results = element("ol", {class: "results", "aria-label": "Results"});
  const clear = element("button", {type: "button", hidden: true}, "Clear all results");
  const upload = uploadCard({
    samples,
    onFiles: add,
    onNothing: () => announce("Nothing was dropped that is a file. Save the picture first, then drop the file."),
    signal
  });
  clear.addEventListener("click", () => {
    cancel();
    for (const entry of [...cards.keys()]) drop(entry);
    entries = [];
    skipped = 0;
    taken.hidden = true;
    refresh();
    announce("All results were removed.");
    upload.querySelector("input")!.focus();
  });

  let hasMany = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let table: ResultsTable | undefined;
  const tablePlace = element("div");
  // Fetched behind the page's start: no single file needs it.
  import("./results-table.js").then(
    ({resultsTable}) => {
      table = resultsTable({
        entries: () => entries,
        skipped: () => skipped,
        network: () => classifier.network(),
        onShow(entry) {
          if (!cards.has(entry)) fill(show(entry), entry);
          cards.get(entry)!.element.querySelector("button")!.focus();
        },
        onCancel() {
          cancel();
          announce("What waited was taken out of the queue.");
        }
      });
      tablePlace.append(table.element);
      table.open(hasMany);
      refresh();
    },
    () => say("The table of all results did not load: reload the page to have it.")
  );

  signal?.addEventListener("abort", () => classifier.dispose());
  window.addEventListener("online", () => classifier.retry(), {signal});

  function statusLine(name: NetworkName): ModelStatus {
    const {label, testId: id} = NETWORKS[name];
    return modelStatus({id, network: name, title: names.length > 1 ? label : "", onRetry: () => classifier.retry()});
  }

  /** Who answers and what computes, as the menus say. */
  function choose(): void {
    const {asked} = CHOICES[who.value];
    for (const [name, {element: line}] of lines) line.hidden = names.length > 1 && !asked.includes(name);
    classifier.choose(who.value, menu.value);
  }

  function showState(name: NetworkName, state: ModelState): void {
    const {element: line, update} = lines.get(name)!;
    const before = line.dataset.state;
    update(state);
    const isFinal = names.length < 2 || CHOICES[who.value].asked.at(-1) === name;
    if (isFinal && state.state !== before && state.state !== "loading") announce(describe(state));
    if (state.state === "ready") askAgain();
  }

  /** Says what of a choice was not taken, to those who see and those who listen. */
  function sayTaken(chosen: number, beside: number, unreadable: number): void {
    const left = chosen - MOST_FILES;
    const sentences = [
      beside
        ? `${formatCount(beside)} skipped, which systems or people keep beside pictures (such as .DS_Store, ._ files, Thumbs.db, CSV).`
        : "",
      unreadable
        ? `${formatCount(unreadable)} folders or files could not be opened: copy them to this computer and drop the copies.`
        : "",
      left > 0
        ? `Only the first ${formatCount(MOST_FILES)} of ${formatCount(chosen)} files were taken. Choose the others when these are done.`
        : ""
    ].filter(Boolean);
    taken.textContent = sentences.join(" ");
    taken.hidden = sentences.length === 0;
    if (sentences.length) announce(taken.textContent);
  }

  /** Takes files in, the first of them at once. */
  function add(chosen: ChosenFile[], unreadable = 0): void {
    const pictures = chosen.filter(({path}) => !isBesidePictures(path));
    const files = pictures.slice(0, MOST_FILES);
    const beside = chosen.length - pictures.length;
    skipped += beside;
    sayTaken(pictures.length, beside, unreadable);
    const many = files.length > MOST_CARDS;
    if (many) {
      hasMany = true;
      table?.open(true);
    }
    let left = files.length;
    const onSettled = () => {
      left -= 1;
      if (many && left === 0) announce(`All ${formatCount(files.length)} files are done.`);
    };
    const idle = intake.length === 0;
    for (let from = 0; from < files.length; from += SLICE) {
      intake.push(() => {
        const added = files.slice(from, from + SLICE).map(({file, path}) => createEntry(file, path));
        entries = [...entries, ...added];
        for (const entry of added) {
          if (!many) show(entry);
          ask(entry, onSettled);
        }
        refresh();
      });
    }
    if (idle) takeIn();
  }

  function takeIn(): void {
    intake.shift()?.();
    if (intake.length) setTimeout(takeIn);
  }

  /** Has a file classified, and shows what becomes of it. */
  function ask(entry: Entry, onSettled = () => {}): void {
    const controller = new AbortController();
    queued.set(entry, {controller, onSettled});
    const isAwaited = () => queued.get(entry)?.controller === controller;
    const onEarly = (early: Answer) => {
      if (!isAwaited()) return;
      entry.early = early;
      const card = cards.get(entry);
      if (card) announce(card.preview(early));
      refresh();
    };
    const settle = (outcome: Partial<Entry>) => {
      if (!isAwaited()) return;
      queued.delete(entry);
      Object.assign(entry, outcome);
      const card = cards.get(entry);
      if (card) announce(fill(card, entry));
      onSettled();
      refresh();
    };
    classifier.classify(entry.file, {signal: controller.signal, reading: entry.reading, onEarly}).then(
      (answer) => settle({answer}),
      (refusal: Refusal) => settle({refusal})
    );
  }

  /** Files that got no answer for want of a network are asked again as soon as there is one. */
  function askAgain(): void {
    for (const entry of entries) {
      if (entry.refusal?.code !== "unavailable") continue;
      delete entry.refusal;
      ask(entry);
    }
  }

  /** Asks for a file that has an answer or a refusal once more, read in another way. */
  function again(entry: Entry, reading: Reading): void {
    queued.get(entry)?.controller.abort();
    for (const key of ["early", "answer", "refusal"] as const) delete entry[key];
    entry.reading = reading;
    ask(entry);
    refresh();
  }

  function show(entry: Entry): ResultCard {
    const {file, path} = entry;
    const sample = known.find((candidate) => candidate.file === file);
    const card: ResultCard = resultCard(file, {
      path,
      sample,
      mapNote,
      onRemove: () => remove(entry),
      onViews: (answer) => classifier.views(answer),
      explainerOf: (answer) => classifier.explainer(answer),
      onAgain: (reading) => again(entry, reading)
    });
    cards.set(entry, card);
    results.append(card.element);
    clear.hidden = false;
    return card;
  }

  function fill(card: ResultCard, entry: Entry): string {
    const {early, answer, refusal} = entry;
    const same = repeatsOf(entries).get(entry);
    const note = same ? [`Byte for byte the same file as ${same.path}: the two count as one cell.`] : [];
    if (answer) {
      const notes = [...answer.prediction.notes, ...note];
      return card.answer({...answer, prediction: {...answer.prediction, notes}}, early);
    }
    if (refusal) return card.refuse({...refusal, message: [refusal.message, ...note].join(" ")});
    return card.preview(early!);
  }

  function remove(entry: Entry): void {
    const {element: own} = cards.get(entry)!;
    const next = own.nextElementSibling ?? own.previousElementSibling;
    queued.get(entry)?.controller.abort();
    queued.delete(entry);
    entries = entries.filter((other) => other !== entry);
    drop(entry);
    refresh();
    (next?.querySelector("button") ?? upload.querySelector("input")!).focus();
  }

  function drop(entry: Entry): void {
    const card = cards.get(entry)!;
    cards.delete(entry);
    card.element.remove();
    card.dispose();
  }

  /** Takes what waits out of the queue; what is under way is no longer waited for. */
  function cancel(): void {
    while (intake.length) intake.shift()!();
    for (const [entry, {controller}] of queued) {
      controller.abort(CANCELLED);
      entry.refusal = CANCELLED;
      const card = cards.get(entry);
      if (card) fill(card, entry);
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
      table?.update();
    } else
      timer ??= setTimeout(() => {
        timer = undefined;
        table?.update();
      }, REFRESH);
  }

  choose();
  void first?.then((cell) => {
    if (typeof cell === "string") return say(cell);
    known.push(cell);
    add([{file: cell.file, path: cell.file.name}]);
  });
  return element(
    "div",
    {class: "classifier"},
    ...[...lines.values()].map(({element: line}) => line),
    element("div", {class: "controls"}, who, menu),
    notice,
    upload,
    taken,
    clear,
    tablePlace,
    results,
    live
  );
}
