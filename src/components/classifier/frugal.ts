/** What browsers that tell it tell of the connection (the Network Information API). */
export interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** Whether a visitor spares data, or has a line on which a large network takes minutes. Browsers that tell nothing: no. */
export function isFrugal({connection}: {connection?: Connection | undefined}): boolean {
  return connection?.saveData === true || /^(slow-)?[23]g$/.test(connection?.effectiveType ?? "");
}
