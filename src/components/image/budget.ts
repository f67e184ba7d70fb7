/** Lets so much be held at once, of bytes or pixels. */
export interface Budget {
  /**
   * Waits until there is room, in the order of asking. What exceeds the limit by itself waits until nothing is held.
   * @returns gives it back
   */
  take(amount: number): Promise<() => void>;
}

/** @param limit what may be held at once */
export function createBudget(limit: number): Budget {
  const waiting: {amount: number; enter: () => void}[] = [];
  let held = 0;
  const admit = () => {
    while (waiting[0] && (held === 0 || held + waiting[0].amount <= limit)) {
      const {amount, enter} = waiting.shift()!;
      held += amount;
      enter();
    }
  };
  return {
    async take(amount) {
      await new Promise<void>((enter) => {
        waiting.push({amount, enter});
        admit();
      });
      return () => {
        held -= amount;
        admit();
      };
    }
  };
}
