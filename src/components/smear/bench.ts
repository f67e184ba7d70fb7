import type {Measured} from "../../data/shapes/smear.js";
import type {Classifier} from "../classifier/client.js";
import type {NetworkName} from "../classifier/networks.js";
import type {ModelSource} from "../engine/download.js";
import {BACKENDS} from "../engine/engine.js";
import {messageOf} from "../image/refusal.js";
import {openHandOver} from "../keep/hand-over.js";
import type {HandOver} from "../keep/hand-over.js";
import {openShelf} from "../keep/shelf.js";
import type {Shelf} from "../keep/shelf.js";
import {deviceStore, readKeptLaboratory} from "../laboratory/kept-laboratory.js";
import type {TextStore} from "../laboratory/kept-laboratory.js";
import {element} from "../ui/element.js";
import {formatBytes, formatCount, formatProbability} from "../ui/format.js";
import {bringIntoView} from "../ui/view.js";
import type {FinderState} from "./field-protocol.js";
import {createFieldReader} from "./field-reader.js";
import type {FieldReader, FieldReaderOptions} from "./field-reader.js";
import {fieldView} from "./field-view.js";
import {fieldsView} from "./fields-view.js";
import {createKeptSmear} from "./kept-smear.js";
import type {KeptField} from "./kept-smear.js";
import {actOf, marksView} from "./keys.js";
import type {Act} from "./keys.js";
import {numbersView} from "./numbers-view.js";
import {numbersOf} from "./numbers.js";
import {ownLaboratory} from "./own-laboratory.js";
import {createPaced} from "./paced.js";
import {recordsBox} from "./records-box.js";
import {
  addCell,
  addField,
  emptyReview,
  fieldOf,
  isSuspect,
  markCell,
  moveField,
  redo,
  removeField,
  standing,
  undo
} from "./review.js";
import type {Mark, Place, Review, SmearField} from "./review.js";
import {createSmearWork} from "./smear-work.js";
import {suspectsView} from "./suspects-view.js";

/** What begins further down, as a share of the window, is scrolled to when it was asked for. */
const FAR_DOWN = 0.6;

/** Options of {@link createBench}. */
export interface BenchOptions {
  classifier: Pick<Classifier, "judgeFound" | "network">;
  /** Who is asked about each cell, one after another. */
  asked: () => readonly NetworkName[];
  finder: ModelSource;
  /** What each network did on known cells. */
  measured: Readonly<Partial<Record<NetworkName, Measured>>>;
  /** Where it is said how far the finder is, and what becomes of the smear, and where a saved one is chosen. */
  places: {finder: HTMLElement; fate: HTMLElement; record: HTMLInputElement};
  announce: (sentence: string) => void;
  /** Told that nothing is on the bench any more. */
  onEmpty: () => void;
  /** Ends the worker and all listening. */
  signal: AbortSignal;
  /** sha256 of the site's own fields, of which the models' own thresholds hold. */
  sampleHashes: readonly string[];
  createReader?: (options: FieldReaderOptions) => FieldReader;
  shelf?: Shelf<KeptField>;
  /** Where the visitor's laboratory is kept. */
  store?: TextStore | undefined;
  handOver?: Pick<HandOver, "take">;
}

/** A smear on the bench. */
export interface Bench {
  /** What is shown, one below the other. */
  parts: HTMLElement[];
  /** Takes files in. */
  take(files: readonly File[]): void;
  /** Has all cells judged that a network, which is asked now, has not judged. */
  askFurther(): void;
}

/**
 * The fields of a smear on one side with all cells outlined, on the other what was counted, what that is worth, and the
 * suspects to look at; below it the list of fields, and what takes them along. What an earlier visit left is there again.
 */
