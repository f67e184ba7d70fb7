import type {Figure} from "./figures.js";
import type {LabelSet, Report} from "./report.js";

const start = "<!-- figures: npm run report -->";
const end = "<!-- end of figures -->";

const columns: [title: string, figure: string][] = [
  ["accuracy", "accuracy"],
  ["area under the ROC curve", "rocArea"],
  ["sensitivity", "sensitivity"],
  ["specificity", "specificity"]
];

const titles: Record<LabelSet, string> = {
  original: "original labels",
  undisputed: "undisputed labels",
  corrected: "corrected labels (Fuhad et al. 2020)"
};

/**
 * Puts the figures of the shipped fold into the README, between its two markers.
 *
 * @throws Error if a marker is missing
 */
export function fillReadme(readme: string, report: Report, testFold: number): string {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md must hold the lines ${start} and ${end}.`);
  const shipped = report.folds.find(({fold}) => fold === testFold);
  if (!shipped) throw new Error(`The report has no fold ${testFold}.`);
  const sets = Object.keys(titles) as LabelSet[];
  const {patients} = shipped.figures.original;
  const lines = [
    `| ${patients} patients whom the network never saw | cells | ${columns.map(([title]) => title).join(" | ")} |`,
    `|---|---|${columns.map(() => "---|").join("")}`,
    ...sets.map((set) => {
      const {cells, figures} = shipped.figures[set];
      const values = columns.map(([, name]) => interval(figures[name]!));
      return `| ${titles[set]} | ${cells.toLocaleString("en")} | ${values.join(" | ")} |`;
    }),
    "",
    `In brackets: 95 % intervals from ${report.draws.toLocaleString("en")} draws of whole patients. Positive class: ` +
      `parasitized, called from P ≥ ${shipped.operatingPoint.threshold.toFixed(3)}. ` +
      shipped.operatingPoint.rule.split(". ")[0] +
      "."
  ];
  return `${readme.slice(0, from)}${start}\n${lines.join("\n")}\n${readme.slice(to)}`;
}

function interval({estimate, low, high}: Figure): string {
  return `${estimate.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
}
