import {expect, it} from "vitest";
import {readSources} from "../../../../src/data/pack/sources.js";

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
