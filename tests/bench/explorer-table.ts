import {formatBytes, formatCount} from "../../src/components/ui/format.js";

/** What a step of a brush took, in ms. */
export interface StepFigures {
  /** From the event to the end of the frame that shows it, by the clock. */
  median: number;
  percentile95: number;
  /** Of the page's main thread alone. */
  processorMean: number;
}

/** `tests/bench/explorer.json`. */
export interface ExplorerReport {
  machine: string;
  date: string;
  /** By number of cells. */
  brushMilliseconds: Record<string, StepFigures>;
  processorNanosecondsPerRow: number;
  scroll: {framesPerSecond: number; longestFrameMilliseconds: number};
  /** All files of the first screen and all thumbnails there are, as they lie on the disk. */
  firstScreenBytes: number;
  thumbnailBytes: number;
}

/** The report as Markdown. */
export function datasetTable(report: ExplorerReport): string {
  const {machine, date, brushMilliseconds, processorNanosecondsPerRow: perRow, scroll} = report;
  const lines = Object.entries(brushMilliseconds).map(
    ([count, {median, percentile95, processorMean}]) =>
      `| ${formatCount(Number(count))} | ${median.toFixed(1)} ms | ${percentile95.toFixed(1)} ms | ${processorMean.toFixed(1)} ms |`
  );
  return [
    "| cells | a step of a brush, median | 95th percentile | processor time of it, mean |",
    "|---|---|---|---|",
    ...lines,
    "",
    `Each further cell costs ${perRow.toFixed(0)} ns of processor time. The gallery scrolls at ${scroll.framesPerSecond.toFixed(0)} frames a second, the longest`,
    `frame taking ${scroll.longestFrameMilliseconds.toFixed(0)} ms. The first screen takes ${formatBytes(report.firstScreenBytes)} uncompressed; all thumbnails, fetched only as they`,
    `are scrolled to, are ${formatBytes(report.thumbnailBytes)}. Measured on ${date}: ${machine}.`,
    ""
  ].join("\n");
}
