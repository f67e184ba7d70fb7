import type {Measured} from "../../data/shapes/smear.js";
import {createClassifier} from "../classifier/client.js";
import type {Classifier, ClassifierOptions} from "../classifier/client.js";
import {engineBox} from "../classifier/engine-box.js";
import {isFrugal} from "../classifier/frugal.js";
import type {Connection} from "../classifier/frugal.js";
import {CHOICES} from "../classifier/networks.js";
import type {NetworkName} from "../classifier/networks.js";
import type {SampleField} from "../classifier/samples.js";
import {uploadCard} from "../classifier/upload.js";
import type {ModelSource} from "../engine/download.js";
import {messageOf} from "../image/refusal.js";
import {element} from "../ui/element.js";
import type {Bench, BenchOptions} from "./bench.js";

/** Options of {@link smearElement}. */
export interface SmearElementOptions extends Pick<BenchOptions, "createReader" | "shelf" | "sampleHashes"> {
  /** Where the networks that judge lie. */
  sources: ClassifierOptions["sources"];
  finder: ModelSource;
  samples: readonly SampleField[];
  /** What each network did on known cells. */
  measured: Readonly<Partial<Record<NetworkName, Measured>>>;
  /** Ends the workers and all listening. */
  signal: AbortSignal;
  create?: (options: ClassifierOptions) => Classifier;
}

/** Where fields come from and what computes; the bench below, which is fetched at once, shows them. */
export function smearElement({
  sources,
  finder,
  samples,
  measured,
  signal,
  create = createClassifier,
  ...parts
}: SmearElementOptions): HTMLElement {
  let bench: Bench | undefined;
  const names = Object.keys(sources) as NetworkName[];
  const live = element("p", {class: "visually-hidden", role: "status"});
  const announce = (sentence: string) => (live.textContent = sentence);
  const notice = element("p", {class: "notice", role: "alert", hidden: true});
  const classifier = create({
    sources,
    onModel(name, state) {
      box.update(name, state);
      if (state.state === "ready") bench?.askFurther();
    }
  });
  const box = engineBox({
    names,
    network: "both",
    backend: "auto",
    isHeld: isFrugal(navigator as {connection?: Connection}),
    onRetry: () => classifier.retry(),
    onNetwork: choose,
    onBackend: choose,
    onFetch: choose
  });
  const upload = uploadCard({
    words: {of: "fields of a smear", hint: "One field a picture."},
    samples: [],
    onFiles(files, unreadable = 0) {
      if (unreadable) announce(`${unreadable} folders or files could not be opened.`);
      void take(async () => files.map(({file}) => file));
    },
    onNothing: () => announce("Nothing was dropped that is a file. Save the picture first, then drop the file."),
    signal
  });
  const tries = element(
    "div",
    {class: "controls"},
    element("span", "Or try one of ours:"),
    ...samples.map(({title, load}) =>
      element("button", {type: "button", onclick: () => void take(async () => [await load()])}, title)
    )
  );
  const place = element("div");
  // Here from the start, though what fills them comes with the bench: nothing below shall move.
  const places = {
    finder: element("p", {"data-testid": "finder-status", "data-network": "finder"}, "Finder: loading"),
    fate: element("p", {"data-testid": "kept"}),
    record: element("input", {type: "file", class: "visually-hidden", accept: ".json,application/json"})
  };
  const foot = element(
    "div",
    {class: "smear-foot muted"},
    places.finder,
    element("label", {class: "button"}, "Open a saved smear", places.record),
    places.fate
  );
  const input = element("div", {class: "smear-input"}, upload.element, box.element);
  window.addEventListener("online", () => classifier.retry(), {signal});
  signal.addEventListener("abort", () => classifier.dispose());

  function choose(): void {
    classifier.choose(box.network, box.backend);
    bench?.askFurther();
  }

  async function openBench(): Promise<Bench> {
    const {createBench} = await import("./bench.js");
    if (bench) return bench;
    bench = createBench({
      ...parts,
      classifier,
      finder,
      measured,
      places,
      announce,
      signal,
      asked: () => CHOICES[box.network].asked.filter((name) => names.includes(name)),
      onEmpty: () => upload.focus()
    });
    place.append(...bench.parts);
    return bench;
  }

  async function take(files: () => Promise<File[]>): Promise<void> {
    notice.hidden = true;
    try {
      const opened = await openBench();
      opened.take(await files());
    } catch (error) {
      notice.hidden = false;
      notice.textContent = `A part of this page did not come (${messageOf(error)}). Check the connection, then choose again.`;
    }
  }

  choose();
  void openBench().catch(() => {});
  return element("div", {class: "smear"}, notice, input, tries, place, foot, live);
}
