import {BACKENDS} from "../engine/engine.js";
import {element} from "../ui/element.js";
import {formatBytes, formatMilliseconds} from "../ui/format.js";
import type {ModelState} from "./protocol.js";

/** The line that says how far the model is. */
export interface ModelStatus {
  element: HTMLElement;
  update(state: ModelState): void;
}

/**
 * Builds the status line, with a progress bar while the model loads and a button after a failure. It says its state in a
 * word or two, and in a sentence that the style sheet shows on demand, or after a failure.
 * @param options.title what the line starts with where there is more than one, else empty
 * @param options.id what tests call it
 */
export function modelStatus({
  network,
  title,
  id,
  onRetry
}: {
  network: string;
  title: string;
  id: string;
  onRetry: () => void;
}): ModelStatus {
  const short = element("p", {class: "short"}, title || "The network", ": loading");
  const text = element("p", {class: "long"}, "Loading the network…");
  const bar = element("progress", {"aria-label": `Download of the network${title && `, ${title}`}`, max: 1});
  const retry = element("button", {type: "button", hidden: true}, "Retry");
  retry.addEventListener("click", () => {
    retry.disabled = true;
    onRetry();
  });
  const marks = {"data-testid": id, "data-network": network, "data-state": "loading"};
  const root = element("div", {class: "model-status", ...marks}, short, text, bar, retry);

  function update(model: ModelState): void {
    root.dataset.state = model.state;
    bar.hidden = model.state === "ready" || model.state === "failed";
    retry.hidden = model.state !== "failed";
    retry.disabled = false;
    short.textContent = `${title || "The network"}: ${shortly(model)}`;
    text.textContent = title ? `${title}: ${describe(model)}` : describe(model);
    if (model.state === "loading") {
      bar.max = model.total;
      bar.value = model.loaded;
    } else bar.removeAttribute("value");
    for (const key of ["backend", "kernels"]) delete root.dataset[key];
    if (model.state === "ready") Object.assign(root.dataset, {backend: model.backend, kernels: model.kernels});
  }

  return {element: root, update};
}

function shortly(model: ModelState): string {
  if (model.state !== "loading") return model.state === "warming" ? "starting" : model.state;
  return `${formatBytes(model.loaded)} of ${formatBytes(model.total)}`;
}

/** @returns one sentence about the model's state */
export function describe(model: ModelState): string {
  switch (model.state) {
    case "loading":
      return `Downloading the network: ${formatBytes(model.loaded)} of ${formatBytes(model.total)}.`;
    case "warming":
      return "Preparing the network: compiling, then checking two known cells.";
    case "ready":
      return [
        `Ready. It runs on ${BACKENDS[model.backend]}, ${formatMilliseconds(model.milliseconds)} a cell.`,
        model.note ?? ""
      ]
        .join(" ")
        .trim();
    case "failed":
      return model.message;
  }
}
