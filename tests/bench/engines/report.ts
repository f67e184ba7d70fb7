import {replacePart} from "../../../models/readme-part.js";
import {formatBytes, formatCount} from "../../../src/components/ui/format.js";
import type {FieldFigures} from "./fields.js";
import type {ServerFigures} from "./server.js";
import type {SiteFigures} from "./site.js";

/** Medians of one contender. */
export interface EngineFigures {
  label: string;
  /** Why it could not be measured; null if it could. */
  missing: string | null;
  /** One cell, in ms. */
  single: number;
  /** Of many, in ms a cell, `batch` a call, `cells` in all. */
  each: number;
  batch: number;
  cells: number;
}

/** What is measured together, and can be measured again by itself. */
export type Part = "engines" | "software" | "server" | "site" | "fields";

/** `tests/bench/results.json`. */
export interface Results {
  /** Day on which a part was measured. */
  dates: Partial<Record<Part, string>>;
  machine: {processor: string; cores: number; versions: Record<string, string>};
  rounds: number;
  engines: Record<string, EngineFigures>;
  server?: ServerFigures;
  site?: SiteFigures;
  fields?: FieldFigures;
}

/** The contender that all others are set against. */
export const OWN = "own-wasm";
/** The small network, which is no contender but the same cells' first answer. */
export const STUDENT = "student";

/**
 * How many times the site's own runtime takes of another's time, by contender: one cell, and of a batch; and the whole site
 * of the upload server's.
 */
export function ratios({engines, server, site}: Results): Record<string, number> {
  const own = engines[OWN]!;
  const compared = Object.entries(engines)
    .filter(([id, {missing}]) => id !== OWN && missing === null)
    .flatMap(([id, {single, each}]) => [
      [`${id}, one cell`, own.single / single],
      [`${id}, batch`, own.each / each]
    ]);
  if (server && site) {
    compared.push(["server, first answer", site.cold.first / server.cold]);
    compared.push(["server, 512 files", site.batch / server.batch]);
  }
  return Object.fromEntries(compared) as Record<string, number>;
}

/** The ratios of a second run that differ from the first's by more than 15 %, as sentences. */
export function disagreements(first: Results, second: Results, tolerance = 0.15): string[] {
  const [one, two] = [ratios(first), ratios(second)];
  return Object.keys(one).flatMap((name) => {
    const [a, b] = [one[name]!, two[name]];
    if (b === undefined) return [`${name}: missing in the second run`];
    const apart = Math.abs(b / a - 1);
    return apart <= tolerance
      ? []
      : [`${name}: ${a.toFixed(3)} and ${b.toFixed(3)}, ${(apart * 100).toFixed(0)} % apart`];
  });
}

/** docs/speed.md with the tables between their marks. @throws Error when the marks are missing */
export function fillEngines(speed: string, results: Results): string {
  return replacePart(speed, "engines: npm run bench", tables(results), "docs/speed.md");
}

function tables({engines, server, site, fields, machine, rounds, dates}: Results): string {
  const own = engines[OWN]!;
  const rank = ({missing, single}: EngineFigures) => (missing ? Infinity : single);
  const inOrder = Object.values(engines).sort((one, other) => rank(one) - rank(other));
  const lines = inOrder.map(({label, missing, single, each, batch, cells}) =>
    missing
      ? `| ${label} | not here: ${missing} | | | |`
      : `| ${[
          label,
          `${milliseconds(single)} ms`,
          (single / own.single).toFixed(2),
          `${milliseconds(each)} ms (${batch} a call${cells < 512 ? `, ${cells} cells` : ""})`,
          (each / own.each).toFixed(2)
        ].join(" | ")} |`
  );
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    "| same weights, one run | one cell | × ours | 512 cells, each | × ours |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    `Medians of ${rounds} interleaved rounds on ${days(dates.engines, dates.software)}; ${machine.cores} cores of ${machine.processor}, no graphics card (WebGL in software); ${versions.join(", ")}.`,
    "",
    ...(server && site ? [...visitorTable(server, site), `Measured on ${days(dates.server, dates.site)}.`, ""] : []),
    ...(fields ? [...fieldTable(fields), `Measured on ${days(dates.fields)}.`, ""] : [])
  ].join("\n");
}

/** Days in words, each once. */
function days(...dates: (string | undefined)[]): string {
  return [...new Set(dates.filter((date) => date !== undefined))].sort().join(" and ");
}

