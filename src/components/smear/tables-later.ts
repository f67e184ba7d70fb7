import type {MeasuredFields} from "../../data/shapes/fields.js";
import {element} from "../ui/element.js";
import {watchNear} from "../ui/view.js";

/**
 * What was measured on whole fields, as tables: fetched, as is their code, when they come near the window. The place stays
 * empty where nothing was measured.
 */
export function fieldTablesLater(fetchFields: () => Promise<MeasuredFields | null>): HTMLElement {
  const place = element("div", {class: "loaded-near"});
  const stop = watchNear(place, (near) => {
    if (!near) return;
    stop();
    void Promise.all([import("../ui/table.js"), fetchFields()]).then(([{scrollTable}, fields]) =>
      place.replaceChildren(...(fields?.tables ?? []).map(({caption, rows}) => scrollTable(rows, {caption})))
    );
  });
  return place;
}
