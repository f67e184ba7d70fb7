import {BACKENDS} from "../engine/engine.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import {hindranceOf} from "./answer-place.js";
import type {Hindrance} from "./answer-place.js";
import type {BackendChoice} from "./client.js";
import {modelStatus} from "./model-status.js";
import {CHOICES, NETWORKS} from "./networks.js";
import type {NetworkChoice, NetworkName} from "./networks.js";
import type {ModelState} from "./protocol.js";

/** What computes, in one line, with the menus that change it behind "Advanced". */
export interface EngineBox {
  element: HTMLElement;
  /** Who is to answer: the student alone while ResNet-34 waits. */
  readonly network: NetworkChoice;
  readonly backend: BackendChoice;
  /** Shows how far a network is. @returns whether it is the one whose answers stand, and is in another state than before */
  update(name: NetworkName, state: ModelState): boolean;
  /** Has ResNet-34 wait no longer. */
  release(): void;
}

/** Options of {@link engineBox}. */
export interface EngineBoxOptions {
  /** The networks that there are. */
  names: readonly NetworkName[];
  network: NetworkChoice;
  backend: BackendChoice;
  /** Whether ResNet-34 waits until it is asked for, since it is large. */
  isHeld?: boolean;
  onRetry: () => void;
  /** Told when the visitor chooses who answers. */
  onNetwork: (choice: NetworkChoice) => void;
  /** Told when the visitor chooses what computes. */
  onBackend: (choice: BackendChoice) => void;
  /** Told when ResNet-34 need no longer wait. */
  onFetch?: () => void;
  /** Told what keeps those who are asked from answering, whenever that may have changed. */
  onHindrance?: (hindrance: Hindrance | null) => void;
}

const {label: LARGE, megabytes: SIZE} = NETWORKS.resnet34;
/** What the button says that fetches the network that waits. */
export const FETCH = `Fetch ${LARGE} (${SIZE} MB)`;

/** Builds the line of state of each network and the two menus. */
export function engineBox({
  names,
  network,
  backend,
  isHeld = false,
  onRetry,
  onNetwork,
  onBackend,
  onFetch = () => {},
  onHindrance = () => {}
}: EngineBoxOptions): EngineBox {
  let held = isHeld && names.includes("student") && CHOICES[network].asked.includes("resnet34");
  const lines = new Map(
    names.map((name) => {
      const {label, testId: id} = NETWORKS[name];
      return [name, modelStatus({id, network: name, title: names.length > 1 ? label : "", onRetry})];
    })
  );
  const choices = new Map(Object.entries(CHOICES).map(([key, {label}]) => [key as NetworkChoice, label]));
  const who = select("Answer with", choices, {value: network});
  who.hidden = names.length < 2;
  const what = new Map<BackendChoice, string>([
    ["auto", "what works best"],
    ...(Object.entries(BACKENDS) as [BackendChoice, string][])
  ]);
  const menu = select<BackendChoice>("Compute with", what, {value: backend});
  const controls = element("div", {class: "controls"}, who, menu);
  const advanced = element("details", {class: "advanced"}, element("summary", "Advanced"), controls);
  const root = element("div", {class: "engine"}, ...[...lines.values()].map(({element: line}) => line), advanced);
  advanced.addEventListener("toggle", () => root.classList.toggle("is-open", advanced.open));
  advanced.addEventListener("toggle", () => void offerLink().catch(() => {}), {once: true});
  const fetch = element("button", {type: "button"}, FETCH);
  const wait = element("p", {class: "held", hidden: !held}, `${LARGE} waits, to spare your data. `, fetch);
  root.prepend(wait);
  const states = new Map<NetworkName, ModelState>();
  const endWait = () => {
    held = false;
    wait.hidden = true;
  };
  const release = () => {
    endWait();
    showAsked();
    onFetch();
  };
  fetch.addEventListener("click", release);

  /** The link of these settings, with no picture in it. */
  async function offerLink(): Promise<void> {
    const {addressOf, copyButton} = await import("../share/copy-button.js");
    controls.append(copyButton("Copy the link of these settings", () => addressOf(location.href)));
  }

  const asked = () => (held ? "student" : who.value);
  const showAsked = () => {
    for (const [name, {element: line}] of lines) {
      line.hidden = names.length > 1 && !CHOICES[asked()].asked.includes(name);
    }
    tellHindrance();
  };
  const tellHindrance = () => onHindrance(hindranceOf(names.length > 1 ? CHOICES[asked()].asked : names, states, held));
  who.addEventListener("input", () => {
    endWait();
    showAsked();
    onNetwork(who.value);
  });
  menu.addEventListener("input", () => onBackend(menu.value));
  showAsked();
  return {
    element: root,
    get network() {
      return asked();
    },
    get backend() {
      return menu.value;
    },
    release,
    update(name, state) {
      const {element: line, update} = lines.get(name)!;
      const before = line.dataset.state;
      update(state);
      states.set(name, state);
      tellHindrance();
      return state.state !== before && (names.length < 2 || CHOICES[asked()].asked.at(-1) === name);
    }
  };
}
