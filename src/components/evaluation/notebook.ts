import type {EvaluationData, ModelScores} from "../../data/shapes/evaluation.js";
import type {Headline} from "../../data/shapes/report.js";
import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/sheets.js";
import {urlState} from "../ui/url-state.js";
import {nodesOf} from "../ui/view.js";
import type {View} from "../ui/view.js";
import {presetButtons, prevalenceControl, selectionControls, thresholdSlider} from "./controls.js";
import {currentOf} from "./current.js";
import type {Current} from "./current.js";
import {errorGallery} from "./error-gallery.js";
import type {Replaced} from "./figure-rows.js";
import {evaluationFigures} from "./figures.js";
import {furtherFigures} from "./further-figures.js";
import {pairGallery} from "./pair-gallery.js";
import {evaluationTable} from "./selection.js";
import type {SelectionState} from "./selection.js";
import {
  comparisonView,
  headlineView,
  introView,
  macroView,
  reportedFigures,
  reportView,
  worstView
} from "./text-views.js";

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
  {folder, pictures, load, replaced, headline}: EvaluationOptions
) {
  const state: SelectionState = urlState(evaluationTable(data, cells));
  const scores = new Map<string, ModelScores>();
  const fetchScores = async (model: string) => {
    const known = scores.get(model) ?? (await load(model));
    scores.set(model, known);
    return known;
  };
  const toCurrent = currentOf(data, cells, scores);
  const {matrix, ...figures} = evaluationFigures(data, state.set);
  const selection = selectionControls(data, state);
  const views = {
    selection,
    intro: introView({shipped: data.models[0]!.name, headline}),
    threshold: thresholdSlider(state),
    headline: headlineView(data),
    presets: presetButtons(state),
    matrix,
    report: reportView(),
    prevalence: prevalenceControl(state),
    reported: reportedFigures(),
    ...figures,
    macro: macroView(),
    worst: worstView(state.set),
    errors: errorGallery(cells, state, {folder, pictures}),
    ...furtherFigures(data, replaced),
    ...(data.models.length > 1
      ? {
          comparison: comparisonView(data),
          pair: pairGallery(data, cells, state, {folder, pictures, fetchScores})
        }
      : {})
  } satisfies Record<string, View<Current>>;

  let shown: Current | undefined;
  const show = () => {
    const current = toCurrent(state.values);
    const fresh = current.prepared !== shown?.prepared;
    shown = current;
    for (const view of Object.values<View<Current>>(views)) view.update(current, fresh);
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
  await fetchScores(state.values.model);
  state.subscribe(update);
  show();
  return {
    nodes: nodesOf(views),
    dispose() {
      state.dispose();
      for (const view of Object.values<View<Current>>(views)) view.dispose?.();
    }
  };
}
