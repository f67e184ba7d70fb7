import {expect, test} from "vitest";
import {clusterPage, onPaper, pace} from "../../bench/cluster-table.js";
import type {ClusterCosts} from "../../bench/cluster-table.js";

const costs: ClusterCosts = {
  machine: "a processor, 2 cores",
  date: "2026-01-02",
  cells: 2000,
  ways: [
    {way: "page", workers: 1, seconds: 80, processorSeconds: 160},
    {way: "node", workers: 1, seconds: 100, processorSeconds: 100},
    {way: "dask", workers: 1, seconds: 110, processorSeconds: 100},
    {way: "dask", workers: 2, seconds: 60, processorSeconds: 200}
  ],
  agreement: {pageUnlike: 0, pageFurthest: 2e-7, daskUnlike: 0},
  bytes: {picture: 5000, csvRow: 200, parquetRow: 130}
};

test("the pace of a core is by processor time, and a night's cores and bytes follow from it", () => {
  expect(costs.ways.map((way) => pace(way, costs.cells))).toEqual([12.5, 20, 20, 10]);
  const plan = onPaper(1e6, 10, costs.bytes);
  expect(plan).toMatchObject({cores: 4, read: 5e9, written: 130e6, partitions: 500});
  expect(plan.coreHours).toBeCloseTo(27.8, 1);
  expect(plan.readASecond).toBeCloseTo(200_000, -1);
});

test("what holds it up first changes with the size", () => {
  expect(onPaper(1e4, 10, costs.bytes).bottleneck).toMatch(/^the core/);
  expect(onPaper(1e6, 10, costs.bytes).bottleneck).toMatch(/one or a few machines/);
  expect(onPaper(1e9, 10, costs.bytes).bottleneck).toMatch(/number of cores to be had/);
  expect(onPaper(1e9, 10, {...costs.bytes, picture: 500_000}).bottleneck).toMatch(/shared disk/);
});

test("the page has a row a way and a row a power of ten", () => {
  const page = clusterPage(costs);
  expect(page).toContain("| npm run score:cluster | 2 | 60.0 | 200.0 | 10.0 |");
  expect(page.match(/^\| 1[,0]* \| .*$/gm)).toHaveLength(7);
  expect(page).toContain("| 1,000,000 | 28 | 4 | 5 GB | 200 kB | 130 MB | 500 |");
  expect(page).toContain("differ from Node's in 0 lines");
});
