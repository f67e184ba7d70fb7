import type {ExplorerFacts, ScoreName} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import {element} from "../ui/element.js";
import {formatCount, formatFigure, formatPercent} from "../ui/format.js";
import {writeQuery} from "../ui/url-state.js";
import type {Values} from "../ui/url-state.js";
import {everything} from "./selection.js";
import type {Selection, datasetTable} from "./selection.js";

/** A question that teaches: what it asks, what one sees, and the state of the page that shows it. */
export interface Question {
  title: string;
  answer: string;
  change: Partial<Selection>;
}

/** From which score on the baseline that knows colour only counts as sure. */
export const sureScore = 0.9;

/** How many of the cells that the baseline of colour scored it puts on the right side of one half, as a share; NaN for none. */
function colourAlone({label}: Pick<Cells, "label">, {colour}: Record<ScoreName, Float64Array>): number {
  const scored = [...colour.keys()].filter((cell) => colour[cell]! >= 0);
  return scored.filter((cell) => colour[cell]! >= 0.5 === (label[cell] === 0)).length / scored.length;
}

/** What the set shows at once, each with the filters that show it. */
export function findingsOf(
  cells: Pick<Cells, "count" | "label" | "disputed" | "patients">,
  scores: Record<ScoreName, Float64Array>,
  {different}: ExplorerFacts
): Pick<Question, "title" | "change">[] {
  const disputed = cells.disputed.reduce((sum, flag) => sum + flag, 0);
  const share = colourAlone(cells, scores);
  return [
    {
      title: `${formatCount(disputed)} labels of ${formatCount(cells.count)} (${formatPercent(disputed / cells.count)}) are disputed by a second reading`,
      change: {...everything, disputed: "yes", sort: "disagreement"}
    },
    {
      title: `${different.length} of ${formatCount(cells.patients.length)} patients look different: another stain or another lamp`,
      change: {...everything, patient: different, strip: "hue", sort: "hue"}
    },
    ...(share >= 0
      ? [
          {
            title: `Colour alone, without any shape, classifies ${formatPercent(share)} of the cells correctly`,
            change: {...everything, label: "parasitized", colour: {low: sureScore, high: Infinity}} as const
          }
        ]
      : [])
  ];
}

/** The questions, each with the filters that answer it. */
export function questionsOf(
  cells: Pick<Cells, "count" | "label" | "disputed">,
  scores: Record<ScoreName, Float64Array>,
  {thresholds, different}: ExplorerFacts
): Question[] {
  const disputed = (label: number) =>
    cells.disputed.reduce((sum, flag, i) => sum + Number(flag && cells.label[i] === label), 0);
  const share = colourAlone(cells, scores);
  const folds = thresholds.map(({fold}) => fold);
  const missing = folds.length < 5 ? ` Only the cells of fold ${folds.join(", ")} are scored so far.` : "";
  const each = thresholds.map(({fold, threshold}) => `${formatFigure(threshold)} in fold ${fold}`).join(", ");
  const ask = (change: Partial<Selection>) => ({...everything, ...change});
  return [
    {
      title: "Where does a second reading see no parasite?",
      answer: `${formatCount(disputed(0))} cells labelled parasitized. Look: most are plain, without a spot of stain; many have a bite in their outline, as if a parasite at the edge had been cut away with it.`,
      change: ask({label: "parasitized", disputed: "yes", sort: "score", reverse: true})
    },
    {
      title: "Where does a second reading see one?",
      answer: `${formatCount(disputed(1))} cells labelled uninfected. Look: most hold a speck or a small ring, which may be a young parasite, a platelet or dirt on the slide.`,
      change: ask({label: "uninfected", disputed: "yes", sort: "score"})
    },
    {
      title: "Which patients look different?",
      answer: `Median hue or brightness of the uninfected cells of ${different.length} patients lies outside Tukey's fences (1.5 interquartile ranges beyond the quartiles of all patients). Same parasite, another stain or lamp.`,
      change: ask({patient: different, strip: "hue", sort: "hue"})
    },
    ...(share >= 0
      ? [
          {
            title: "What does the colour-only baseline already know?",
            answer: `Five colour figures, without any shape, classify ${formatPercent(share)} of the cells correctly. These parasitized cells it calls with a score of at least ${sureScore}: the stain gives them away.`,
            change: ask({label: "parasitized", colour: {low: sureScore, high: Infinity}, sort: "disagreement"})
          },
          {
            title: "Which parasites escape colour, but not the network?",
            answer: `Colour alone is sure that they are healthy (score below ${(1 - sureScore).toFixed(1)}); the network finds them by shape and texture.${missing}`,
            change: ask({
              label: "parasitized",
              disputed: "no",
              sort: "score",
              colour: {low: -Infinity, high: Number((1 - sureScore).toFixed(1))},
              answer: "parasitized"
            })
          }
        ]
      : []),
    {
      title: "Which healthy cells fool the network?",
      answer: `Labelled uninfected by both readings, yet called parasitized, each by the threshold of the network that never saw its patient (${each}): false alarms, the surest first.${missing}`,
      change: ask({label: "uninfected", disputed: "no", answer: "parasitized", sort: "score"})
    },
    {
      title: "Which parasites does the network miss?",
      answer: `Labelled parasitized by both readings, yet called uninfected by the same thresholds; the worst first.${missing}`,
      change: ask({label: "parasitized", disputed: "no", answer: "uninfected", sort: "disagreement"})
    }
  ];
}

/** The address that shows a question's answer, as `./dataset?…`. */
export function questionAddress(table: ReturnType<typeof datasetTable>, {change}: Pick<Question, "change">): string {
  const fallbacks = Object.fromEntries(Object.entries(table).map(([name, {fallback}]) => [name, fallback]));
  return `./dataset${writeQuery(table, {...fallbacks, ...change} as Values<typeof table>)}`;
}

/** What a plain click on a link does instead of following it. */
export function inPlace(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    act();
  };
}

/** The questions as links; a plain click changes the state in place. */
export function questionList(
  questions: readonly Question[],
  ask: (change: Partial<Selection>) => void,
  table: ReturnType<typeof datasetTable>
): HTMLElement {
  const items = questions.map((question) => {
    const onclick = inPlace(() => ask(question.change));
    const link = element("a", {href: questionAddress(table, question), onclick}, question.title);
    return element("li", link, element("div", {class: "muted"}, question.answer));
  });
  return element("ul", {class: "questions"}, ...items);
}
