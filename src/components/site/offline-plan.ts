/** What the service worker of a build keeps on the visitor's device; addresses are relative to the worker's scope. */
export interface OfflinePlan {
  /** The build hash. */
  version: string;
  /** Files kept from the first visit on: pages, their code, their small data. Revision null where the name is hashed. */
  shell: {url: string; revision: string | null; integrity: string}[];
  /** The sha256, in hexadecimal, of each file that is kept once it was used: sheets of cells, the classifier. */
  used: Record<string, string>;
  /** Those of `used` that the classifier needs, by the part that is kept together once it has loaded. */
  classifier: Record<string, string[]>;
}

/** What a page tells the service worker; `parts` are a network, what computes it ("kernels", "tensorflow"), and the "finder". */
export type OfflineMessage =
  {type: "activate"} | {type: "keep"; urls: string[]} | {type: "keep-classifier"; parts: string[]};

/**
 * What is kept with a network. The kernels compute its maps where it is otherwise TensorFlow.js's. Where there is room for the
 * large network there is for the finder, without which only cells on black are answered.
 */
export function keptWith(network: string, computesOnKernels: boolean): string[] {
  const isLarge = network === "resnet34";
  const tensorflow = isLarge || !computesOnKernels ? ["tensorflow"] : [];
  return [network, "kernels", ...tensorflow, ...(isLarge ? ["finder"] : [])];
}
