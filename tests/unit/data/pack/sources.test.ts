import {expect, it} from "vitest";
import {parsePatientList, readSources} from "../../../../src/data/pack/sources.js";

it("holds labels and digests of all cells, second opinions and the known sizes", async () => {
  const {labels, disputed, sizes, digests} = await readSources();
  const count = (label: string) => [...labels.values()].filter((value) => value === label).length;
  expect([labels.size, count("parasitized"), count("uninfected")]).toEqual([27558, 13779, 13779]);
  expect(disputed.size).toBe(1397);
  expect(sizes.size).toBe(23633);
  expect(new Set(digests.keys())).toEqual(new Set(labels.keys()));
  for (const file of [...disputed, ...sizes.keys()]) expect(labels.has(file)).toBe(true);
  expect([...digests.values()].every((digest) => /^[0-9a-f]{64}$/.test(digest))).toBe(true);
  expect(sizes.get("C100P61ThinF_IMG_20150918_144104_cell_128.png")).toEqual({width: 160, height: 139});
});

it("reads a Python list that spills over fields, padded with empty ones", () => {
  const text = "C1F,['C1F_a_cell_1.png', 'C1F_a_cell_2.png'],,\r\nC2F,['C2F_a_cell_1.png'],,,\r\n";
  expect(parsePatientList(text)).toEqual(["C1F_a_cell_1.png", "C1F_a_cell_2.png", "C2F_a_cell_1.png"]);
});

it("refuses a cell listed twice or under another patient", () => {
  expect(() => parsePatientList("C1F,['C1F_a_cell_1.png', 'C1F_a_cell_1.png']")).toThrow(/listed twice/);
  expect(() => parsePatientList("C1F,['C12F_a_cell_1.png']")).toThrow(
    /C12F_a_cell_1.png is listed under the patient key C1F/
  );
});
