import {formatBytes, formatCount} from "../../src/components/ui/format.js";

/** What was measured of one page, medians over the rounds. */
export interface PageFigures {
  path: string;
  /** Cold: nothing cached. Warm: a second visit, with the service worker at work. */
  state: "cold" | "warm";
  /** Time of the largest contentful paint, in ms. */
  largestPaint: number;
  /** Time by which tasks of the page's main thread were longer than 50 ms, in all, in ms. */
  blocking: number;
  /** Layout shift that no input had caused. */
  shift: number;
  /** Bytes that the page itself had sent to it, compressed and with headers. */
  transferred: number;
}

/** `tests/bench/pages.json`. */
export interface PageReport {
  date: string;
  processor: string;
  cores: number;
  chromium: string;
  rounds: number;
  /** Bytes of the network, which the classifier's worker fetches once, beside what the page transfers. */
  network: number;
  /** Compressed bytes of all that the service worker keeps from the first visit on. */
  shell: number;
  pages: PageFigures[];
}

/** The table as Markdown: one line a page, cold / warm. */
export function pagesTable({date, processor, cores, chromium, rounds, network, shell, pages}: PageReport): string {
  const paths = [...new Set(pages.map(({path}) => path))];
  const lines = paths.map((path) => {
    const both = (["cold", "warm"] as const).map((state) =>
      pages.find((one) => one.path === path && one.state === state)!
    );
    const show = (read: (one: PageFigures) => string) => both.map(read).join(" / ");
    return [
      `| \`${path}\``,
      show(({largestPaint}) => formatCount(largestPaint)),
      show(({blocking}) => formatCount(blocking)),
      show(({shift}) => shift.toFixed(3)),
      `${show(({transferred}) => formatBytes(transferred))} |`
    ].join(" | ");
  });
  return [
    "| page, cold / warm | largest paint, ms | blocking, ms | layout shift | transferred |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    `Medians of ${rounds} visits on ${date}, Chromium ${chromium.split(".")[0]} without a graphics card, ${cores} cores of ${processor}. A warm`,
    `visit comes from the service worker, which has fetched the other pages after the first one (${formatBytes(shell)} in all). The`,
    `classifier's worker fetches the network beside that, ${formatBytes(network)}, once.`,
    ""
  ].join("\n");
}