function visitorTable(server: ServerFigures, site: SiteFigures): string[] {
  const visitors = site.visitors.map(({visitors: count, student, ...all}, n) => {
    const other = server.visitors[n]!;
    const said = ({last, bytes, processor}: typeof all) =>
      `${whole(last)} ms for ${formatBytes(bytes)}; ${processor.toFixed(1)} ms`;
    return `| ${count} at once: until the last is served; server's processor time each | student: ${said(student)}; with ResNet-34: ${said(all)} | ${whole(other.last)} ms; ${other.processor.toFixed(0)} ms | |`;
  });
  const times = (ours: number, theirs: number) => (theirs / ours).toFixed(2);
  return [
    "| | this site, a server of plain files | Flask and PyTorch | × ours |",
    "|---|---|---|---|",
    `| cold start to the first answer | ${whole(site.cold.first)} ms by the student, ${whole(site.cold.confirmed)} ms until ResNet-34 has confirmed (${whole(site.cold.alone)} ms alone) | ${whole(server.cold)} ms (the server's start and an upload) | ${times(site.cold.first, server.cold)} |`,
    `| the same on a line of 10 Mbit/s, pages slowed four times | ${whole(site.throttled.first)} ms, ${whole(site.throttled.confirmed)} ms (${whole(site.throttled.alone)} ms alone) | | |`,
    `| the same, the whole browser slowed four times | ${whole(site.slow.first)} ms, ${whole(site.slow.confirmed)} ms (${whole(site.slow.alone)} ms alone) | | |`,
    `| 512 files, each | ${milliseconds(site.batch)} ms (by both networks, reading and decoding included) | ${milliseconds(server.batch)} ms (one answer alone: ${milliseconds(server.warm)} ms) | ${times(site.batch, server.batch)} |`,
    `| bytes moved | ${formatBytes(site.bytes)} once in ${site.requests} requests, then none | ${formatBytes(server.bytes)} a cell | |`,
    `| memory | ${formatBytes(site.memory)}, the visitor's page with its worker | ${formatBytes(server.memory)}, the server | |`,
    ...visitors,
    "",
    `Slow: 10 Mbit/s with 40 ms there and back; pages slowed as Chromium's developer tools do, then every process of the browser stopped for three quarters of the time, which holds for workers too; medians of ${site.slow.visits} visits with nothing kept, a file chosen as soon as the page takes one (${site.cold.visits} where nothing is slowed, ${server.starts} starts of the server). The visitors of this site compute for themselves: what they cost its server is files, and what they wait beyond that is their own cold start.`,
    ""
  ];
}

function fieldTable({width, height, cells, memory, other, ...site}: FieldFigures): string[] {
  const theirs = (said: (figures: Exclude<typeof other, string>) => string) =>
    typeof other === "string" ? "not here" : said(other);
  const times = (own: number, part: "outlined" | "judged") => theirs((figures) => (figures[part] / own).toFixed(2));
  const ms = (value: number) => `${whole(value)} ms`;
  return [
    `| a field of ${formatCount(width)} × ${formatCount(height)} pixels, ${cells} cells on it | Smear, in the browser | OpenCV's watershed and PyTorch | × ours |`,
    "|---|---|---|---|",
    `| cells found | ${site.found} | ${theirs(({found}) => String(found))} | |`,
    `| from the choice until all are outlined | ${ms(site.outlined)} | ${theirs(({outlined}) => ms(outlined))} | ${times(site.outlined, "outlined")} |`,
    `| until the student has judged all | ${ms(site.student)} | | |`,
    `| until ResNet-34 has | ${ms(site.resnet34)} | ${theirs(({judged}) => ms(judged))} | ${times(site.resnet34, "judged")} |`,
    `| each of ${site.fields} more fields, chosen at once, by both networks | ${ms(site.further)} | | |`,
    `| memory of the page's process: one field, all, once they were cleared | ${[memory.one, memory.all, memory.cleared].map((bytes) => formatBytes(bytes)).join(", ")} | | |`,
    `| longest task of the page itself meanwhile | ${ms(site.longest)} | | |`,
    "",
    typeof other === "string"
      ? other
      : `Chromium without a graphics card; ${other.version}, in one process of the system.`,
    ""
  ];
}

const whole = (value: number) => formatCount(Math.round(value));
const milliseconds = (value: number) => (value < 100 ? value.toFixed(1) : whole(value));
