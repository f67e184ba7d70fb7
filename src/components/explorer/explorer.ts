import type {HardCells} from "../../data/shapes/cells.js";
import type {ScoreName} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import {gallery} from "../gallery/gallery.js";
import {sheetLoader} from "../gallery/load-sheet.js";
import {thumbnailSource} from "../gallery/thumbnails.js";
import {toCsv} from "../ui/csv.js";
import {downloadButton} from "../ui/download.js";
import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {checkbox, range, select} from "../ui/inputs.js";
import {urlState} from "../ui/url-state.js";
import {axisNames} from "./axes.js";
import {cellMap} from "./cell-map.js";
import type {CellMap} from "./cell-map.js";
import {cellOrder, sortTitles, sorts} from "./cell-order.js";
import {cellRows} from "./cell-rows.js";
import {crossfilter} from "./crossfilter.js";
import {readFeatures, readMap} from "./embedding.js";
import type {Features, MapPlaces} from "./embedding.js";
import {explorerDetail} from "./explorer-detail.js";
import {filterChips} from "./filter-chips.js";
import {cellDimensions, dimensionNames, filterOf, filterParts} from "./filters.js";
import {histogramView} from "./histogram-view.js";
import {kindView} from "./kind-view.js";
import {patientStrip} from "./patient-strip.js";
import {questionList} from "./question-list.js";
import {questionsOf} from "./questions.js";
import type {ExplorerFacts} from "./questions.js";
import {explorerTable} from "./state.js";
import type {ExplorerState, Selection} from "./state.js";

/** Options of {@link cellExplorer}. */
export interface CellExplorerOptions {
  scores: Record<ScoreName, Float64Array>;
  facts: ExplorerFacts;
  hard: HardCells;
  /** Addresses of the folders of packed sheets and of thumbnails, with a slash at their ends. */
  folders: {cells: string; thumbnails: string};
  /** Fetch `map.arrow` and `features.arrow`, when they are first needed. */
  fetchMap: () => Promise<ArrayBuffer>;
  fetchFeatures: () => Promise<ArrayBuffer>;
}

/** The parts of the dataset page; they share one state, which stands in the address of the page. */
export interface CellExplorer {
  questions: HTMLElement;
  /** Count, filters, gallery and linked views. */
  explorer: HTMLElement;
  dispose(): void;
}

/**
 * All cells under linked views: each filters all others and ignores its own filter.
 *
 * One immutable selection lives in the address; every change of it updates the crossfilter where a filter has changed,
 * and then each view.
 */
