/** What an error says, in one line and without what the page's driver puts before it. */
export function reasonOf({message}: Error): string {
  return message.split("\n")[0]!.replace(/^page.evaluate: (Error: )*/, "");
}

/** Something that classifies cells, to be compared. */
export interface Contender {
  id: string;
  label: string;
  /** Cells a call that suit it best, and of how many cells a batch is made up. */
  batch: number;
  cells: number;
  /** Makes it ready; a sentence says why it cannot run here. */
  open(): Promise<string | null>;
  /** Classifies `cells` held-out cells, `batch` a call. @returns milliseconds, and P(parasitized) of the first cell */
  measure(cells: number, batch: number): Promise<{milliseconds: number; p: number}>;
  /** Whether it starts anew for every round: what a browser compiles while it runs is now twice as quick, now not. */
  fresh?: boolean;
  close(): Promise<void>;
}
