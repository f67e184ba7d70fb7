import {shuffler, sum} from "d3";

/** Something to put in one of several parts: its size in each of several measures, e.g. `[parasitized, uninfected]` cells. */
export interface Item {
  sizes: number[];
}

/**
 * Deals items to parts so that each part takes its quota of every stratum and comes near its share of every measure.
 *
 * Every stratum is shuffled and dealt out by quota. Then, as long as it helps, two items of one stratum change places: the
 * first exchange found that lowers the cost, Σ over parts and measures of (sum − share of the total)², is made. The
 * result depends on nothing but the arguments.
 *
 * @param strata items that may change places only among themselves
 * @param quotas for each stratum, how many of its items each part takes; they add up to the stratum's length
 * @param shares the fraction of all items' sizes that each part should hold
 * @param random numbers in [0, 1)
 * @returns the items of each part
 * @throws RangeError if quotas don't add up
 */
export function balance<T extends Item>(
  strata: T[][],
  quotas: number[][],
  shares: number[],
  random: () => number
): T[][] {
  const shuffle = shuffler(random);
  const slots = strata.flatMap((stratum, s) => {
    const parts = quotas[s]!.flatMap((quota, part) => Array<number>(quota).fill(part));
    if (parts.length !== stratum.length) {
      throw new RangeError(`Stratum ${s} has ${stratum.length} items, but quotas for ${parts.length}.`);
    }
    return shuffle([...stratum]).map((item, i) => ({item, stratum: s, part: parts[i]!}));
  });
  const measures = slots[0]?.item.sizes.map((_, m) => m) ?? [];
  const totals = measures.map((m) => sum(slots, ({item}) => item.sizes[m]!));
  // How far each part is above its share, by measure.
  const excess = shares.map((share, part) =>
    measures.map((m) => sum(slots, (slot) => (slot.part === part ? slot.item.sizes[m]! : 0)) - share * totals[m]!)
  );

  for (let improved = true; improved;) {
    improved = false;
    for (const a of slots) {
      for (const b of slots) {
        if (a.stratum !== b.stratum || a.part === b.part) continue;
        const gains = measures.map((m) => b.item.sizes[m]! - a.item.sizes[m]!);
        // (x + g)² − x² + (y − g)² − y² = 2g(x − y + g)
        const change = sum(gains, (gain, m) => 2 * gain * (excess[a.part]![m]! - excess[b.part]![m]! + gain));
        if (change > -1e-6) continue;
        for (const m of measures) {
          excess[a.part]![m]! += gains[m]!;
          excess[b.part]![m]! -= gains[m]!;
        }
        [a.item, b.item] = [b.item, a.item];
        improved = true;
      }
    }
  }
  return shares.map((_, part) => slots.filter((slot) => slot.part === part).map(({item}) => item));
}
