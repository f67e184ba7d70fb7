import {createKeeper} from "../keep/keeper.js";
import {openShelf} from "../keep/shelf.js";
import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {bringIntoView} from "../ui/view.js";
import type {AnswerPlace} from "./answer-place.js";
import type {ChosenFile} from "./chosen-files.js";
import type {Classifier} from "./client.js";
import {dropPixels, hasPixels, repeatsOf} from "./entries.js";
import type {Entry} from "./entries.js";
import {keptOf, keptReader} from "./kept-entries.js";
import type {KeptEntry} from "./kept-entries.js";
import {laboratoryAnswers} from "./laboratory-answers.js";
import {describeLeftOut, isBesidePictures} from "./left-out.js";
import {resultCard} from "./result-card.js";
import type {ResultCard} from "./result-card.js";
import {resultsTable} from "./results-table.js";
import type {Sample} from "./upload.js";
import {createWork} from "./work.js";

/** Files chosen at once up to which each gets a card of its own; more go into the table. */
const MOST_CARDS = 30;
/** Milliseconds between two drawings of the table, at least; and how many times as long as a drawing takes, at least. */
const [REFRESH, REST] = [200, 10];
/** Answered cells without a card whose pixels are kept, so that memory does not grow with the number of files. */
const MOST_PIXELS = 1000;
/** Most files taken of one choice. */
const MOST_FILES = 100_000;

/** Options of {@link createResults}. */
export interface ResultsOptions {
  classifier: Classifier;
  /** Where the answers come. */
  place: AnswerPlace;
  /** Cells of which it is known what the data set says: those of an earlier visit are added. */
  known: Sample[];
  /** What such a cell is called. */
  titleOf: (sample: Sample) => string | undefined;
  /** The sha256 of each network that there is. */
  networks: readonly (string | null)[];
  /** What is said under each map of how far such maps can be trusted. */
  mapNote: string;
  /** Says a sentence to those who listen. */
  announce: (sentence: string) => void;
  /** Told of the file whose answer is shown, and of none. */
  onNewest: (file: File | undefined) => void;
  /** Called once nothing is left to have the focus. */
  onEmpty: () => void;
  /** Ends the listening on the window. */
  signal?: AbortSignal | undefined;
}

/** What shows answers: one card a file, the newest first (none of its own where many come at once), and a table of all. */
export interface Results {
  /** The cards, and what concerns them all. */
  above: HTMLElement[];
  /** The table. */
  below: HTMLElement;
  /** Where the own laboratory's threshold is set. */
  laboratory: HTMLElement;
  /** Resolves once what an earlier visit left is shown: with the file of the newest card, if there is one. */
  restored: Promise<File | undefined>;
  /** Has files classified. */
  take(chosen: readonly ChosenFile[], unreadable?: number): void;
  /** Asks for files that got no answer for want of a network. */
  askRefused(): void;
  /** Asks anew for all that waits: somebody else is to answer. */
  askWaiting(): void;
  /** Asks anew for all that waits or has a card: one more network answers. */
  askFurther(): void;
}

