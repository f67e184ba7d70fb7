import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/thumbnails.js";
import {urlState} from "../ui/url-state.js";
import {presetButtons, prevalenceControl, selectionControls, thresholdSlider} from "./controls.js";
import {currentOf} from "./current.js";
import type {Current} from "./current.js";
import type {EvaluationData} from "./data.js";
import {errorGallery} from "./error-gallery.js";
import {evaluationFigures} from "./figures.js";
import {selectionTable} from "./selection.js";
import {comparisonView, headlineView, reportedFigures, reportView, worstView} from "./text-views.js";
import type {SelectionState, View} from "./view.js";

/**
 * The parts of the evaluation page, tied to one selection that lives in the page's address: each follows every change,
 * and a click in one fills the others.
 *
 * @param options.folder address of the folder of image sheets, with a slash at its end
 * @param options.pictures thumbnails for the gallery
 */
export function evaluationNotebook(
  data: EvaluationData,
  cells: Cells,
  {folder, pictures}: {folder: string; pictures: PictureSource}
) {
  const state: SelectionState = urlState(selectionTable(data, cells));
  const toCurrent = currentOf(data, cells);
  const {matrix, ...figures} = evaluationFigures(data, state.set);
  const views = {
    selection: selectionControls(data, state),
    threshold: thresholdSlider(state),
    headline: headlineView(data),
    presets: presetButtons(state),
    matrix,
    report: reportView(),
    prevalence: prevalenceControl(state),
    reported: reportedFigures(),
    ...figures,
    worst: worstView(state.set),
    errors: errorGallery(cells, state, {folder, pictures}),
    ...(data.models.length > 1 ? {comparison: comparisonView(data, cells)} : {})
  } satisfies Record<string, View>;

  let shown: Current | undefined;
  const update = () => {
    const current = toCurrent(state.values);
    const fresh = current.prepared !== shown?.prepared;
    shown = current;
    for (const view of Object.values<View>(views)) view.update(current, fresh);
  };
  state.subscribe(update);
  update();
  return {
    nodes: Object.fromEntries(Object.entries(views).map(([name, {node}]) => [name, node])) as Record<
      keyof typeof views,
      HTMLElement
    >,
    dispose() {
      state.dispose();
      for (const view of Object.values<View>(views)) view.dispose?.();
    }
  };
}
