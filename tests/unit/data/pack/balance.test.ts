import {randomLcg} from "d3";
import fc from "fast-check";
import {expect, it} from "vitest";
import {balance} from "../../../../src/data/pack/balance.js";

const item = (...sizes: number[]) => ({sizes});

it("finds the even split that is there", () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8].map((size) => item(size, 9 - size));
  const parts = balance([items], [[4, 4]], [0.5, 0.5], randomLcg(1));
  for (const part of parts) {
    expect(part.reduce((sum, {sizes}) => sum + sizes[0]!, 0)).toBe(18);
    expect(part.reduce((sum, {sizes}) => sum + sizes[1]!, 0)).toBe(18);
  }
});

it("deals every item out once, keeps the quotas, and depends on nothing but its arguments", () => {
  const stratum = fc.array(fc.tuple(fc.nat(300), fc.nat(300)), {minLength: 3, maxLength: 20});
  fc.assert(
    fc.property(stratum, stratum, fc.nat(), (a, b, seed) => {
      const strata = [a, b].map((sizes, s) => sizes.map((size, i) => ({sizes: size, stratum: s, id: `${s}-${i}`})));
      const quotas = strata.map(({length}) => [1, length - 2, 1]);
      const parts = balance(strata, quotas, [0.2, 0.6, 0.2], randomLcg(seed));
      expect(
        parts
          .flat()
          .map(({id}) => id)
          .sort()
      ).toEqual(
        strata
          .flat()
          .map(({id}) => id)
          .sort()
      );
      for (const s of [0, 1]) {
        expect(parts.map((part) => part.filter((entry) => entry.stratum === s).length)).toEqual(quotas[s]);
      }
      expect(balance(strata, quotas, [0.2, 0.6, 0.2], randomLcg(seed))).toEqual(parts);
    })
  );
});

it("refuses quotas that don't add up", () => {
  expect(() => balance([[item(1), item(2)]], [[1, 2]], [0.5, 0.5], randomLcg(1))).toThrow(
    new RangeError("Stratum 0 has 2 items, but quotas for 3.")
  );
});
