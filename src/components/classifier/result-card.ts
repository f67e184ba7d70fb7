import {answerHead} from "../answer/answer-head.js";
import {againstLabel, agreement, glanceAt} from "../answer/glance.js";
import {BACKENDS} from "../engine/engine.js";
import type {ModelMetadata} from "../engine/metadata.js";
import {calibrate, verdict} from "../engine/verdict.js";
import {element} from "../ui/element.js";
import {formatMilliseconds, formatProbability} from "../ui/format.js";
import {drawCell} from "../why/paint.js";
import {answerActions, refusalActions} from "./card-actions.js";
import type {CardQuestions} from "./card-actions.js";
import type {Answer} from "./entries.js";
import {networkTitle} from "./networks.js";
import type {Reading} from "./prepare-picture.js";
import type {Prediction} from "./protocol.js";
import type {Sample} from "./upload.js";

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
export interface ResultCardOptions extends CardQuestions {
  /** What the file is called: its place in the chosen folder. */
  path: string;
  /** What the card is called. */
  title: string;
  /** What the data set says, when the file is one of its cells; shown with the answer only. */
  sample?: Sample;
  /** How the file was read. */
  reading: Reading;
  onRemove: () => void;
  /** What the card says while it waits, or what helps once it has said itself why it has no answer. */
  waiting: (isTold?: boolean) => HTMLElement;
  /** What is said under a map of how far such maps can be trusted. */
  mapNote: string;
}

