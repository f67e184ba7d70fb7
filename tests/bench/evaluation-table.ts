import {replacePart} from "../../models/readme-part.js";
import {formatCount} from "../../src/components/ui/format.js";

/** Milliseconds over many events. */
export interface Spread {
  median: number;
  percentile95: number;
  most: number;
}

/** `tests/bench/evaluation.json`. */
export interface EvaluationBench {
  date: string;
  machine: string;
  cells: number;
  /** Slider events measured. */
  events: number;
  /** From the event until every view has changed, with style and layout. */
  redrawn: Spread;
  /** From the event until the frame after that. */
  framed: Spread;
  /** Each page: bytes of JavaScript that it fetched, gzipped, and its largest contentful paint in ms, median of visits. */
  pages: {path: string; scriptBytes: number; largestPaint: number; visits: number}[];
}

/** Puts the table of a measurement between its marks in docs/speed.md. @throws Error when the marks are missing */
export function replaceTable(speed: string, bench: EvaluationBench): string {
  return replacePart(
    speed,
    "evaluation: npx tsx tests/bench/evaluation.ts --write",
    evaluationTable(bench),
    "docs/speed.md"
  );
}

/** The tables as Markdown: a slider event, and what the two pages load. */
export function evaluationTable({date, machine, cells, events, redrawn, framed, pages}: EvaluationBench): string {
  const row = (name: string, {median, percentile95, most}: Spread) =>
    `| ${name} | ${[median, percentile95, most].map((value) => `${value.toFixed(1)} ms`).join(" | ")} |`;
  return [
    `| threshold slider, ${formatCount(cells)} cells, ${events} events | median | 95th percentile | most |`,
    "|---|---|---|---|",
    row("every view redrawn, with style and layout", redrawn),
    row("the next frame begun", framed),
    "",
    "| page | JavaScript, gzipped | largest contentful paint |",
    "|---|---|---|",
    ...pages.map(
      ({path, scriptBytes, largestPaint}) =>
        `| \`${path}\` | ${(scriptBytes / 1000).toFixed(0)} kB | ${formatCount(largestPaint)} ms |`
    ),
    "",
    `Measured on ${date}, ${machine}; paints are the median of ${pages[0]?.visits ?? 0} visits.`,
    ""
  ].join("\n");
}
