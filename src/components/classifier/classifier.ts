import type {ModelSource} from "../engine/download.js";
import type {Refusal} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import type * as Answers from "./answers.js";
import {describeLeftOut, isBesidePictures} from "./chosen-files.js";
import type {ChosenFile} from "./chosen-files.js";
import {createClassifier} from "./client.js";
import type {BackendChoice, Classifier, ClassifierOptions} from "./client.js";
import {engineBox} from "./engine-box.js";
import type {Answer, Entry} from "./entries.js";
import {describe} from "./model-status.js";
import type {NetworkChoice, NetworkName} from "./networks.js";
import type {Reading} from "./prepare-picture.js";
import type {ModelState} from "./protocol.js";
import type {ResultCard} from "./result-card.js";
import type {ResultsTable} from "./results-table.js";
import {sampleName, uploadCard} from "./upload.js";
import type {Sample} from "./upload.js";

/** Files chosen at once up to which each gets a card of its own; more go into the table. */
const MOST_CARDS = 30;
/** Milliseconds between two drawings of the table, at least; and how many times as long as a drawing takes, at least. */
const [REFRESH, REST] = [200, 10];
/** Answered cells without a card whose pixels are kept, so that memory does not grow with the number of files. */
const MOST_PIXELS = 1000;
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
  /** Told the file's name when a cell of the data set is asked about, and nothing when it is a picture of the visitor's. */
  onCell?: (name: string) => void;
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
 * The live classifier: where pictures come from and what computes on one side, on the other one card a file, the newest
 * first (none of its own where many come at once), and below a table of them all. It starts to load the networks at once;
 * files may be added meanwhile.
 */
