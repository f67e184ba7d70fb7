/**
 * Gradient × activation, summed over channels, negative sums left out.
 * @param gradient values whose last dimension is `channels`
 * @param activation the same of the maps
 */
export function attribution(gradient: Float32Array, activation: Float32Array, channels: number): Float32Array {
  const sums = new Float32Array(gradient.length / channels);
  for (let place = 0, n = 0; place < sums.length; place++) {
    let sum = 0;
    for (const end = n + channels; n < end; n++) sum += gradient[n]! * activation[n]!;
    sums[place] = Math.max(0, sum);
  }
  return sums;
}
