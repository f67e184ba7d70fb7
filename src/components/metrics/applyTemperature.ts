import type {Scores} from "./check.js";

/**
 * Scores after dividing their logits by `temperature` (Guo et al. 2017): above 1 pulls them towards ½, below 1 pushes
 * them away, 1 keeps them. Computed from the odds, so 0, ½ and 1 stay exactly what they are. The order of the scores
 * does not change, nor does anything that only depends on it.
 * @throws RangeError for a score outside 0…1 or a temperature that is not finite and above 0.
 */
export function applyTemperature(scores: Scores, temperature: number): Float64Array {
  if (!(temperature > 0 && temperature < Infinity))
    throw new RangeError(`temperature is ${temperature}; it must be finite and above 0`);
  return Float64Array.from(scores, (score, i) => {
    if (!(score >= 0 && score <= 1))
      throw new RangeError(`scores[${i}] is ${score}; every score must be a probability in 0…1`);
    return 1 / (1 + ((1 - score) / score) ** (1 / temperature));
  });
}
