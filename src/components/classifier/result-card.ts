import {BACKENDS} from "../engine/engine.js";
import type {ModelMetadata} from "../engine/metadata.js";
import {calibrate, summariseViews, verdict} from "../engine/verdict.js";
import type {Refusal} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {formatMilliseconds, formatProbability} from "../ui/format.js";
import type {Answer} from "./entries.js";
import {networkTitle} from "./networks.js";
import {drawCell} from "./paint.js";
import type {Reading} from "./prepare-picture.js";
import type {Explanation, Prediction} from "./protocol.js";
import type {Sample} from "./upload.js";
import {whyPanel} from "./why.js";

/** One file's card: it waits, then shows an answer or a refusal. */
export interface ResultCard {
  element: HTMLElement;
  /** Shows the quicker network's answer while the other's is awaited. @returns a sentence that says it */
  preview(early: Answer): string;
  /** Shows the answer that stands, and whether an earlier one was the same. @returns a sentence that says it */
  answer(answer: Answer, early?: Answer): string;
  /** Shows why there is none. @returns a sentence that says it */
  refuse(refusal: {code: string; message: string}): string;
  /** Gives the picture's memory back; call it once the card is gone. */
  dispose(): void;
}

/** Options of {@link resultCard}. */
export interface ResultCardOptions {
  /** What the file is called: its place in the chosen folder. */
  path: string;
  /** What the data set says, when the file is one of its cells; shown with the answer only. */
  sample?: Pick<Sample, "label" | "disputed" | "learned">;
  onRemove: () => void;
  /** Asks for the eight views of the cell. */
  onViews: (answer: Answer) => Promise<number[]>;
  /** What tells where the cell speaks for the positive class; null if the network that answered cannot. */
  explainerOf: (answer: Answer) => ((shuffled: boolean) => Promise<Explanation>) | null;
  /** Asks for the file once more, read in another way. */
  onAgain: (reading: Reading) => void;
  /** What is said under a map of how far such maps can be trusted. */
  mapNote: string;
}

/** Builds the card of one file. Its name is shown as text, whatever it contains. */
export function resultCard(
  file: File,
  {path, sample, onRemove, onViews, explainerOf, onAgain, mapNote}: ResultCardOptions
): ResultCard {
  let url: string | undefined;
  let asked: Reading = {};
  const body = element("div", {class: "result-body"}, element("p", {class: "muted"}, "Waiting…"));
  const remove = element("button", {type: "button", "aria-label": `Remove ${path}`}, "Remove");
  remove.addEventListener("click", onRemove);
  const name = element("h2", element("bdi", path));
  const head = element("div", {class: "result-head"}, name, remove);
  const root = element("li", {class: "card result", "data-file": path}, head, body);

  function againButton(label: string, reading: Reading): HTMLElement {
    const button = element("button", {type: "button", "aria-label": `${label}: ${path}`}, label);
    button.addEventListener("click", () => {
      for (const key of Object.keys(root.dataset)) if (key !== "file") delete root.dataset[key];
      root.className = "card result";
      body.replaceChildren(element("p", {class: "muted"}, "Waiting…"));
      remove.focus();
      onAgain((asked = reading));
    });
    return button;
  }

  function uploaded(): HTMLElement {
    url ??= URL.createObjectURL(file);
    return element("img", {src: url, alt: "", class: "uploaded", decoding: "async"});
  }

  /** Pictures, class and probability: what every answer shows, and a sentence that says it. */
  function show({prediction, network: {metadata}}: Answer, more: HTMLElement[]): string {
    const {probability, cell, cut, outside} = prediction;
    const {label, uncertain} = verdict(probability, metadata);
    delete root.dataset.code;
    root.classList.remove("error", ...metadata.labels);
    root.classList.add(label);
    if (outside !== null) root.dataset.outside = "yes";
    const called = uncertain ? `Too close to call, rather ${label}` : capitalise(label);
    body.replaceChildren(
      element(
        "div",
        {class: "pictures"},
        picture(uploaded(), `Your picture, ${prediction.width} × ${prediction.height}`),
        picture(drawCell(cell), `What the network saw, 50 × 50${cut ? ": the cell cut out and laid on black" : ""}`)
      ),
      element(
        "div",
        {class: "verdict"},
        ...(outside === null ? [] : [warning(outside)]),
        element("p", {class: `class-name ${label}`}, called),
        probabilityBar(probability, metadata),
        element("p", {class: "number"}, figures(probability, metadata)),
        ...more
      )
    );
    const domain = outside === null ? "" : " outside what the network was tested on";
    return `${path}: ${called}${domain}, probability of ${metadata.positive} ${formatProbability(probability)}.`;
  }

  const line = (text: string, look: string) => element("p", {class: look}, text);

  function preview(early: Answer): string {
    const {prediction, network} = early;
    Object.assign(root.dataset, {early: prediction.probability.toFixed(6)});
    const title = networkTitle(network.metadata);
    const sentence = show(early, [
      line(`${title}, ${timeOf(prediction)}.`, "muted"),
      line("A first answer, by the small network. ResNet-34 judges the cell too as soon as it can.", "remark")
    ]);
    return `${sentence} A first answer; ResNet-34's follows.`;
  }

  function answer(final: Answer, early?: Answer): string {
    const {prediction, network} = final;
    const {metadata} = network;
    const {cell, cut} = prediction;
    Object.assign(root.dataset, {
      testid: "prediction",
      label: verdict(prediction.probability, metadata).label,
      p: prediction.probability.toFixed(6),
      backend: prediction.backend,
      ms: prediction.milliseconds.toFixed(1)
    });
    const explain = explainerOf(final);
    return show(final, [
      line(`${networkTitle(metadata)}, ${timeOf(prediction)}.`, "muted"),
      ...(early ? [line(comparison(early, final), "remark")] : []),
      ...remarks(prediction, sample).map((text) => line(text, "remark")),
      ...(cut ? [againButton("Use the picture as it is", {asIs: true, anyway: true})] : []),
      ...(asked.asIs ? [againButton("Cut the cell out", {})] : []),
      viewsCheck(() => onViews(final), {metadata, name: path}),
      explain
        ? whyPanel({cell, positive: metadata.positive, name: path, note: mapNote, explain})
        : line("Maps of where a cell speaks for its class are ResNet-34's: have it answer too, above.", "muted")
    ]);
  }

  function refuse({code, message}: {code: string; message: string}): string {
    Object.assign(root.dataset, {testid: "prediction-error", code});
    if (root.dataset.early && NO_FAULT_OF_THE_PICTURE.has(code)) {
      body.append(line(`ResNet-34 has not judged it. ${message}`, "remark"));
      return `${path} has a first answer only. ${message}`;
    }
    root.classList.add("error");
    const reason = element("div", {class: "verdict"}, element("p", message));
    if (code === "outside") {
      reason.append(againButton("Answer anyway", {anyway: true}));
      body.replaceChildren(picture(uploaded(), "Your picture"), reason);
    } else body.replaceChildren(reason);
    return `${path} was not classified. ${message}`;
  }

  return {element: root, preview, answer, refuse, dispose: () => url && URL.revokeObjectURL(url)};
}

