import {summariseViews, calibrate} from "../engine/verdict.js";
import type {Refusal} from "../image/refusal.js";
import {dihedralViews} from "../image/views.js";
import {element} from "../ui/element.js";
import {namedButton, panelButton} from "../ui/panel-button.js";
import {whyPanel} from "../why/why.js";
import type {Answer} from "./entries.js";
import {networkTitle} from "./networks.js";
import type {Reading} from "./prepare-picture.js";
import type {Explanation} from "./protocol.js";

/** What a card can ask for. */
export interface CardQuestions {
  /** Asks the network that answered about cells made of the answered one. */
  onJudge: (answer: Answer, cells: Uint8ClampedArray[]) => Promise<number[]>;
  /** What tells where the cell speaks for the positive class; null if the network that answered cannot. */
  explainerOf: (answer: Answer) => ((shuffled: boolean) => Promise<Explanation>) | null;
  /** Asks for the file once more, read in another way. */
  onAgain: (reading: Reading) => void;
}

/** Options of {@link answerActions}. */
export interface AnswerActionsOptions extends CardQuestions {
  file: File;
  /** What the card is called. */
  title: string;
  /** The file's name where it is a cell of the data set. */
  cell: string | undefined;
  /** What is said under a map of how far such maps can be trusted. */
  mapNote: string;
  /** How the file was read. */
  reading: Reading;
}

/**
 * What can be done with an answered cell.
 * @param early what the quicker of two networks said: it is the one to be fooled, as it answers at once
 */
export function answerActions(final: Answer, early: Answer | undefined, options: AnswerActionsOptions): HTMLElement[] {
  const {file, title, cell, mapNote, reading, onJudge, explainerOf, onAgain} = options;
  const {prediction, network} = final;
  const {positive} = network.metadata;
  const explain = explainerOf(final);
  const chance = calibrate(prediction.probability, network.metadata);
  const quick = early ?? final;
  return [
    ...(explain ? [whyPanel({cell: prediction.seen, chance, positive, name: title, note: mapNote, explain})] : []),
    panelButton("Try to fool it", {
      name: title,
      async open() {
        const {foolPanel} = await import("../fool/fool-panel.js");
        return foolPanel(quick, {judge: (cells) => onJudge(quick, cells), who: networkTitle(quick.network.metadata)});
      }
    }),
    viewsCheck(() => onJudge(final, dihedralViews(prediction.seen)), {answer: final, name: title}),
    ...(cell ? [] : [markButton(file, title, onAgain)]),
    ...(reading.part ? [namedButton("Use the whole picture", title, {onclick: () => onAgain({})})] : []),
    ...(prediction.cut
      ? [
          namedButton("Use the picture as it is", title, {
            onclick: () => onAgain({...reading, asIs: true, anyway: true})
          })
        ]
      : []),
    ...(reading.asIs ? [namedButton("Cut the cell out", title, {onclick: () => onAgain({...partOf(reading)})})] : []),
    panelButton("Share", {
      name: title,
      async open() {
        const {sharePanel} = await import("../share/share-panel.js");
        return sharePanel(final, {cell, title, who: networkTitle(network.metadata)});
      }
    })
  ];
}

/** What can be done about a picture in which no cell was found, as `message` says. */
export function refusalActions(
  file: File,
  {
    title,
    message,
    reading,
    onAgain
  }: {title: string; message: string; reading: Reading; onAgain: (reading: Reading) => void}
): HTMLElement[] {
  return [
    ...(/\bSmear\b/.test(message) ? [smearButton(file, title)] : []),
    markButton(file, title, onAgain),
    ...(reading.part ? [namedButton("Use the whole picture", title, {onclick: () => onAgain({})})] : []),
    namedButton("Answer anyway", title, {onclick: () => onAgain({...partOf(reading), anyway: true})})
  ];
}

/** A button that opens the page Smear with this very picture, which stays on the device. */
function smearButton(file: File, title: string): HTMLElement {
  const button = namedButton("Count its cells on Smear", title, {class: "primary"});
  const problem = element("p", {"aria-live": "polite", hidden: true});
  button.addEventListener("click", () => {
    button.disabled = true;
    import("../keep/hand-over.js")
      .then(({openHandOver}) => openHandOver().give(file))
      .then(
        () => location.assign(new URL("smear", location.href)),
        () => {
          problem.hidden = false;
          problem.textContent =
            "This browser keeps no file between two pages. Open Smear, and choose the picture there.";
          button.disabled = false;
        }
      );
  });
  return element("div", {class: "panel-button"}, button, problem);
}

const partOf = ({part}: Reading) => (part ? {part} : {});

/** A button that shows the picture, on which a cell is marked by hand. */
function markButton(file: File, title: string, onAgain: (reading: Reading) => void): HTMLElement {
  return panelButton("Mark the cell yourself", {
    name: title,
    async open() {
      const {cropPanel} = await import("../crop/crop-panel.js");
      return cropPanel({file, onPart: (part) => onAgain({part})});
    }
  });
}

/** A button that asks for the eight views, and then says what they are called. */
function viewsCheck(
  ask: () => Promise<number[]>,
  {answer: {network}, name}: {answer: Answer; name: string}
): HTMLElement {
  const button = namedButton("Turn and mirror it", name);
  const text = element("p", {"aria-live": "polite"});
  const root = element("div", {class: "views"}, button, text);
  button.addEventListener("click", () => {
    button.disabled = true;
    text.textContent = "Asking for the eight views…";
    ask().then(
      (probabilities) => {
        const {agree, sentence} = summariseViews(probabilities, network.metadata);
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
