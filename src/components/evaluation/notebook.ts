import type {EvaluationData, ModelScores} from "../../data/shapes/evaluation.js";
import type {Headline} from "../../data/shapes/report.js";
import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {stagedViews, taskEnd} from "../ui/staged-views.js";
import {tabs} from "../ui/tabs.js";
import {urlState} from "../ui/url-state.js";
import {nodesOf} from "../ui/view.js";
import type {View} from "../ui/view.js";
import {cellDrawer} from "./cell-drawer.js";
import {linkChoices} from "./choices.js";
import {presetButtons, prevalenceControl, selectionControls, thresholdSlider} from "./controls.js";
import {currentOf} from "./current.js";
import type {Current} from "./current.js";
import {errorTable, rankingView} from "./error-views.js";
import {leakWords} from "./figure-rows.js";
import type {Replaced} from "./figure-rows.js";
import {evaluationFigures} from "./figures.js";
import {furtherFigures} from "./further-figures.js";
import {pairGallery} from "./pair-gallery.js";
import {evaluationTable, tabNames, tabTitles} from "./selection.js";
import type {SelectionState} from "./selection.js";
import {summaryView} from "./summary-view.js";
import {comparisonView, headlineView, introView, macroView, reportedFigures, reportView} from "./text-views.js";

/** What the page hands over. */
export interface EvaluationOptions {
  /** Address of the folder of image sheets, with a slash at its end. */
  folder: string;
  /** Thumbnails for the gallery. */
  pictures: PictureSource;
  /** Fetches the scores of a model. */
  load: (model: string) => Promise<ModelScores>;
  replaced: Replaced;
  headline: Headline;
  /** A cell after each change of robustness, by `change:level`, as addresses. */
  changed: Readonly<Record<string, string>>;
  /** The parts of the page, by the name that stands in the link, with their titles. */
  panels: ReadonlyMap<string, HTMLElement>;
}

/**
 * The parts of the evaluation page, tied to one selection that lives in the page's address: each follows every change,
 * and a click in one fills the others. The scores of a model are fetched when it is chosen.
 *
 * @throws Error when the scores of the model that the address asks for don't load
 */
export async function evaluationNotebook(
  data: EvaluationData,
  cells: Cells,
  {folder, pictures, load, replaced, headline, changed, panels}: EvaluationOptions
) {
  await taskEnd();
  const state: SelectionState = urlState(evaluationTable(data, cells));
  const scores = new Map<string, ModelScores>();
  const fetchScores = async (model: string) => {
    const known = scores.get(model) ?? (await load(model));
    scores.set(model, known);
    return known;
  };
  const toCurrent = currentOf(data, cells, scores);
  const selection = selectionControls(data, state);
  const threshold = thresholdSlider(state);
  const drawer = cellDrawer(cells, state, {data, folder, pictures, fetchScores});
  const parts = tabs(
    "Parts of the evaluation",
    tabNames.map((name) => ({name, title: tabTitles[name], panel: panels.get(name)!})),
    (name) => state.set({tab: name as (typeof tabNames)[number]}, {push: true})
  );
  const figures = evaluationFigures(data);
  const further = furtherFigures(data, {replaced, changed});
  const always = {selection, threshold, drawer};
  const byTab = {
    summary: {
      intro: introView({shipped: data.models[0]!.name, headline}),
      headline: headlineView(data),
      findings: summaryView(data, cells, state, replaced),
      reported: reportedFigures(),
      matrix: figures.matrix,
      roc: figures.roc,
      histogram: figures.histogram
    },
    threshold: {
      presets: presetButtons(state),
      report: reportView(),
      prevalence: prevalenceControl(state),
      rates: figures.rates,
      precisionRecall: figures.precisionRecall,
      reliability: figures.reliability
    },
    patients: {
      ranking: rankingView(),
      patients: figures.patients,
      healthy: figures.healthy,
      macro: macroView(),
      folds: further.folds,
      subgroups: further.subgroups
    },
    laboratories: {laboratories: further.laboratories},
    robustness: {robustness: further.robustness},
    models: {split: further.split, ...(data.models.length > 1 ? {comparison: comparisonView(data)} : {})},
    errors: {
      errors: errorTable(),
      ...(data.models.length > 1 ? {pair: pairGallery(data, cells, state, {folder, pictures, fetchScores})} : {})
    }
  } satisfies Record<(typeof tabNames)[number], Record<string, View<Current>>>;
  const views = {
    ...always,
    ...byTab.summary,
    ...byTab.threshold,
    ...byTab.patients,
    ...byTab.laboratories,
    ...byTab.robustness,
    ...byTab.models,
    ...byTab.errors
  };
  const staged = stagedViews<Current>(
    Object.values(always),
    Object.fromEntries(Object.entries(byTab).map(([tab, own]) => [tab, Object.values<View<Current>>(own)]))
  );

  let shown: Current | undefined;
  const show = () => {
    const current = toCurrent(state.values);
    const fresh = current.prepared !== shown?.prepared;
    shown = current;
    parts.show(current.selection.tab);
    staged.update(current, fresh, current.selection.tab);
  };
  const update = () => {
    const {model} = state.values;
    if (scores.has(model)) return show();
    selection.say("The scores of this model are on their way …");
    fetchScores(model).then(
      () => state.values.model === model && show(),
      () => {
        if (state.values.model !== model) return;
        // Nothing of it is shown, so the former model stays the chosen one.
        state.set({model: shown!.model.name});
        selection.say("The scores of this model did not load. Check the connection and choose it again.");
      }
    );
  };
  for (const [name, {node}] of Object.entries<View<Current>>(views)) {
    if (name !== "drawer") linkChoices(node, state, drawer.focus);
  }
  await fetchScores(state.values.model);
  await taskEnd();
  // Sorts the cells, which is kept for what is shown.
  toCurrent(state.values);
  await taskEnd();
  state.subscribe(update);
  show();
  return {
    nodes: {
      ...nodesOf(views),
      leak: element("p", leakWords(data)),
      bar: element("div", {class: "evaluation-bar"}, selection.node, threshold.node, parts.node)
    },
    dispose() {
      parts.dispose();
      state.dispose();
      staged.dispose();
    }
  };
}
