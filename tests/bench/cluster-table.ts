import {formatCount} from "../../src/components/ui/format.js";

/** One way of scoring, measured. */
export interface Way {
  way: "page" | "node" | "dask";
  /** Processes that score. */
  workers: number;
  seconds: number;
  /** Of all processors together. */
  processorSeconds: number;
}

/** `models/cluster/costs.json`. */
export interface ClusterCosts {
  machine: string;
  date: string;
  cells: number;
  ways: Way[];
  agreement: {
    /** Cells of which page and Node call another class, or only one answers. */
    pageUnlike: number;
    /** Largest distance of page and Node in P. */
    pageFurthest: number;
    /** Lines that differ between Node's file and those of Dask. */
    daskUnlike: number;
  };
  /** Means of a cell. */
  bytes: {picture: number; csvRow: number; parquetRow: number};
}

const NAMES = {
  page: "Classify page, Chromium",
  node: "npm run score, one thread",
  dask: "npm run score:cluster"
} as const;

/** Cells a second of a core that does nothing else. */
export const pace = ({processorSeconds}: Way, cells: number): number => cells / processorSeconds;

/** What is on paper: a night, partitions, what Dask's scheduler does of tasks a second, what one shared disk gives. */
const [NIGHT_HOURS, PARTITION, TASKS_A_SECOND, DISK_BYTES_A_SECOND, CORES] = [8, 2000, 1000, 200e6, 64] as const;

/** What `cells` cost on paper at a pace a core, so that they are done in a night. */
export function onPaper(cells: number, each: number, {picture, parquetRow}: ClusterCosts["bytes"]) {
  const coreHours = cells / each / 3600;
  const cores = Math.max(1, Math.ceil(coreHours / NIGHT_HOURS));
  const seconds = Math.max((coreHours / cores) * 3600, 1e-9);
  return {
    cells,
    coreHours,
    cores,
    read: cells * picture,
    written: cells * parquetRow,
    readASecond: (cells * picture) / seconds,
    partitions: Math.ceil(cells / PARTITION),
    bottleneck: bottleneckOf(cores, (cells * picture) / seconds, cells / PARTITION / seconds)
  };
}

/** Bytes in the largest unit of which there is one. */
function formatBytes(bytes: number): string {
  const unit = Math.min(4, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** unit).toPrecision(3))} ${["B", "kB", "MB", "GB", "TB"][unit]!}`;
}

function bottleneckOf(cores: number, readASecond: number, tasksASecond: number): string {
  if (tasksASecond > TASKS_A_SECOND)
    return "the scheduler, which hands out more than a thousand partitions a second: larger ones";
  if (readASecond > DISK_BYTES_A_SECOND) return "the shared disk that pictures are read from";
  if (cores === 1)
    return "the core: both networks' arithmetic; the start of a process takes as long as some hundred cells";
  if (cores <= CORES) return "the cores of one or a few machines: the networks' arithmetic";
  return "the number of cores to be had, and opening a file a cell: pack pictures into Parquet (a column of bytes)";
}

/** `docs/cluster.md`. */
export function clusterPage(costs: ClusterCosts): string {
  const {machine, date, cells, ways, agreement, bytes} = costs;
  const dask = ways.find(({way, workers}) => way === "dask" && workers === 2)!;
  const each = pace(dask, cells);
  const plans = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((count) => onPaper(count, each, bytes));
  const hours = (value: number) => (value < 1 ? value.toFixed(2) : formatCount(Math.round(value)));
  return [
    "# What scoring costs",
    "",
    `Written by \`npm run bench:cluster\`. ${formatCount(cells)} held-out cells, each way in one run, on ${date}: ${machine}.`,
    "Cells a second of a core are cells by seconds of processor time, which other work of the machine changes little; seconds are by the",
    "clock, with whatever else the machine did. The page's have its start and the networks' loading in them.",
    "",
    "| way | processes | seconds | processor seconds | cells a second and core |",
    "|---|---|---|---|---|",
    ...ways.map(
      (way) =>
        `| ${NAMES[way.way]} | ${way.workers} | ${way.seconds.toFixed(1)} | ${way.processorSeconds.toFixed(1)} | ${pace(way, cells).toFixed(1)} |`
    ),
    "",
    "Every cell goes through the whole path, gate and both networks. The three ways agree: page and Node differ in the class, or in whether they",
    `answer, on ${agreement.pageUnlike} cells and by at most ${agreement.pageFurthest.toExponential(0)} in P; Dask's files differ from Node's in ${agreement.daskUnlike} lines.`,
    "",
    "## On paper",
    "",
    `At ${each.toFixed(1)} cells a second and core (Dask, two workers), pictures of ${formatBytes(bytes.picture)} and ${bytes.parquetRow} bytes a row of Parquet; cores for a`,
    `night of ${NIGHT_HOURS} hours; partitions of ${formatCount(PARTITION)}. Full-size cells are some ten times the bytes. Over the scheduler goes less than a`,
    "kilobyte a partition.",
    "",
    "| cells | core hours | cores for a night | read | read a second | written | partitions | what holds it up first |",
    "|---|---|---|---|---|---|---|---|",
    ...plans.map(
      (plan) =>
        `| ${formatCount(plan.cells)} | ${hours(plan.coreHours)} | ${formatCount(plan.cores)} | ${formatBytes(plan.read)} | ${formatBytes(plan.readASecond)} | ${formatBytes(plan.written)} | ${formatCount(plan.partitions)} | ${plan.bottleneck} |`
    ),
    ""
  ].join("\n");
}