/** Builds what shows answers, with none in it. */
export function createResults({
  classifier,
  place,
  known,
  titleOf,
  networks,
  mapNote,
  announce,
  onNewest,
  onEmpty,
  signal
}: ResultsOptions): Results {
  let skipped = 0;
  const cards = new Map<Entry, ResultCard>();
  const withPixels = new Set<Entry>();
  const taken = element("p", {class: "muted", "data-testid": "taken", hidden: true});
  const list = element("ol", {class: "results", "aria-label": "Results"});
  const clear = element("button", {type: "button"}, "Clear all results");
  const fate = element("p", {class: "muted", "data-testid": "kept"});
  const tools = element("div", {class: "controls", hidden: true}, clear, fate);
  const factsOf = ({file}: Entry) => known.find((candidate) => candidate.file === file);
  const keeper = createKeeper({
    shelf: openShelf<KeptEntry>("malaria-classify"),
    recordOf: (entry: Entry) => keptOf(entry, {hasCard: cards.has(entry), facts: factsOf(entry)}),
    read: keptReader(networks),
    say: (sentence) => (fate.textContent = sentence)
  });
  const own = laboratoryAnswers({classifier, isKnown: (file) => known.some((one) => one.file === file)});
  const work = createWork({
    classifier: own,
    onEarly(entry, early) {
      const card = cards.get(entry);
      if (card) announce(card.preview(early));
      follow(card);
    },
    onSettled(entry) {
      const card = cards.get(entry);
      if (card) announce(fill(card, entry));
      else if (entry.answer) keepPixels(entry);
      follow(card);
    },
    onChange(changed) {
      keeper.save(changed);
      refresh();
    }
  });
  const table = resultsTable({
    entries: () => work.entries,
    skipped: () => skipped,
    network: () => classifier.network(),
    onShow(entry) {
      if (!cards.has(entry)) open(entry);
      reveal(cards.get(entry)!.element);
    },
    onAnyway: (entry) => work.again(entry, {anyway: true}),
    onCancel() {
      cancel();
      announce("What waited was taken out of the queue.");
    },
    onPause: (isPaused) => classifier.pause(isPaused)
  });
  clear.addEventListener("click", () => {
    work.clear();
    keeper.clear();
    for (const entry of [...cards.keys()]) drop(entry);
    withPixels.clear();
    skipped = 0;
    taken.hidden = true;
    refresh();
    announce("All results were removed.");
    onNewest(undefined);
    onEmpty();
  });

  let rest = REFRESH;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Draws the table anew, not more often than people can follow. */
  function refresh(): void {
    tools.hidden = work.entries.length === 0;
    place.show(cards.size ? null : work.entries.length ? "The answers are in the table below." : "");
    // Only then: a page that listens is not kept in memory for Back by every browser.
    if (work.waiting) window.addEventListener("beforeunload", stay, {signal});
    else window.removeEventListener("beforeunload", stay);
    if (work.waiting === 0) {
      clearTimeout(timer);
      timer = undefined;
      table.update();
    } else
      timer ??= setTimeout(() => {
        timer = undefined;
        const start = performance.now();
        table.update();
        rest = Math.max(REFRESH, REST * (performance.now() - start));
      }, rest);
  }

  /** What an earlier visit left, below what came meanwhile. */
  async function restore(): Promise<File | undefined> {
    const found = await keeper.restore();
    const ready = found.map(({entry, shown: {facts, hasCard}}) => {
      if (!facts) return {entry, hasCard};
      const sample = known.find(({file, label}) => file.name === entry.file.name && label === facts.label);
      if (!sample) known.push({...facts, file: entry.file});
      return {entry: sample ? Object.assign(entry, {file: sample.file}) : entry, hasCard};
    });
    const newest = ready
      .filter(({hasCard}) => hasCard)
      .map(({entry}) => entry)
      .sort((a, b) => b.choice - a.choice);
    for (const entry of newest) show(entry, null);
    work.restore(ready.map(({entry}) => entry));
    for (const entry of newest) if (entry.answer ?? entry.refusal ?? entry.early) fillAgain(entry);
    return newest[0]?.file;
  }

  /** Fills the card of an entry that has an outcome; one whose pixels are gone is asked for once more. */
  function fillAgain(entry: Entry): void {
    if (entry.answer && !hasPixels(entry)) work.again(entry, entry.reading ?? {});
    else fill(cards.get(entry)!, entry);
  }

  /** Says what of a choice was not taken, to those who see and those who listen. */
  function sayTaken(said: string): void {
    taken.textContent = said;
    taken.hidden = said === "";
    if (said) announce(said);
  }

  function take(chosen: readonly ChosenFile[], unreadable = 0): void {
    const pictures = chosen.filter(({path}) => !isBesidePictures(path));
    const files = pictures.slice(0, MOST_FILES);
    const beside = chosen.length - pictures.length;
    skipped += beside;
    sayTaken(describeLeftOut({beside, unreadable, chosen: pictures.length, most: MOST_FILES}));
    const many = files.length > MOST_CARDS;
    if (many) table.open(true);
    const older = list.firstChild;
    work.add(
      files,
      (added) => !many && added.forEach((entry) => show(entry, older)),
      () => many && announce(`All ${formatCount(files.length)} files are done.`)
    );
    const newest = files[0]?.file;
    if (!newest) return;
    onNewest(newest);
    if (many) table.update();
    reveal(many ? table.element : list.firstElementChild);
  }

  /** Brings an answer into view and gives it the focus. */
  function reveal(shown: Element | null): void {
    if (!shown) return;
    // Its line, not the table's box: what lies in a box that cannot be tabbed to cannot be either.
    const target = shown.querySelector<HTMLElement>(":scope > summary") ?? (shown as HTMLElement);
    target.focus({preventScroll: true});
    bringIntoView(shown);
  }

  /** Keeps the newest answer in view as it grows, unless the visitor is busy elsewhere. */
  function follow(card: ResultCard | undefined): void {
    const shown = card?.element;
    if (shown && shown === list.firstElementChild && shown.contains(document.activeElement)) bringIntoView(shown);
  }

  /** Keeps the pixels of the last answered cells only. */
  function keepPixels(entry: Entry): void {
    withPixels.add(entry);
    if (withPixels.size <= MOST_PIXELS) return;
    const oldest = withPixels.values().next().value!;
    withPixels.delete(oldest);
    if (!cards.has(oldest)) dropPixels(oldest);
  }

  /** Shows the card of a file that has none. */
  function open(entry: Entry): void {
    show(entry, list.firstChild);
    fillAgain(entry);
    keeper.save([entry]);
  }

  function show(entry: Entry, older: Node | null): ResultCard {
    const {file, path} = entry;
    const sample = factsOf(entry);
    const card: ResultCard = resultCard(file, {
      path,
      title: (sample && titleOf(sample)) ?? path,
      sample,
      mapNote,
      waiting: place.waiting,
      reading: entry.reading ?? {},
      onRemove: () => remove(entry),
      onJudge: (answer, cells) => classifier.judge(answer, cells),
      explainerOf: (answer) => classifier.explainer(answer),
      onAgain: (reading) => work.again(entry, reading)
    });
    cards.set(entry, card);
    list.insertBefore(card.element, older);
    return card;
  }

  function fill(card: ResultCard, entry: Entry): string {
    const {early, answer, refusal} = entry;
    const same = repeatsOf(work.entries).get(entry);
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
    drop(entry);
    keeper.forget(entry);
    work.remove(entry);
    const button = next?.querySelector("button");
    if (button) button.focus();
    else onEmpty();
    onNewest([...cards.keys()].at(-1)?.file);
  }

  function drop(entry: Entry): void {
    const card = cards.get(entry)!;
    cards.delete(entry);
    card.element.remove();
    card.dispose();
  }

  function cancel(): void {
    for (const entry of work.cancel()) {
      const card = cards.get(entry);
      if (card) fill(card, entry);
    }
  }

  window.addEventListener("pagehide", () => void keeper.flush(), {signal});
  // What is still being decoded would be missing on paper.
  window.addEventListener(
    "beforeprint",
    () => document.querySelectorAll("img").forEach((one) => (one.decoding = "sync")),
    {signal}
  );
  return {
    above: [taken, list, tools],
    below: table.element,
    laboratory: own.element,
    restored: restore(),
    take,
    askRefused: work.askRefused,
    askWaiting: work.askWaiting,
    askFurther() {
      work.askWaiting();
      for (const entry of cards.keys()) if (entry.answer) work.again(entry, entry.reading ?? {});
    }
  };
}

/** Has the browser ask before what waits is left. */
function stay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
