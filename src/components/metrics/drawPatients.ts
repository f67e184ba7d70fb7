import {checkCount} from "./check.js";
import {random} from "./random.js";

/**
 * Bootstrap draws of patients: each draw picks `count` of the `count` patients with replacement and yields how often
 * each was picked. The array is the same one every time, refilled. The draws depend only on `count` and `seed`, so
 * intervals of different figures and models rest on the same draws.
 * @throws RangeError unless count and draws are whole numbers ≥ 1 and the seed fits 32 bits.
 */
export function* drawPatients({
  count,
  draws,
  seed
}: {
  count: number;
  draws: number;
  seed: number;
}): Generator<Float64Array> {
  checkCount("count", count, 1);
  checkCount("draws", draws, 1);
  const uniform = random(seed);
  const picked = new Float64Array(count);
  for (let draw = 0; draw < draws; draw++) {
    picked.fill(0);
    for (let i = 0; i < count; i++) picked[Math.floor(uniform() * count)]!++;
    yield picked;
  }
}
