/**
 * What `assembly/index.ts` exports; addresses and counts are integers. Where the last two are `from` and `to`, the work may
 * be cut between them.
 */
export interface Kernels {
  multiply(
    a: number,
    c: number,
    rows: number,
    b: number,
    depth: number,
    columns: number,
    bias: number,
    from: number,
    to: number
  ): void;
  multiplyPlanes(
    a: number,
    b: number,
    c: number,
    tiles: number,
    depth: number,
    columns: number,
    zeros: number,
    from: number,
    to: number
  ): void;
  finish(c: number, residual: number, mask: number, rectify: boolean, from: number, to: number): void;
  transformInput(
    source: number,
    side: number,
    channels: number,
    planes: number,
    first: number,
    count: number,
    from: number,
    to: number
  ): void;
  transformOutput(
    planes: number,
    side: number,
    channels: number,
    target: number,
    bias: number,
    residual: number,
    mask: number,
    rectify: boolean,
    first: number,
    count: number,
    from: number,
    to: number
  ): void;
  transformWeights(source: number, depth: number, columns: number, target: number): void;
  packPanels(source: number, depth: number, columns: number, padded: number, target: number): void;
  poolLargest(source: number, side: number, channels: number, target: number, from: number, to: number): void;
  averagePlaces(source: number, cells: number, places: number, channels: number, target: number): void;
  /** Says which of the threads on the memory calls; the first needs not. */
  beThread(thread: number): void;
}