export function classifierElement({
  sources,
  samples,
  first,
  onCell = () => {},
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
  const withPixels = new Set<Entry>();

  let parts: typeof Answers | undefined;
  let table: ResultsTable | undefined;
  const loadParts = async () => {
    parts ??= await import("./answers.js");
    table ??= makeTable(parts);
    return parts;
  };

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
  const box = engineBox({
    names,
    network,
    backend,
    onRetry: () => classifier.retry(),
    onNetwork(choice) {
      onNetwork(choice);
      choose();
      for (const [entry, {controller, onSettled}] of [...queued]) {
        controller.abort();
        ask(entry, onSettled);
      }
    },
    onBackend(choice) {
      onBackend(choice);
      choose();
    }
  });
  const empty = element("p", {class: "empty"}, "Choose a cell: the answer appears here.");
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
    withPixels.clear();
    skipped = 0;
    taken.hidden = true;
    refresh();
    announce("All results were removed.");
    onCell("");
    upload.mark(undefined);
    upload.focus();
  });

  let rest = REFRESH;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const below = element("div");

  signal?.addEventListener("abort", () => classifier.dispose());
  window.addEventListener("online", () => classifier.retry(), {signal});

  /** Who answers and what computes, as the menus say. */
  const choose = () => classifier.choose(box.network, box.backend);

  function showState(name: NetworkName, state: ModelState): void {
    if (box.update(name, state) && state.state !== "loading") announce(describe(state));
    if (state.state === "ready") askAgain();
  }

  /** Takes files in, at once or as soon as what shows answers is there. */
  function add(chosen: ChosenFile[], unreadable = 0): void {
    const missing = "A part of this page did not come. Check the connection, then choose the files again.";
    if (parts) take(chosen, unreadable);
    else
      loadParts().then(
        () => take(chosen, unreadable),
        () => say(missing)
      );
  }

  function makeTable({resultsTable}: typeof Answers): ResultsTable {
    const made = resultsTable({
      entries: () => entries,
      skipped: () => skipped,
      network: () => classifier.network(),
      onShow(entry) {
        if (!cards.has(entry)) open(entry);
        reveal(cards.get(entry)!.element);
      },
      onAnyway: (entry) => again(entry, {anyway: true}),
      onCancel() {
        cancel();
        announce("What waited was taken out of the queue.");
      },
      onPause: (isPaused) => classifier.pause(isPaused)
    });
    below.append(made.element);
    return made;
  }

  /** Says what of a choice was not taken, to those who see and those who listen. */
  function sayTaken(said: string): void {
    taken.textContent = said;
    taken.hidden = said === "";
    if (said) announce(said);
  }

  /** Shows the first of some files at once. */
  function take(chosen: ChosenFile[], unreadable: number): void {
    const pictures = chosen.filter(({path}) => !isBesidePictures(path));
    const files = pictures.slice(0, MOST_FILES);
    const beside = chosen.length - pictures.length;
    skipped += beside;
    sayTaken(describeLeftOut({beside, unreadable, chosen: pictures.length, most: MOST_FILES}));
    const many = files.length > MOST_CARDS;
    if (many) table!.open(true);
    let left = files.length;
    const onSettled = () => {
      left -= 1;
      if (many && left === 0) announce(`All ${formatCount(files.length)} files are done.`);
    };
    const idle = intake.length === 0;
    const older = results.firstChild;
    for (let from = 0; from < files.length; from += SLICE) {
      intake.push(() => {
        const added = files.slice(from, from + SLICE).map(({file, path}) => parts!.createEntry(file, path));
        entries = [...entries, ...added];
        for (const entry of added) {
          if (!many) show(entry, older);
          ask(entry, onSettled);
        }
        refresh();
      });
    }
    if (idle) takeIn();
    const newest = files[0]?.file;
    if (!newest) return;
    const isKnown = known.some(({file}) => file === newest);
    onCell(isKnown ? newest.name : "");
    upload.mark(newest);
    reveal(many ? table!.element : results.firstElementChild);
  }

  /** Brings an answer into view and gives it the focus. */
  function reveal(shown: Element | null): void {
    if (!shown) return;
    (shown as HTMLElement).focus({preventScroll: true});
    scrollTo(shown);
  }

  function scrollTo(shown: Element): void {
    const isStill = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
    shown.scrollIntoView?.({block: "nearest", behavior: isStill ? "instant" : "smooth"});
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
      follow(card);
      refresh();
    };
    const settle = (outcome: Partial<Entry>) => {
      if (!isAwaited()) return;
      queued.delete(entry);
      Object.assign(entry, outcome);
      const card = cards.get(entry);
      if (card) announce(fill(card, entry));
      else if (entry.answer) keepPixels(entry);
      follow(card);
      onSettled();
      refresh();
    };
    classifier.classify(entry.file, {signal: controller.signal, reading: entry.reading, onEarly}).then(
      (answer) => settle({answer}),
      (refusal: Refusal) => settle({refusal})
    );
  }

  /** Keeps the pixels of the last answered cells only. */
  function keepPixels(entry: Entry): void {
    withPixels.add(entry);
    if (withPixels.size <= MOST_PIXELS) return;
    const oldest = withPixels.values().next().value!;
    withPixels.delete(oldest);
    if (!cards.has(oldest)) parts!.dropPixels(oldest);
  }

  /** Shows the card of a file that has none; one whose pixels are gone is asked for once more. */
  function open(entry: Entry): void {
    const card = show(entry, results.firstChild);
    if (entry.answer && !parts!.hasPixels(entry)) again(entry, entry.reading ?? {});
    else fill(card, entry);
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

  /** Keeps the newest answer in view as it grows, unless the visitor is busy elsewhere. */
  function follow(card: ResultCard | undefined): void {
    const shown = card?.element;
    if (shown && shown === results.firstElementChild && shown.contains(document.activeElement)) scrollTo(shown);
  }

  function show(entry: Entry, older: Node | null): ResultCard {
    const {file, path} = entry;
    const sample = known.find((candidate) => candidate.file === file);
    const card: ResultCard = parts!.resultCard(file, {
      path,
      title: (sample && sampleName(sample)) ?? path,
      sample,
      mapNote,
      onRemove: () => remove(entry),
      onViews: (answer) => classifier.views(answer),
      explainerOf: (answer) => classifier.explainer(answer),
      onAgain: (reading) => again(entry, reading)
    });
    cards.set(entry, card);
    results.insertBefore(card.element, older);
    clear.hidden = false;
    return card;
  }

  function fill(card: ResultCard, entry: Entry): string {
    const {early, answer, refusal} = entry;
    const same = parts!.repeatsOf(entries).get(entry);
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
    const button = next?.querySelector("button");
    if (button) button.focus();
    else upload.focus();
    upload.mark([...cards.keys()].at(-1)?.file);
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
    empty.hidden = cards.size > 0;
    if (queued.size === 0) {
      clearTimeout(timer);
      timer = undefined;
      table?.update();
    } else
      timer ??= setTimeout(() => {
        timer = undefined;
        const start = performance.now();
        table?.update();
        rest = Math.max(REFRESH, REST * (performance.now() - start));
      }, rest);
  }

  choose();
  loadParts().catch(() => {});
  void first?.then((cell) => {
    if (typeof cell === "string") return say(cell);
    if (!known.includes(cell)) known.push(cell);
    add([{file: cell.file, path: cell.file.name}]);
  });
  return element(
    "div",
    {class: "classifier"},
    notice,
    element(
      "div",
      {class: "bench"},
      element("div", {class: "bench-input"}, upload.element, box.element),
      element("section", {class: "bench-answer", "aria-label": "Answers"}, taken, empty, results, clear)
    ),
    below,
    live
  );
}
