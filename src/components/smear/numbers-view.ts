import {element} from "../ui/element.js";
import {formatCount, formatPercent} from "../ui/format.js";
import {intervalText, microlitreText, numbersOf, thresholdText, worthOf} from "./numbers.js";
import type {ThresholdOf} from "./numbers.js";
import type {SmearField} from "./review.js";
import {ASSUMED_RED_CELLS} from "./worth.js";

/** What a smear comes to, in large type, and what that is worth. */
export interface NumbersView {
  node: HTMLElement;
  /** What the count is worth, to be shown beside it. */
  worth: HTMLElement;
  show(fields: readonly SmearField[]): void;
}

/**
 * @param measured what each network did on cells that are known, where that was measured
 * @param own the visitor's laboratory, where one is kept
 */
export function numbersView(measured: ThresholdOf["measured"], own: ThresholdOf | null): NumbersView {
  const share = element("p", {class: "big-number", "data-testid": "share"}, "–");
  const count = element("p", {class: "smear-count", "data-testid": "count"});
  const interval = element("p", {class: "muted"});
  const compared = element("p", {"data-testid": "network-count"});
  const others = element("p", {class: "muted"});
  const threshold = element("p", {class: "muted", "data-testid": "threshold"});
  const worth = element("ul", {class: "worth", "data-testid": "worth"});
  const red = element("input", {
    type: "number",
    min: 100_000,
    max: 10_000_000,
    step: 100_000,
    value: ASSUMED_RED_CELLS
  });
  const microlitre = element("p", {"data-testid": "microlitre"});
  const perVolume = element(
    "details",
    element("summary", "Parasites a microlitre"),
    element("label", {class: "control"}, element("span", "Red cells a microlitre"), red),
    microlitre
  );
  const node = element(
    "section",
    {class: "numbers", "aria-label": "The count"},
    share,
    count,
    interval,
    compared,
    others,
    threshold
  );
  const beside = element(
    "section",
    {class: "worth-part", "aria-labelledby": "worth-title"},
    element("h2", {id: "worth-title"}, "What the count is worth"),
    worth,
    perVolume
  );
  let shown: readonly SmearField[] | undefined;
  red.addEventListener("input", sayVolume);

  function sayVolume(): void {
    microlitre.textContent = red.validity.valid
      ? microlitreText(numbersOf(shown ?? []), red.valueAsNumber)
      : "Give a number from 100,000 to 10,000,000.";
  }

  return {
    node,
    worth: beside,
    show(fields) {
      if (fields === shown) return;
      shown = fields;
      const numbers = numbersOf(fields);
      const {network, reviewed, waiting, marked} = numbers;
      share.textContent = reviewed.cells ? formatPercent(numbers.share.estimate) : "–";
      count.textContent = reviewed.cells
        ? `${formatCount(reviewed.infected)} of ${formatCount(reviewed.cells)} red cells parasitized${waiting ? `; ${formatCount(waiting)} are still being judged` : ""}`
        : "No red cell yet.";
      node.dataset.cells = String(reviewed.cells);
      node.dataset.infected = String(reviewed.infected);
      interval.textContent = intervalText(numbers);
      compared.textContent = network.cells
        ? `The networks alone: ${formatCount(network.infected)} of ${formatCount(network.cells)}. ${marked ? `You marked or added ${formatCount(marked)}.` : "Nobody has looked yet."}`
        : "";
      others.textContent = numbers.others.length ? `Not counted: ${numbers.others.join(", ")}.` : "";
      threshold.textContent = thresholdText(fields);
      worth.replaceChildren(...worthOf(fields, measured, own).map((sentence) => element("li", sentence)));
      sayVolume();
    }
  };
}
