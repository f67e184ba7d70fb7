import type {ModelSource} from "../engine/download.js";
import {element} from "../ui/element.js";
import {answerPlace} from "./answer-place.js";
import type {ChosenFile} from "./chosen-files.js";
import {createClassifier} from "./client.js";
import type {BackendChoice, Classifier, ClassifierOptions} from "./client.js";
import {FETCH, engineBox} from "./engine-box.js";
import {isFrugal} from "./frugal.js";
import type {Connection} from "./frugal.js";
import {describe} from "./model-status.js";
import type {NetworkChoice, NetworkName} from "./networks.js";
import type {ModelState} from "./protocol.js";
import type {Results} from "./results.js";
import {sampleName, uploadCard} from "./upload.js";
import type {Sample} from "./upload.js";

/** Options of {@link classifierElement}. */
export interface ClassifierElementOptions {
  /** Where the networks lie. */
  sources: Readonly<Partial<Record<NetworkName, ModelSource>>>;
  /** Where what tells a whole field from a cell lies. */
  finder?: ModelSource;
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
  finder,
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
  const known = [...samples];
  let results: Results | undefined;

  const live = element("p", {class: "visually-hidden", role: "status"});
  const announce = (sentence: string) => (live.textContent = sentence);
  const notice = element("p", {class: "notice", role: "alert", hidden: problems.length === 0}, ...problems);
  const say = (sentence: string) => {
    notice.hidden = false;
    notice.append(` ${sentence}`);
  };
  const place = answerPlace({
    retry: {label: "Retry", act: () => classifier.retry()},
    fetch: {label: FETCH, act: () => box.release()}
  });
  const answers = element("section", {class: "bench-answer", "aria-label": "Answers"}, place.element);
  const below = element("div");
  const classifier = create({sources, ...(finder && {finder}), onModel: showState});
  const box = engineBox({
    names: Object.keys(sources) as NetworkName[],
    network,
    backend,
    isHeld: isFrugal(navigator as {connection?: Connection}),
    onRetry: () => classifier.retry(),
    onNetwork(choice) {
      onNetwork(choice);
      choose();
      results?.askWaiting();
    },
    onBackend(choice) {
      onBackend(choice);
      choose();
    },
    onFetch() {
      choose();
      results?.askFurther();
    },
    onHindrance: place.update
  });
  /** Who answers and what computes, as the menus say. */
  const choose = () => classifier.choose(box.network, box.backend);
  // First of all: the worker starts while what is to be seen is made.
  choose();
  const upload = uploadCard({
    samples,
    onFiles: add,
    onNothing: () => announce("Nothing was dropped that is a file. Save the picture first, then drop the file."),
    signal
  });

  // Here from the start, though what it holds comes with what shows answers: nothing below it shall move.
  const laboratory = element("details", {class: "laboratory"}, element("summary", "Your laboratory"));
  const input = element("div", {class: "bench-input"}, upload.element, box.element, laboratory);

  signal?.addEventListener("abort", () => classifier.dispose());
  window.addEventListener("online", () => classifier.retry(), {signal});

  function showState(name: NetworkName, state: ModelState): void {
    if (box.update(name, state) && state.state !== "loading") announce(describe(state));
    if (state.state === "ready") results?.askRefused();
  }

  /** Fetches what shows answers. */
  async function loadResults(): Promise<Results> {
    const {createResults} = await import("./results.js");
    if (results) return results;
    results = createResults({
      classifier,
      place,
      known,
      mapNote,
      announce,
      signal,
      titleOf: sampleName,
      networks: Object.values(sources).map(({sha256}) => sha256),
      onNewest(file) {
        onCell(file && known.some((one) => one.file === file) ? file.name : "");
        upload.mark(file);
      },
      onEmpty: () => upload.focus()
    });
    answers.append(...results.above);
    below.append(results.below);
    laboratory.append(results.laboratory);
    return results;
  }

  /** Takes files in, at once or as soon as what shows answers is there. */
  function add(chosen: ChosenFile[], unreadable = 0): void {
    const missing = "A part of this page did not come. Check the connection, then choose the files again.";
    if (results) results.take(chosen, unreadable);
    else
      loadResults().then(
        ({take}) => take(chosen, unreadable),
        () => say(missing)
      );
  }

  const begun = loadResults().catch(() => undefined);
  void first?.then(async (cell) => {
    if (typeof cell === "string") return say(cell);
    // After a reload the cell of the address is there already.
    const newest = await (await begun)?.restored;
    if (newest?.name === cell.file.name) return upload.mark(newest);
    if (!known.includes(cell)) known.push(cell);
    add([{file: cell.file, path: cell.file.name}]);
  });
  return element("div", {class: "classifier"}, notice, element("div", {class: "bench"}, input, answers), below, live);
}