export function cellExplorer(
  cells: Cells,
  {scores, facts, hard, folders, fetchMap, fetchFeatures}: CellExplorerOptions
): CellExplorer {
  const state: ExplorerState = urlState(explorerTable(cells));
  const {axes, dimensions} = cellDimensions(cells, scores);
  const rows = crossfilter(cells.count, dimensions);
  const all = Object.fromEntries(dimensionNames.map((name) => [name, rows.counts(name).slice()])) as Record<
    (typeof dimensionNames)[number],
    Uint32Array
  >;
  const pictures = thumbnailSource(folders.thumbnails, hard);
  const loadSheet = sheetLoader(folders.cells);
  const narrow = (change: Partial<Selection>, done = true) => state.set(change, {push: done});

  const kinds = kindView({choose: (choice) => narrow(choice)});
  const histograms = axisNames.map((name) => ({
    name,
    view: histogramView(axes[name], {all: all[name], choose: (chosen, done) => narrow({[name]: chosen}, done)})
  }));
  const strip = patientStrip(cells, {
    all: all.patient,
    choose: (patient, done) => narrow({patient}, done),
    lineUp: (order) => state.set({strip: order})
  });
  const grid = gallery(cells, {
    pictures,
    pitch: state.values.size,
    height: "clamp(22rem, 70vh, 46rem)",
    proportions: state.values.true
  });
  const sorter = select("Sort by", new Map(sorts.map((sort) => [sort, sortTitles[sort]])));
  const reverse = checkbox("Reversed");
  const size = range("Size", {min: 40, max: 160, step: 2, format: (pixels) => `${pixels} px`});
  const proportions = checkbox("True proportions");
  const count = element("p", {
    class: "explorer-count",
    role: "status",
    tabindex: -1,
    "data-testid": "cell-count"
  });
  const problems = element("p", {class: "notice", role: "status", hidden: true});
  const chips = filterChips(axes, (change) => {
    narrow(change);
    count.focus();
  });
  const save = downloadButton("Save CSV", {
    name: "cells.csv",
    type: "text/csv",
    text: () => toCsv(cellRows(cells, scores, picked() ?? shown))
  });
  const unpick = element("button", {type: "button", hidden: true}, "Unpick all");
  const panel = element("div", {class: "gallery-panel"});
  const mapPlace = element("div", {class: "map-place"}, element("p", {class: "muted"}, "The map is loading …"));

  let shown = new Uint32Array(0);
  let opened = -1;
  let order: {key: string; cells: Uint32Array} | undefined;
  let map: MapPlaces | null = null;
  let mapState: "unasked" | "asked" | "there" | "missing" = "unasked";
  let mapView: CellMap | undefined;
  let mapInView = false;
  let features: Promise<Features | null> | undefined;
  const applied = new Map<string, readonly unknown[]>();

  const picked = () => (grid.picked.size > 0 ? Uint32Array.from(grid.picked).sort() : undefined);

  /** Puts changed filters on their dimensions; true when there were any. */
  function applyFilters(selection: Selection): boolean {
    let changed = false;
    for (const name of dimensionNames) {
      const parts = [...filterParts(name, selection), ...(name === "map" ? [map] : [])];
      if (applied.get(name)?.every((part, i) => part === parts[i])) continue;
      rows.filter(name, filterOf(name, selection, cells, map));
      applied.set(name, parts);
      changed = true;
    }
    return changed;
  }

  function update(selection: Selection) {
    const filtered = applyFilters(selection);
    const key = `${selection.sort},${selection.reverse}`;
    const sorted = order?.key !== key;
    if (sorted) {
      order = {key, cells: cellOrder(cells, scores.network, selection.sort, {reverse: selection.reverse})};
    }
    grid.setProportions(selection.true);
    grid.setPitch(selection.size);
    if (filtered || sorted) {
      shown = rows.select(order!.cells) as Uint32Array<ArrayBuffer>;
      grid.show(shown);
    }
    kinds.update(rows.counts("kind"), selection);
    for (const {name, view} of histograms) view.update(rows.counts(name), selection[name]);
    strip.update(rows.counts("patient"), selection.patient, selection.strip);
    if (mapInView) mapView?.update(selection.region, selection.view);
    sorter.value = selection.sort;
    reverse.value = selection.reverse;
    if (size.value !== selection.size) size.value = selection.size;
    proportions.value = selection.true;
    chips.update(selection);
    tell();
    if (selection.region.kind !== "none") void askForMap();
    if (selection.cell !== opened) {
      showDetail(selection.cell);
      grid.reveal(selection.cell);
    }
  }

  function tell() {
    const some = picked();
    const waiting = state.values.region.kind !== "none" && mapState !== "there";
    const region = !waiting
      ? ""
      : mapState === "missing"
        ? " (the map is not made yet, so its region is ignored)"
        : " (the map is loading)";
    const none = rows.passing === 0 ? ": none passes all filters, so end one of them" : "";
    const text = `${formatCount(rows.passing)} of ${formatCount(cells.count)} cells${none}${some ? `, ${formatCount(some.length)} picked` : ""}${region}`;
    if (count.textContent !== text) count.textContent = text;
    save.textContent = `Save CSV of ${some ? "the picked" : "these cells"}`;
    unpick.hidden = !some;
    problems.hidden = state.problems.length === 0;
    problems.textContent = state.problems.join(" ");
  }

  function showDetail(cell: number) {
    opened = cell;
    if (cell < 0) return panel.replaceChildren();
    const open = (next: number) => {
      state.set({cell: next}, {push: true});
      focusDetail();
    };
    const close = () => {
      state.set({cell: -1});
      grid.focusCell();
    };
    features ??= fetchFeatures().then(readFeatures);
    features.catch(() => (features = undefined));
    panel.replaceChildren(
      explorerDetail(cells, cell, {
        scores,
        threshold: facts.threshold,
        loadSheet,
        pictures,
        open,
        close,
        features: () => features!
      })
    );
  }

  const focusDetail = () =>
    panel.querySelector<HTMLElement>("h3")?.focus({preventScroll: matchMedia("(min-width: 60rem)").matches});

  /** Fetches the map once; a failure is named, and can be tried again. */
  async function askForMap() {
    if (mapState !== "unasked") return;
    mapState = "asked";
    try {
      map = readMap(await fetchMap());
    } catch (error) {
      mapState = "unasked";
      const retry = element("button", {type: "button"}, "Try again");
      retry.addEventListener("click", () => void askForMap());
      mapPlace.replaceChildren(
        element("p", {class: "notice"}, `The map did not load (${(error as Error).message}). `, retry)
      );
      return;
    }
    mapState = map ? "there" : "missing";
    if (map) {
      mapView = cellMap(cells, map, {
        pictures,
        passes: rows.passesBut("map"),
        choose: (region, done) => narrow({region}, done),
        look: (view) => state.set({view}),
        open: (cell) => {
          state.set({cell}, {push: true});
          focusDetail();
        }
      });
      mapPlace.replaceChildren(mapView.node);
    } else {
      mapPlace.replaceChildren(
        element(
          "p",
          {class: "notice plain"},
          "The map is not made yet: it needs the features of the trained network (models/resnet34/embedding.csv). All else on this page works without it."
        )
      );
    }
    update(state.values);
  }

  sorter.addEventListener("input", () => state.set({sort: sorter.value}, {push: true}));
  reverse.addEventListener("input", () => state.set({reverse: reverse.value}, {push: true}));
  size.addEventListener("input", () => state.set({size: size.value}));
  proportions.addEventListener("input", () => state.set({true: proportions.value}));
  unpick.addEventListener("click", () => {
    grid.pick([]);
    tell();
    grid.focusCell();
  });
  grid.addEventListener("pick", tell);
  grid.addEventListener("input", (event) => {
    if (event.target !== grid) return;
    state.set({cell: grid.value ?? -1}, {push: true});
    focusDetail();
  });
  const seen = new IntersectionObserver(
    ([entry]) => {
      mapInView = entry!.isIntersecting;
      if (!mapInView) return;
      void askForMap();
      mapView?.update(state.values.region, state.values.view);
    },
    {rootMargin: "200px"}
  );
  seen.observe(mapPlace);
  state.subscribe(update);
  update(state.values);

  const bar = element("div", {class: "explorer-bar"}, count, chips.node, save, unpick);
  const tools = element("div", {class: "controls"}, sorter, reverse, size, proportions);
  const views = element("div", {class: "explorer-views"}, kinds.node, ...histograms.map(({view}) => view.node));
  const main = element("div", {class: "explorer-main"}, tools, element("div", {class: "gallery-layout"}, grid, panel));
  const mapSection = element(
    "section",
    {class: "view", "aria-label": "Map of cells"},
    element("h3", "Map of cells"),
    element(
      "p",
      {class: "view-about muted"},
      `Cells that the network finds alike lie close together, by its features of patients it never saw${facts.layout ? ` (${facts.layout})` : ""}. Draw a line around some; zoom in (or Ctrl and the wheel) until points become pictures. A flat map only hints at distances: the alike cells of an opened one are found in the features themselves.`
    ),
    mapPlace
  );
  const explorer = element(
    "div",
    {class: "cell-explorer"},
    problems,
    bar,
    element("div", {class: "explorer-columns"}, main, views),
    strip.node,
    mapSection
  );
  return {
    questions: questionList(
      questionsOf(cells, scores, facts),
      (change) => {
        narrow({...change, cell: -1});
        explorer.scrollIntoView({block: "start"});
      },
      explorerTable(cells)
    ),
    explorer,
    dispose() {
      seen.disconnect();
      state.dispose();
      grid.dispose();
      mapView?.dispose();
    }
  };
}
