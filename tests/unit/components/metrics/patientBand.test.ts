import {expect, test} from "vitest";
import {
  patientBand,
  patientBootstrap,
  patientIndex,
  reweigh,
  rocOnGrid,
  scoreIndex
} from "../../../../src/components/metrics/index.js";
import {fixture} from "./fixture.js";

test("is one bootstrap a grid point, all from the same draws", () => {
  const {bootstrap} = fixture;
  const patients = patientIndex(bootstrap.patients);
  const index = scoreIndex(Float64Array.from(bootstrap.scores), Uint8Array.from(bootstrap.labels));
  const grid = [0, 0.1, 0.5, 1];
  const options = {patients, draws: 100, seed: 9};
  const band = patientBand({...options, statistic: (weights) => rocOnGrid(reweigh(index, weights), grid)});
  expect(band).toEqual(
    grid.map((rate) =>
      patientBootstrap({...options, statistic: (weights) => rocOnGrid(reweigh(index, weights), [rate])[0]!})
    )
  );
  expect(band[3]).toEqual({estimate: 1, low: 1, high: 1, undefinedDraws: 0});
  expect(band[1]!.low).toBeLessThan(band[1]!.high);
});
