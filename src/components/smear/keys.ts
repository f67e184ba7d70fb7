/** What keys do in a smear, each with what people read. */
export const KEYS = {
  next: {keys: ["j", "ArrowDown"], says: "next suspect"},
  previous: {keys: ["k", "ArrowUp"], says: "the one before"},
  parasitized: {keys: ["c"], says: "confirm: parasitized"},
  uninfected: {keys: ["x"], says: "reject: uninfected"},
  none: {keys: ["n"], says: "no cell"},
  undo: {keys: ["u"], says: "undo"},
  redo: {keys: ["r"], says: "redo"}
} as const;

/** What a key may do. */
export type Act = keyof typeof KEYS;

/** @returns what a key press does; null where it belongs to a field of text, or to the browser */
export function actOf({key, ctrlKey, metaKey, altKey, target}: KeyboardEvent): Act | null {
  if (ctrlKey || metaKey || altKey) return null;
  if ((target as Element | null)?.closest?.("input, select, textarea, summary, [contenteditable]")) return null;
  const found = (Object.keys(KEYS) as Act[]).find((act) => (KEYS[act].keys as readonly string[]).includes(key));
  return found ?? null;
}

/** How a key is written. */
export function keyName(key: string): string {
  return {ArrowDown: "↓", ArrowUp: "↑"}[key] ?? key.toUpperCase();
}
