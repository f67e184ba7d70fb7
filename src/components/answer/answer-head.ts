import type {ModelMetadata} from "../engine/metadata.js";
import {element} from "../ui/element.js";
import {glanceAt} from "./glance.js";
import {placeOnScale, scaleBar} from "./scale-bar.js";

/** What every answer begins with: the sentence, the percentage, and the scale that all networks share. */
export function answerHead(probability: number, metadata: ModelMetadata): HTMLElement {
  const {look, sentence, percent} = glanceAt(probability, metadata);
  const place = placeOnScale(probability, metadata);
  const band = metadata.abstain !== null;
  const name = `${percent}, on a scale from uninfected to parasitized: ${sentence.toLowerCase()}`;
  const words = ["uninfected", band ? "too close" : "threshold", "parasitized"].map((word) => element("span", word));
  return element(
    "div",
    {class: "answer-head"},
    element("p", {class: `class-name ${look}`}, sentence),
    element("p", {class: "chance"}, element("span", {class: "big-number"}, percent), " chance of a parasite"),
    scaleBar({place, look, band, name}),
    element("p", {class: "scale-words", "aria-hidden": "true"}, ...words)
  );
}
