import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {watchNear} from "../ui/view.js";
import type {View} from "../ui/view.js";
import {cellMap} from "./cell-map.js";
import type {CellMap, CellMapOptions} from "./cell-map.js";
import {readMap} from "./columns.js";
import type {MapPlaces} from "./columns.js";
import type {Current} from "./current.js";
import {mapFinding, viewHead} from "./view-findings.js";

/** Options of {@link mapView}. */
export interface MapViewOptions extends Omit<CellMapOptions, "passes" | "drawing"> {
  pictures: PictureSource;
  /** Whether a cell passes all filters but the map's own. */
  passes: () => (cell: number) => boolean;
  /** How the map was laid out, in words; null while there is none. */
  layout: string | null;
  /** Share of the cells whose nearest on the map has the same label; null while there is no map. */
  agreement: number | null;
  fetchMap: () => Promise<ArrayBuffer>;
  /** Called when the map has come further. */
  changed: () => void;
}

/** The map, which is fetched when it comes near or a region asks for it. */
export interface MapView extends View<Current> {
  readonly progress: Current["map"];
  /** Where the cells lie; null while that is not known. */
  readonly places: MapPlaces | null;
}

/** The map of cells in a section of its own; a failure to load is named, and can be tried again. */
export function mapView(
  cells: Cells,
  {layout, agreement, fetchMap, changed, passes, ...options}: MapViewOptions
): MapView {
  const head = viewHead("Map of cells");
  head.say(mapFinding(agreement));
  const place = element("div", {class: "map-place"}, element("p", {class: "muted"}, "The map is loading …"));
  let progress: Current["map"] = "unasked";
  let places: MapPlaces | null = null;
  let map: CellMap | undefined;
  let drawing: CellMapOptions["drawing"] | undefined;
  let near = false;
  let current: Current | undefined;

  async function ask(): Promise<void> {
    if (progress !== "unasked") return;
    progress = "asked";
    try {
      const parts = [import("./map-points.js"), import("./map-colours.js")] as const;
      const [buffer, points, colours] = await Promise.all([fetchMap(), ...parts]);
      places = readMap(buffer);
      drawing = {...points, ...colours};
    } catch (error) {
      progress = "unasked";
      const retry = element("button", {type: "button", onclick: () => void ask()}, "Try again");
      const words = `The map did not load (${(error as Error).message}). `;
      return place.replaceChildren(element("p", {class: "notice"}, words, retry));
    }
    progress = places ? "there" : "missing";
    if (places) {
      map = cellMap(cells, places, {...options, drawing: drawing!, passes: passes()});
      place.replaceChildren(map.node);
    } else {
      const words =
        "The map is not made yet: it needs the features of the trained network (models/resnet34/embedding.csv). All else on this page works without it.";
      place.replaceChildren(element("p", {class: "notice plain"}, words));
    }
    changed();
  }

  const draw = () => current && map?.update(current.selection.region, current.selection.view, current.selection.by);
  const endWatch = watchNear(place, (isNear) => {
    near = isNear;
    if (!near) return;
    void ask();
    draw();
  });
  const about = `Cells that the network finds alike lie close together, by its features of patients it never saw${layout ? ` (${layout})` : ""}. Draw a line around some; zoom in (or Ctrl and the wheel) until points become pictures. A flat map only hints at distances: similar cells are computed in the full feature space.`;
  return {
    node: element(
      "section",
      {class: "view", "aria-label": "Map of cells"},
      head.node,
      element("p", {class: "view-about muted"}, about),
      place
    ),
    get progress() {
      return progress;
    },
    get places() {
      return places;
    },
    update(next) {
      current = next;
      if (near) draw();
      if (next.selection.region.kind !== "none") void ask();
    },
    dispose() {
      endWatch();
      map?.dispose();
    }
  };
}
