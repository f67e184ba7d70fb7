import type {EvaluationData, ModelScores} from "../../data/shapes/evaluation.js";
import {fileName, labelName, patientName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import {gallery} from "../gallery/gallery.js";
import type {PictureSource} from "../gallery/sheets.js";
import {toCsv} from "../ui/csv.js";
import {downloadButton} from "../ui/download.js";
import {element} from "../ui/element.js";
import {formatCount, formatFigure} from "../ui/format.js";
import {select} from "../ui/inputs.js";
import {watchNear} from "../ui/view.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import {openedCell} from "./opened-cell.js";
import {pairErrors, pairKinds, pairSentences} from "./pair-errors.js";
import type {PairAnswer, PairErrors, PairKind} from "./pair-errors.js";
import type {Selection, SelectionState} from "./selection.js";

/** Options of {@link pairGallery}. */
export interface PairGalleryOptions {
  /** Address of the folder of image sheets, with a slash at its end. */
  folder: string;
  pictures: PictureSource;
  fetchScores: (model: string) => Promise<ModelScores>;
}

/**
 * The wrong answers of the first model beside those of another: three galleries, McNemar's test and a panel for the opened
 * cell. Scores are fetched and cells sorted when it comes near, and again only when the pair, the fold or the labels change.
 */
export function pairGallery(
  data: EvaluationData,
  cells: Cells,
  state: SelectionState,
  {folder, pictures, fetchScores}: PairGalleryOptions
): View<Current> {
  const [first, ...others] = data.models;
  const other = select(`Beside ${first!.title}`, new Map(others.map(({name, title}) => [name, title])));
  const words = element("p", {class: "pair-words", role: "status", "data-testid": "pair-words"});
  const parts = pairKinds.map((kind) => {
    const grid = gallery(cells, {pictures, pitch: 58, height: 240, label: `Cells: ${kindNames[kind]}`});
    const heading = element("h4", kindNames[kind]);
    grid.addEventListener("input", () => {
      state.set({compared: grid.value ?? NaN}, {push: true});
      panel.focus();
    });
    return {kind, grid, heading, node: element("div", {"data-pair": kind}, heading, grid)};
  });
  let selection: Selection | undefined;
  let near = false;
  let wanted = "";
  let errors: PairErrors | null = null;

  const title = () => data.models.find(({name}) => name === selection!.other)!.title;
  const say = (titleOf: string, {score, threshold, called, right}: PairAnswer) =>
    `${titleOf}: score P(parasitized) ${formatFigure(score, 4)}, at the threshold ${formatFigure(threshold)} of its fold “${called}”, which is ${right ? "right" : "wrong"}.`;
  const panel = openedCell(cells, {
    folder,
    judgement(place) {
      if (!errors) return "";
      const answers = errors.answers(place);
      return answers
        ? `${say(first!.title, answers[0])} ${say(title(), answers[1])}`
        : "This cell is not among those compared: it is of another fold, or its label is disputed, or one of the two was not tested on it.";
    },
    close() {
      const from = parts.find(({kind}) => errors?.wrong[kind].includes(selection!.compared)) ?? parts[0]!;
      state.set({compared: NaN}, {push: true});
      from.grid.focusCell();
    }
  });
  const rows = () =>
    pairKinds.flatMap((kind) =>
      Array.from(errors?.wrong[kind] ?? [], (place) => {
        const [one, two] = errors!.answers(place)!;
        return {
          file: fileName(cells, place),
          patient: patientName(cells, place),
          fold: cells.fold[place]!,
          label: labelName(cells, place),
          wrong: {first: first!.name, second: selection!.other, both: "both"}[kind],
          [`score of ${first!.name}`]: one.score,
          [`score of ${selection!.other}`]: two.score
        };
      })
    );
  const csv = {name: "wrong-cells-of-two-models.csv", type: "text/csv", text: () => toCsv(rows())};

  function show() {
    if (!near || !selection) return;
    const {other: name, fold, labels} = selection;
    const key = keyOf(selection);
    if (key === wanted) return;
    wanted = key;
    errors = null;
    node.classList.add("waits");
    const second = data.models.find((model) => model.name === name)!;
    const titles = [first!.title, second.title] as const;
    words.textContent = "The scores of both are on their way …";
    Promise.all([fetchScores(first!.name), fetchScores(name)]).then(
      ([one, two]) => {
        if (wanted !== key) return;
        const {draws, seed} = data;
        errors = pairErrors(
          cells,
          [
            {...first!, ...one},
            {...second, ...two}
          ],
          {fold, labels, draws, seed}
        );
        node.classList.remove("waits");
        words.textContent = pairSentences(errors, titles);
        for (const {kind, grid, heading} of parts) {
          const who = {
            first: `Only ${titles[0]} is wrong`,
            second: `Only ${titles[1]} is wrong`,
            both: "Both are wrong"
          };
          heading.textContent = `${who[kind]}: ${formatCount(errors.wrong[kind].length)}`;
          grid.show(errors.wrong[kind]);
        }
        open();
      },
      () => {
        if (wanted !== key) return;
        wanted = "";
        const retry = element("button", {type: "button", onclick: show}, "Try again");
        words.replaceChildren("The scores of these two did not load. Check the connection. ", retry);
      }
    );
  }

  /** Marks the opened cell in its gallery and shows what is known of it. */
  function open() {
    if (!errors || wanted !== keyOf(selection!)) return;
    const {compared} = selection!;
    for (const {kind, grid} of parts) {
      const place = errors.wrong[kind].includes(compared) ? compared : -1;
      if ((grid.value ?? -1) !== place) grid.reveal(place);
    }
    panel.show(compared);
  }

  other.addEventListener("input", () => state.set({other: other.value, compared: NaN}, {push: true}));
  const controls = element("div", {class: "controls"}, other);
  const galleries = element("div", {class: "pair-galleries"}, ...parts.map(({node}) => node));
  const save = downloadButton("Save CSV of these three", csv);
  const node = element("div", {class: "pair-gallery"}, controls, words, galleries, panel.node, save);
  const endWatch = watchNear(node, (isNear) => {
    near = isNear;
    show();
  });
  return {
    node,
    update(current) {
      const opened = selection?.compared;
      selection = current.selection;
      if (other.value !== selection.other) other.value = selection.other;
      show();
      if (!Object.is(opened, selection.compared)) open();
    },
    dispose() {
      endWatch();
      for (const {grid} of parts) grid.dispose();
    }
  };
}

const keyOf = ({other, fold, labels}: Selection) => [other, fold, labels].join();

const kindNames: Record<PairKind, string> = {
  first: "only the first is wrong",
  second: "only the other is wrong",
  both: "both are wrong"
};
