import type {HardCells} from "../../data/shapes/cells.js";
import type {ExplorerFacts, ScoreName} from "../../data/shapes/columns.js";
import type {EvaluationData, ModelScores, ModelSummary} from "../../data/shapes/evaluation.js";
import type {Cells} from "../gallery/cells.js";
import {sheetLoader, thumbnailSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {findingList} from "../ui/figures.js";
import {urlState} from "../ui/url-state.js";
import {problemNotice} from "../ui/view.js";
import type {View} from "../ui/view.js";
import {axisNames} from "./axes.js";
import {cellsDrawer} from "./cells-drawer.js";
import type {Current, FilteredCells} from "./current.js";
import {detailView} from "./detail-view.js";
import {filterBar} from "./filter-bar.js";
import {galleryView} from "./gallery-view.js";
import {histogramView} from "./histogram-view.js";
import {kindView} from "./kind-view.js";
import {mapView} from "./map-view.js";
import type {MapView} from "./map-view.js";
import {patientStrip} from "./patient-strip.js";
import {findingsOf, inPlace, questionAddress, questionList, questionsOf} from "./questions.js";
import {datasetTable} from "./selection.js";
import type {SelectionState, Selection} from "./selection.js";

export {filteredCells} from "./current.js";

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
  /** Fetch `evaluation.json` and the scores of some of its models by their names, when a CSV is saved. */
  fetchEvaluation: () => Promise<Pick<EvaluationData, "models">>;
  fetchScores: Readonly<Record<string, () => Promise<ModelScores>>>;
}

/** The parts of the dataset page; they share one state, which stands in the address of the page. */
export interface CellExplorer {
  findings: HTMLElement;
  questions: HTMLElement;
  /** Count, filters, gallery and linked views. */
  explorer: HTMLElement;
  dispose(): void;
}

/** All cells under linked views: each filters all others and ignores its own filter. */
export function cellExplorer(
  cells: Cells,
  {axes, all, passesBut, select}: FilteredCells,
  {scores, facts, hard, folders, fetchMap, fetchFeatures, fetchEvaluation, fetchScores}: CellExplorerOptions
): CellExplorer {
  const table = datasetTable(cells);
  const state: SelectionState = urlState(table);
  const pictures = thumbnailSource(folders.thumbnails, hard);
  const narrow = (change: Partial<Selection>, done = true) => state.set(change, {push: done});
  /** What a view asks for, with the cells that are left in the drawer beside it. */
  const narrowIn = (view: () => View<Current>, change: Partial<Selection>, done = true) => {
    narrow(change, done);
    if (done) docked.openBeside(view().node);
  };
  const open = (cell: number, isStep = false) => {
    state.set({cell}, {push: !isStep});
    detail.focus();
  };
  let picked: Uint32Array | null = null;

  const detail = detailView(cells, {
    scores,
    thresholds: facts.thresholds,
    loadSheet: sheetLoader(folders.cells),
    pictures,
    fetchFeatures,
    open,
    close() {
      state.set({cell: -1});
      if (!docked.focusCell()) grid.focusCell();
    }
  });
  const grid = galleryView(cells, state, {
    pictures,
    opened: detail.focus,
    picked(chosen) {
      picked = chosen;
      bar.update(currentOf(), false);
    }
  });
  const problems = problemNotice();
  const fetchColumns = async () => {
    const [{models}, {networkColumns, networkOf}] = await Promise.all([
      fetchEvaluation(),
      import("../gallery/network-columns.js")
    ]);
    const wanted = models.filter(({name}) => Object.hasOwn(fetchScores, name));
    const load = async (model: ModelSummary) => networkOf(cells, model, await fetchScores[model.name]!());
    const networks = await Promise.all(wanted.map(load));
    return (cell: number) => networkColumns(networks, cell, null);
  };
  const bar = filterBar(cells, {scores, axes, choose: state.set, unpick: grid.unpick, fetchColumns, say: problems.say});
  const kinds: View<Current> = kindView({choose: (change) => narrowIn(() => kinds, change)});
  const histograms = axisNames.map((name) => {
    const view: View<Current> = histogramView(axes[name], {
      name,
      all: all[name],
      choose: (range, done) => narrowIn(() => view, {[name]: range}, done)
    });
    return view;
  });
  const strip: View<Current> = patientStrip(cells, {
    all: all.patient,
    choose: (patient, done) => narrowIn(() => strip, {patient}, done),
    lineUp: (order) => state.set({strip: order})
  });
  const map: MapView = mapView(cells, {
    pictures,
    open,
    fetchMap,
    layout: facts.layout,
    agreement: facts.agreement,
    passes: () => passesBut("map"),
    choose: (region, done) => narrowIn(() => map, {region}, done),
    look: (view) => state.set({view}),
    scored: {scores, thresholds: facts.thresholds},
    colourBy: (by) => state.set({by}, {push: true}),
    changed: update
  });
  const side = element("div", {class: "explorer-side"}, detail.node, map.node);
  const docked = cellsDrawer(cells, {pictures, score: scores.network, axes, detail, home: side, open});
  const views: View<Current>[] = [grid, kinds, ...histograms, strip, map, bar, detail, docked];

  const currentOf = (): Current => ({...select(state.values, map.places), picked, map: map.progress});
  let shown: Current["shown"] | undefined;
  function update(): void {
    const current = currentOf();
    const fresh = current.shown !== shown;
    shown = current.shown;
    for (const view of views) view.update(current, fresh);
    problems.say(state.problems.join(" "));
  }
  state.subscribe(update);
  update();

  const explorer = element(
    "div",
    {class: "cell-explorer"},
    problems.node,
    bar.node,
    element("div", {class: "explorer-columns"}, grid.node, side),
    element("div", {class: "explorer-views"}, kinds.node, ...histograms.map(({node}) => node)),
    strip.node,
    docked.node
  );
  const ask = (change: Partial<Selection>) => {
    narrow({...change, cell: -1});
    explorer.scrollIntoView({block: "start"});
  };
  return {
    findings: findingList(
      findingsOf(cells, scores, facts).map((finding) => ({
        text: finding.title,
        href: questionAddress(table, finding),
        onclick: inPlace(() => ask(finding.change))
      }))
    ),
    questions: questionList(questionsOf(cells, scores, facts), ask, table),
    explorer,
    dispose() {
      state.dispose();
      for (const view of views) view.dispose?.();
    }
  };
}
