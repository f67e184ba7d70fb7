import type {Kernels} from "../../src/components/kernels/kernels.js";

/** Where the time of a call went. */
export interface KernelTimes {
  /** In all, in ms. */
  milliseconds: number;
  /** By kernel: ms, and multiplications with an addition each. */
  kernels: Partial<Record<keyof Kernels, {milliseconds: number; products: number}>>;
}

/** A network on a number of threads: medians over the rounds, for one cell. */
export interface Profile extends KernelTimes {
  model: string;
  threads: number;
}

/** `tests/bench/profile.json`. */
export interface ProfileReport {
  date: string;
  processor: string;
  cores: number;
  chromium: string;
  rounds: number;
  /** Cells a call. */
  batch: number;
  profiles: Profile[];
}

const NETWORKS: Readonly<Record<string, string>> = {resnet34: "ResNet-34", student: "student"};

/** What a kernel does, in the order of the table. */
const PARTS: [title: string, kernels: (keyof Kernels)[]][] = [
  ["products of 3×3 filters (Winograd)", ["multiplyPlanes"]],
  ["their maps into tiles and back", ["transformInput", "transformOutput"]],
  ["products of other filters", ["multiply"]],
  ["sums, ReLU and pooling", ["finish", "poolLargest", "averagePlaces"]]
];

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

/** Where the time of a network's cell goes, in ms: the parts of {@link PARTS}, and what is left for JavaScript. */
export function partsOf({milliseconds, kernels}: KernelTimes): number[] {
  const parts = PARTS.map(([, names]) => sum(names.map((name) => kernels[name]?.milliseconds ?? 0)));
  return [...parts, milliseconds - sum(parts)];
}

/** Multiplications with an addition that the kernels make, in thousands of millions a second while they make them. */
export function rateOf({kernels}: KernelTimes): number {
  const making = Object.values(kernels).filter(({products}) => products > 0);
  return sum(making.map(({products}) => products)) / sum(making.map(({milliseconds}) => milliseconds)) / 1e6;
}

/** The profile as Markdown: a column a network and number of threads. */
export function profileTable({date, processor, cores, chromium, rounds, batch, profiles}: ProfileReport): string {
  const title = ({model, threads}: Profile) =>
    `${NETWORKS[model] ?? model}, ${threads} thread${threads > 1 ? "s" : ""}`;
  const line = (name: string, values: string[]) => `| ${[name, ...values].join(" | ")} |`;
  const parts = profiles.map(partsOf);
  const share = (value: number, all: number) => `${value.toFixed(2)} (${Math.round((value / all) * 100)} %)`;
  const names = [...PARTS.map(([name]) => name), "the rest, in JavaScript: enlarging, the last layers, copies"];
  return [
    line("ms a cell", profiles.map(title)),
    `|---${"|---".repeat(profiles.length)}|`,
    ...names.map((name, n) =>
      line(
        name,
        parts.map((own, k) => share(own[n]!, profiles[k]!.milliseconds))
      )
    ),
    line(
      "in all",
      profiles.map(({milliseconds}) => milliseconds.toFixed(2))
    ),
    line(
      "10⁹ multiplications and additions a second, in products",
      profiles.map((one) => rateOf(one).toFixed(1))
    ),
    "",
    `Medians of ${rounds} interleaved rounds of ${batch} cells on ${date}, each kernel's calls timed; Chromium ${chromium.split(".")[0]}, ${cores} cores of ${processor}.`,
    ""
  ].join("\n");
}