/** Builds the card of one file. Its name is shown as text, whatever it contains. */
export function resultCard(
  file: File,
  {path, title, sample, reading, onRemove, onJudge, explainerOf, onAgain, mapNote, waiting}: ResultCardOptions
): ResultCard {
  let url: string | undefined;
  let asked = reading;
  const body = element("div", {class: "result-body"});
  const remove = element("button", {type: "button", class: "quiet", "aria-label": `Remove ${title}`}, "Remove");
  remove.addEventListener("click", onRemove);
  const name = element("h2", element("bdi", title));
  const head = element("div", {class: "result-head"}, name, remove);
  const root = element("li", {class: "card result", "data-file": path, tabindex: -1}, head, body);

  /** Says what the card waits for, beside the picture where that is known to be sound: of a file not yet read it may be a bomb. */
  function wait(...said: HTMLElement[]): void {
    const isSound = sample !== undefined || url !== undefined;
    const shown = isSound ? [element("div", {class: "pictures"}, element("figure", uploaded()))] : [];
    body.replaceChildren(...shown, element("div", {class: "verdict"}, ...said, waiting(said.length > 0)));
  }

  /** Waits for an answer to another question. */
  function again(next: Reading): void {
    for (const key of Object.keys(root.dataset)) if (key !== "file") delete root.dataset[key];
    root.className = "card result";
    wait();
    remove.focus();
    onAgain((asked = next));
  }

  function uploaded(): HTMLElement {
    url ??= URL.createObjectURL(file);
    return element("img", {src: url, alt: "", class: "uploaded", decoding: "async"});
  }

  /** What every answer shows at a glance and in detail, and a sentence that says it. */
  function show(
    answer: Answer,
    {lines, actions, details}: Record<"lines" | "actions" | "details", HTMLElement[]>
  ): string {
    const {prediction, network} = answer;
    const {metadata} = network;
    const {probability, seen: pixels, cut, outside, cautions} = prediction;
    const seen = glanceAt(probability, metadata);
    delete root.dataset.code;
    root.classList.remove("error", "uncertain", ...metadata.labels);
    root.classList.add(seen.look);
    if (outside !== null) root.dataset.outside = "yes";
    if (cautions.length) root.dataset.caution = "yes";
    const own = picture(
      uploaded(),
      `${asked.part ? "The marked part" : sample ? "The picture" : "Your picture"}, ${prediction.width} × ${prediction.height}`
    );
    const rendition = picture(drawCell(pixels), `What the network saw, 50 × 50${whatWasDone(prediction, asked)}`);
    const isOther = cut || asked.part !== undefined;
    body.replaceChildren(
      element("div", {class: isOther ? "pictures both" : "pictures"}, own, isOther && rendition),
      element(
        "div",
        {class: "verdict"},
        ...(outside === null ? [] : [warning(outside)]),
        answerHead(probability, metadata),
        ...(cautions.length ? [caution(cautions)] : []),
        ...lines
      ),
      ...(actions.length ? [element("div", {class: "actions"}, ...actions)] : []),
      element(
        "details",
        {class: "more"},
        element("summary", "Details"),
        !isOther && element("div", {class: "pictures"}, rendition),
        element("p", {class: "number"}, figures(probability, metadata)),
        line(`${networkTitle(metadata)}, ${timeOf(prediction)}.`, "muted"),
        ...(answer.laboratory ? [line(`Its threshold: ${answer.laboratory}.`, "muted")] : []),
        ...details
      )
    );
    const domain = outside === null ? "" : " outside what the network was tested on";
    return `${title}: ${seen.sentence}${domain}, probability of ${metadata.positive} ${seen.percent}.`;
  }

  const line = (text: string, look: string) => element("p", {class: look}, text);

  function preview(early: Answer): string {
    Object.assign(root.dataset, {early: early.prediction.probability.toFixed(6)});
    const lines = [
      line("A first answer, by the small network. ResNet-34 judges the cell too as soon as it can.", "remark")
    ];
    return `${show(early, {lines, actions: [], details: []})} A first answer; ResNet-34's follows.`;
  }

  function answer(final: Answer, early?: Answer): string {
    const {prediction, network} = final;
    const {metadata} = network;
    const {notes} = prediction;
    Object.assign(root.dataset, {
      testid: "prediction",
      label: verdict(prediction.probability, metadata).label,
      p: prediction.probability.toFixed(6),
      backend: prediction.backend,
      ms: prediction.milliseconds.toFixed(1)
    });
    const told = againstLabel(glanceAt(prediction.probability, metadata), sample);
    const said = [agreement(early, final), ...notes].map((text) => line(text, "remark"));
    return show(final, {
      lines: [line(told, told.startsWith("✗") ? "remark is-wrong" : "remark"), ...said].filter(
        ({textContent}) => textContent
      ),
      actions: answerActions(final, early, {
        file,
        title,
        mapNote,
        reading: asked,
        onJudge,
        explainerOf,
        onAgain: again,
        cell: sample && file.name
      }),
      details: [
        ...(early ? [line(comparison(early, final), "remark")] : []),
        ...(explainerOf(final)
          ? []
          : [line("Maps of where a cell speaks for its class are ResNet-34's: have it answer too.", "muted")])
      ]
    });
  }

  function refuse({code, message}: {code: string; message: string}): string {
    Object.assign(root.dataset, {testid: "prediction-error", code});
    if (root.dataset.early && NO_FAULT_OF_THE_PICTURE.has(code)) {
      body.querySelector(".verdict")!.append(line(`ResNet-34 has not judged it. ${message}`, "remark"));
      return `${title} has a first answer only. ${message}`;
    }
    root.classList.add("error");
    if (code === "unavailable") wait(element("p", message));
    else if (code === "outside") {
      const actions = refusalActions(file, {title, message, reading: asked, onAgain: again});
      const shown = element("div", {class: "pictures"}, picture(uploaded(), "Your picture"));
      body.replaceChildren(shown, verdictOf(message), element("div", {class: "actions"}, ...actions));
    } else body.replaceChildren(verdictOf(message));
    return `${title} was not classified. ${message}`;
  }

  wait();
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

const verdictOf = (message: string) => element("div", {class: "verdict"}, element("p", message));

function warning(reason: string): HTMLElement {
  const title = element("strong", "Outside what the network was tested on.");
  return element("p", {class: "outside"}, title, ` ${reason} You asked for the answer all the same.`);
}

/** What is foreign about a picture, so that its answer is no plain one. */
function caution(cautions: readonly string[]): HTMLElement {
  return element("p", {class: "take-care"}, element("strong", "Take care:"), ` ${cautions.join(" ")}`);
}

function picture(content: HTMLElement, caption: string): HTMLElement {
  return element("figure", content, element("figcaption", caption));
}

/** What was done to a picture before the network saw it, after a colon; empty where it was only resized. */
function whatWasDone({cut, cell, seen}: Prediction, {part}: Reading): string {
  const isMatched = cell.length > 0 && seen.some((value, n) => value !== cell[n]);
  const done = [
    part && "the part that you marked",
    cut && "the cell cut out and laid on black",
    isMatched && "its stain brought to the training cells'"
  ].filter(Boolean);
  return done.length ? `: ${done.join(", ")}` : "";
}

function figures(probability: number, metadata: ModelMetadata): string {
  const {positive, threshold, abstain} = metadata;
  const calibrated = calibrate(probability, metadata);
  return [
    `P(${positive}) = ${formatProbability(probability)} as the network gives it,`,
    `${formatProbability(calibrated)} calibrated, for stains like those measured. Called ${positive} from ${formatProbability(threshold)} up`,
    abstain ? `and too close to call from ${abstain.map(formatProbability).join(" to ")}.` : "."
  ]
    .join(" ")
    .replace(" .", ".");
}
