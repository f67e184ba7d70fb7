import {glanceAt} from "../answer/glance.js";
import {placeOnScale} from "../answer/scale-bar.js";
import type {Answer} from "../classifier/entries.js";
import {saveFile} from "../ui/download.js";
import {element} from "../ui/element.js";
import {dayVariables} from "../ui/svg-text.js";
import {drawCell} from "../why/paint.js";
import {addressOf, copyButton} from "./copy-button.js";
import {HEIGHT, WIDTH, drawResult} from "./draw-result.js";

/** Options of {@link sharePanel}. */
export interface ShareOptions {
  /** The file's name where it is a cell of the data set: then there is a link to it. */
  cell: string | undefined;
  /** What such a cell is called. */
  title: string;
  /** What the network is called. */
  who: string;
  today?: Date;
}

/** A result as a picture to save, and, for a cell of the data set, its link. */
export function sharePanel(
  {prediction, network}: Answer,
  {cell, title, who, today = new Date()}: ShareOptions
): HTMLElement {
  const {metadata} = network;
  const glance = glanceAt(prediction.probability, metadata);
  const outside = prediction.outside !== null && "Outside what was tested.";
  const version = network.sha256 ? ` ${network.sha256.slice(0, 7)}` : "";
  const canvas = element("canvas", {width: WIDTH, height: HEIGHT, class: "share-picture", role: "img"});
  canvas.setAttribute("aria-label", `The result as a picture: ${glance.sentence}, ${glance.percent}`);
  const context = canvas.getContext("2d");
  if (context) {
    const result = {
      glance,
      place: placeOnScale(prediction.probability, metadata),
      hasBand: metadata.abstain !== null,
      title: cell ? title : "",
      caution: outside || (prediction.cautions.length > 0 ? "Take care: a foreign picture." : ""),
      source: `${who}${version} · ${today.toISOString().slice(0, 10)} · Malaria Detection`
    };
    drawResult(context, drawCell(prediction.seen), result, dayVariables());
  }
  const save = element("button", {type: "button"}, "Save as PNG");
  const said = element("p", {class: "muted", role: "status"});
  save.addEventListener("click", () =>
    canvas.toBlob((blob) => {
      if (!blob) return void (said.textContent = "This browser could not make the picture. Take a screenshot instead.");
      saveFile("malaria-cell.png", blob);
    }, "image/png")
  );
  const own = "A link would need the picture, which stays on this device: save the result as a picture instead.";
  return element(
    "div",
    {class: "share", "data-testid": "share"},
    canvas,
    element("div", {class: "controls"}, save, cell && copyButton("Copy link", () => addressOf(location.href, cell))),
    !cell && element("p", {class: "muted"}, own),
    said
  );
}