export function createBench({
  classifier,
  asked,
  finder,
  measured,
  places,
  announce,
  onEmpty,
  signal,
  sampleHashes,
  createReader = createFieldReader,
  shelf = openShelf<KeptField>("malaria-smear"),
  store = deviceStore(),
  handOver = openHandOver()
}: BenchOptions): Bench {
  let review = emptyReview;
  let shown: string | undefined;
  let chosen: Place | null = null;
  let laid: string | undefined;
  let first: {file: Blob; picture: ImageBitmap} | undefined;
  /** How many fields there were when files were chosen, until the first of these has come or all were refused. */
  let awaited: number | undefined;

  const {now: refresh, soon: refreshSoon} = createPaced(show);
  const own = ownLaboratory(readKeptLaboratory(store));
  const reader = createReader({source: finder, onFinder: showFinder});
  const work = createSmearWork({
    reader,
    classifier,
    asked,
    own,
    isSample: (sha256) => sampleHashes.includes(sha256),
    review: () => review,
    change: (next) => change(next, refreshSoon),
    onPending: refreshSoon,
    onPicture: holdFirst,
    announce
  });
  const kept = createKeptSmear({shelf, say: (sentence) => (places.fate.textContent = sentence)});

  const view = fieldView({
    onChoose: (cell) => shown && choose({field: shown, cell}),
    onAdd(x, y) {
      if (!shown) return;
      change(addCell(review, shown, x, y));
      const cell = fieldOf(review, shown)!.cells.length - 1;
      choose({field: shown, cell}, false);
      void judgeAdded({field: shown, cell});
    }
  });
  const fields = fieldsView({
    onChoose: open,
    onRemove(sha256) {
      const {name} = fieldOf(review, sha256)!;
      change(removeField(review, sha256));
      announce(`${name} was taken out of the smear. Undo brings it back.`);
    },
    onMove: (sha256, by) => change(moveField(review, sha256, by)),
    onDismiss: (pending) => work.dismiss(pending)
  });
  const numbers = numbersView(measured, own.known);
  const suspects = suspectsView((place) => choose(place));
  const facts = element("p", {class: "muted", "data-testid": "facts"});
  const doubts = element("ul", {class: "doubts", "data-testid": "doubts"});
  const records = recordsBox({
    input: places.record,
    review: () => review,
    fileOf: (sha256) => work.fileOf(sha256),
    show: (file) => reader.show(file),
    read: (file) => reader.open(file),
    onOpen: openRecord,
    onClear: clear,
    announce
  });

  const marks = marksView(perform);
  const stop = element("button", {type: "button", onclick: () => work.cancel()}, "Cancel");
  const key = element(
    "p",
    {class: "smear-key muted"},
    element("span", {class: "class-name parasitized"}, "parasitized"),
    element("span", {class: "class-name uncertain"}, "too close to call"),
    element("span", {class: "class-name uninfected"}, "uninfected"),
    element("span", "dotted, not judged: W white cell, P platelet, C clump, – cut off by the edge")
  );
  const side = element("div", {class: "smear-side"}, numbers.node, marks.node, suspects.node, marks.help);
  const stage = element("div", {class: "smear-stage"}, view.node, key, facts, doubts);
  const bench = element("div", {class: "smear-bench", hidden: true}, stage, side, numbers.worth);
  const under = element("div", {class: "smear-under"}, fields.node, stop, records.node);
  bench.addEventListener("keydown", (event) => {
    const name = actOf(event);
    if (!name) return;
    event.preventDefault();
    perform(name);
  });
  signal.addEventListener("abort", () => {
    reader.dispose();
    view.dispose();
    void kept.flush();
  });

  function showFinder(finder: FinderState): void {
    places.finder.dataset.state = finder.state;
    if (finder.state === "ready") places.finder.dataset.backend = finder.backend;
    places.finder.textContent = `Finder: ${finderText(finder)}`;
  }

  /** Scrolls to what was asked for where it would come out of sight, as on a phone. */
  function follow(part: HTMLElement): void {
    if (part.getBoundingClientRect().top > FAR_DOWN * window.innerHeight) bringIntoView(part);
  }

  /** Has another review hold, keeps it, and shows it. */
  function change(next: Review, showIt = refresh): void {
    if (next === review) return;
    review = next;
    if (chosen && !fieldOf(review, chosen.field)?.cells[chosen.cell]) chosen = null;
    if (shown && !fieldOf(review, shown)) shown = undefined;
    if (!shown && review.fields.length) shown = review.fields[0]!.sha256;
    void layPicture();
    kept.follow(review.fields, work.fileOf);
    showIt();
  }

  function show(): void {
    const field = shown ? fieldOf(review, shown) : undefined;
    // What was taken out last can be brought back.
    bench.hidden = review.fields.length + review.done.length === 0;
    const isOver = work.pending.every(({share}) => Number.isNaN(share));
    view.show(field, chosen?.field === shown ? (chosen?.cell ?? null) : null);
    fields.show(review.fields, shown, work.pending);
    numbers.show(review.fields);
    suspects.show(review, chosen, review.fields.filter(isWithoutPicture));
    facts.textContent = field ? factsOf(field, isWithoutPicture(field)) : "";
    doubts.replaceChildren(...(field?.doubts ?? []).map((sentence) => element("li", sentence)));
    doubts.hidden = !field?.doubts.length;
    stop.hidden = isOver;
    records.refresh();
    marks.show(review, chosen !== null);
    if (awaited === undefined) return;
    const hasCome = review.fields.length > awaited;
    if (!hasCome && !(isOver && work.pending.length)) return;
    awaited = undefined;
    follow(hasCome ? bench : under);
  }

  /** Whether a field came from a saved smear, and its picture was not chosen since. */
  function isWithoutPicture({sha256}: SmearField): boolean {
    return !work.fileOf(sha256)?.size;
  }

  /** Has the cell judged that was added last, and says what the networks call it. */
  async function judgeAdded({field: sha256, cell}: Place): Promise<void> {
    const added = "A cell was added as uninfected. Press C if it is parasitized.";
    const field = fieldOf(review, sha256)!;
    if (isWithoutPicture(field))
      return announce(`${added} The networks cannot judge it without the picture: choose ${field.name} again.`);
    announce(added);
    await work.askFurther(sha256);
    const judged = fieldOf(review, sha256)?.cells[cell];
    const answer = judged?.isAdded && standing(judged);
    if (answer)
      announce(
        `The networks give the added cell P ${formatProbability(answer.probability)}. ${isSuspect(judged, fieldOf(review, sha256)!.networks) ? "It is among the suspects." : ""}`
      );
  }

  function open(sha256: string): void {
    shown = sha256;
    refresh();
    void layPicture();
  }

  /** Lays the picture of the field that is shown under it, where it does not lie there and is known. */
  async function layPicture(): Promise<void> {
    const sha256 = shown;
    const file = sha256 && work.fileOf(sha256);
    if (!sha256 || laid === sha256) return;
    if (!file || file.size === 0) return view.setPicture(sha256, null);
    laid = sha256;
    const held = first;
    first = undefined;
    if (held?.file === file) return view.setPicture(sha256, held.picture);
    held?.picture.close();
    try {
      const picture = await reader.show(file);
      if (shown === sha256) view.setPicture(sha256, picture);
      else picture.close();
    } catch (error) {
      announce(messageOf(error));
    }
  }

  /** Holds the picture of the first field, which is shown as soon as its cells are found. */
  function holdFirst(file: Blob, picture: ImageBitmap): void {
    if (shown || first) picture.close();
    else first = {file, picture};
  }

  function choose(place: Place, isRevealed = true): void {
    chosen = place;
    open(place.field);
    if (isRevealed)
      requestAnimationFrame(() => requestAnimationFrame(() => chosen === place && view.reveal(place.cell)));
  }

  function perform(name: Act): void {
    if (name === "undo") return change(undo(review));
    if (name === "redo") {
      change(redo(review));
      void work.askFurther();
      return;
    }
    const {places} = suspects;
    const at = places.findIndex((place) => place.field === chosen?.field && place.cell === chosen.cell);
    if (name === "next" || name === "previous") {
      const next = places[at < 0 ? 0 : Math.max(0, Math.min(places.length - 1, at + (name === "next" ? 1 : -1)))];
      if (next) choose(next);
      return;
    }
    if (!chosen) return;
    const mark: Mark = name === "none" ? "no cell" : name;
    change(markCell(review, chosen.field, chosen.cell, mark));
    const {network, reviewed} = numbersOf(review.fields);
    announce(
      `Marked: ${mark}. ${reviewed.infected} of ${reviewed.cells} parasitized; the networks alone say ${network.infected} of ${network.cells}.`
    );
  }

  function openRecord(opened: readonly SmearField[]): void {
    let next = review;
    const there: string[] = [];
    for (const field of opened) {
      const added = addField(next, field);
      next = added.review;
      if (added.earlier) there.push(field.name);
    }
    change(next);
    announce(
      there.length
        ? `Opened. ${there.join(", ")}: in this smear already, and left as it is.`
        : `Opened: ${opened.length} ${opened.length === 1 ? "field" : "fields"}.`
    );
  }

  function clear(): void {
    work.clear();
    // A picture takes megabytes: none is held for fields that are gone.
    if (laid !== undefined) view.setPicture(laid, null);
    first?.picture.close();
    shown = laid = first = undefined;
    chosen = null;
    change({...emptyReview});
    announce("Cleared: nothing of this smear is kept any more.");
    onEmpty();
  }

  const restored = kept.restore().then((found) => {
    let next = review;
    for (const {field} of found) next = addField(next, field).review;
    for (const {field, file} of found) work.restore(field, file);
    change(next);
  });
  void restored.then(async () => {
    const file = await handOver.take();
    if (file) work.add([file]);
  });
  show();
  return {
    parts: [bench, under],
    take(files) {
      // What an earlier visit left comes first: the same picture is not counted twice.
      void restored.then(() => {
        work.add(files);
        // What waits has its line before it is scrolled to.
        show();
        awaited = review.fields.length;
        follow(bench.hidden ? under : bench);
      });
    },
    askFurther: () => void work.askFurther()
  };
}

/** A field's size and scale, in words. */
function factsOf({name, width, height, diameter}: SmearField, isWithoutPicture: boolean): string {
  const scale = Number.isNaN(diameter) ? "" : `; its red cells are about ${formatCount(Math.round(diameter))} across`;
  const missing = isWithoutPicture
    ? " Its picture is not in the saved smear: choose it again, and it lies under its outlines."
    : "";
  return `${name}: ${formatCount(width)} × ${formatCount(height)} pixels${scale}.${missing}`;
}

function finderText(finder: FinderState): string {
  if (finder.state === "loading") return `${formatBytes(finder.loaded)} of ${formatBytes(finder.total)}`;
  if (finder.state === "ready") return `ready, on ${BACKENDS[finder.backend]}`;
  return `${finder.message} Choose the field again to try once more.`;
}
