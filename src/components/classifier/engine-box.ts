import {BACKENDS} from "../engine/engine.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import type {BackendChoice} from "./client.js";
import {modelStatus} from "./model-status.js";
import {CHOICES, NETWORKS} from "./networks.js";
import type {NetworkChoice, NetworkName} from "./networks.js";
import type {ModelState} from "./protocol.js";

/** What computes, in one line, with the menus that change it behind "Advanced". */
export interface EngineBox {
  element: HTMLElement;
  readonly network: NetworkChoice;
  readonly backend: BackendChoice;
  /** Shows how far a network is. @returns whether it is the one whose answers stand, and is in another state than before */
  update(name: NetworkName, state: ModelState): boolean;
}

/** Options of {@link engineBox}. */
export interface EngineBoxOptions {
  /** The networks that there are. */
  names: readonly NetworkName[];
  network: NetworkChoice;
  backend: BackendChoice;
  onRetry: () => void;
  /** Told when the visitor chooses who answers. */
  onNetwork: (choice: NetworkChoice) => void;
  /** Told when the visitor chooses what computes. */
  onBackend: (choice: BackendChoice) => void;
}

/** Builds the line of state of each network and the two menus. */
export function engineBox({names, network, backend, onRetry, onNetwork, onBackend}: EngineBoxOptions): EngineBox {
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
  const showAsked = () => {
    for (const [name, {element: line}] of lines) {
      line.hidden = names.length > 1 && !CHOICES[who.value].asked.includes(name);
    }
  };
  who.addEventListener("input", () => {
    showAsked();
    onNetwork(who.value);
  });
  menu.addEventListener("input", () => onBackend(menu.value));
  showAsked();
  return {
    element: root,
    get network() {
      return who.value;
    },
    get backend() {
      return menu.value;
    },
    update(name, state) {
      const {element: line, update} = lines.get(name)!;
      const before = line.dataset.state;
      update(state);
      return state.state !== before && (names.length < 2 || CHOICES[who.value].asked.at(-1) === name);
    }
  };
}
