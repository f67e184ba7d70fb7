import type {FieldsReport} from "../../data/shapes/fields.js";
import {element} from "../ui/element.js";
import {watchNear} from "../ui/view.js";

/** What was measured on whole fields, as tables: fetched, as is their code, when they come near the window. */
export function fieldTablesLater(fetchReport: () => Promise<FieldsReport | null>): HTMLElement {
  return loadedNear(async () => {
    const [{fieldTables}, report] = await Promise.all([import("../card/field-tables.js"), fetchReport()]);
    return fieldTables(report);
  });
}

/** A place whose content is fetched when it comes near the window, and stays empty where there is none. */
function loadedNear(load: () => Promise<Element | null>): HTMLElement {
  const place = element("div", {class: "loaded-near"});
  const stop = watchNear(place, (near) => {
    if (!near) return;
    stop();
    void load().then((content) => content && place.replaceChildren(content));
  });
  return place;
}
