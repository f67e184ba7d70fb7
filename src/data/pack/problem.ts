const SHOWN = 10;

/** Something wrong with what the user gave us; its message says what, and what to do, and needs no stack trace. */
export class UserError extends Error {}

/** "A, B, C" for up to ten names, then "… and N more". */
export function listFirst(names: readonly string[], separator = ", "): string {
  const shown = names.slice(0, SHOWN).join(separator);
  return names.length > SHOWN ? `${shown}${separator}… and ${names.length - SHOWN} more` : shown;
}

/** One error for all problems found: how many, the first ten, and the advice. */
export function problemsError(problems: readonly string[], advice: string): UserError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new UserError(`${count} found, nothing was written:\n  - ${listFirst(problems, "\n  - ")}\n${advice}`);
}