/** Refusals after which an earlier network's answer still stands. */
const NO_FAULT_OF_THE_PICTURE = new Set(["unavailable", "cancelled", "timed-out", "engine"]);

function timeOf({milliseconds, backend}: Prediction): string {
  return `${formatMilliseconds(milliseconds)} on ${BACKENDS[backend]}`;
}

/** Whether the quicker network had called the cell the same. */
function comparison(early: Answer, final: Answer): string {
  const [before, after] = [early, final].map(({prediction, network}) =>
    verdict(prediction.probability, network.metadata)
  );
  const said = `${networkTitle(early.network.metadata)} said ${before!.label} first, P = ${formatProbability(early.prediction.probability)}`;
  return before!.label === after!.label
    ? `${said}: the same class.`
    : `${said}: another class. Where the two disagree, trust neither without looking.`;
}

function warning(reason: string): HTMLElement {
  const title = element("strong", "Outside what the network was tested on.");
  return element("p", {class: "outside"}, title, ` ${reason} You asked for the answer all the same.`);
}

function picture(content: HTMLElement, caption: string): HTMLElement {
  return element("figure", content, element("figcaption", caption));
}

/** A button that asks for the eight views, and then says what they are called. */
function viewsCheck(
  ask: () => Promise<number[]>,
  {metadata, name}: {metadata: ModelMetadata; name: string}
): HTMLElement {
  const label = "Turn and mirror it";
  const button = element("button", {type: "button", "aria-label": `${label}: ${name}`}, label);
  const text = element("p", {"aria-live": "polite"});
  const root = element("div", {class: "views"}, button, text);
  button.addEventListener("click", () => {
    button.disabled = true;
    text.textContent = "Asking for the eight views…";
    ask().then(
      (probabilities) => {
        const {agree, sentence} = summariseViews(probabilities, metadata);
        Object.assign(root.dataset, {testid: "views", agree});
        text.textContent = sentence;
        button.hidden = true;
      },
      (refusal: Refusal) => {
        text.textContent = refusal.message;
        button.disabled = false;
      }
    );
  });
  return root;
}

function figures(probability: number, metadata: ModelMetadata): string {
  const {positive, threshold, abstain} = metadata;
  const calibrated = calibrate(probability, metadata);
  return [
    `P(${positive}) = ${formatProbability(probability)} as the network gives it,`,
    `${formatProbability(calibrated)} calibrated. Called ${positive} from ${formatProbability(threshold)} up`,
    abstain ? `and too close to call from ${abstain.map(formatProbability).join(" to ")}.` : "."
  ]
    .join(" ")
    .replace(" .", ".");
}

function probabilityBar(probability: number, {positive, threshold, abstain}: ModelMetadata): HTMLElement {
  const bar = element("div", {
    class: `probability ${positive}`,
    role: "img",
    "aria-label": `Probability of ${positive}: ${formatProbability(probability)}`
  });
  bar.style.setProperty("--p", String(probability));
  bar.style.setProperty("--threshold", String(threshold));
  if (abstain) {
    const band = element("span", {class: "band"});
    band.style.setProperty("--low", String(abstain[0]));
    band.style.setProperty("--high", String(abstain[1]));
    bar.append(band);
  }
  return bar;
}

function remarks({notes}: Prediction, sample: ResultCardOptions["sample"]): string[] {
  const lines = [...notes];
  if (sample) {
    const dispute = sample.disputed ? "; Fuhad et al. (2020) call it the other class" : "";
    lines.push(`The data set calls this cell ${sample.label}${dispute}.`);
    if (sample.learned) lines.push("The network learned from this patient's cells, so its answer here proves nothing.");
  }
  return lines;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
