import {element} from "../../ui/element.js";
import {tileCanvas, paint} from "./paint.js";
import type {Stage} from "./protocol.js";

/** The pipeline as pictures, one figure a stage. */
export interface StageStrip {
  node: HTMLElement;
  show(stages: Stage[]): void;
}

/** Makes the strip of stages. */
export function stageStrip(): StageStrip {
  const node = element("ol", {class: "stages"});
  const figures: {canvas: HTMLCanvasElement; title: HTMLElement; note: Text; item: HTMLElement}[] = [];
  const add = () => {
    const canvas = tileCanvas("", 230);
    const title = element("b");
    const note = document.createTextNode("");
    const caption = element("figcaption", title, element("span", note));
    const item = element("li", element("figure", canvas, caption));
    figures.push({canvas, title, note, item});
  };
  return {
    node,
    show(stages) {
      while (figures.length < stages.length) add();
      stages.forEach(({title, note, tile}, i) => {
        const figure = figures[i]!;
        paint(figure.canvas, tile);
        figure.canvas.setAttribute("aria-label", `The cell after step ${i + 1}, ${title}`);
        figure.title.textContent = `${i + 1}. ${title}`;
        figure.note.data = note;
      });
      node.replaceChildren(...figures.slice(0, stages.length).map(({item}) => item));
    }
  };
}
