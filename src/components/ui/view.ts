/**
 * A part of a page that follows its state. Data goes one way: the address holds the state, of which is made what is
 * current, which the views show; a reader's choice in a view changes the state.
 */
export interface View<Current> {
  node: HTMLElement;
  /** Shows what is current; `fresh` when what is dear to draw has changed too, as at the first call. */
  update(current: Current, fresh: boolean): void;
  /** Ends what the view listens to and waits for. */
  dispose?(): void;
}

/** Changes the state of a page; `push` makes a step that Back undoes. */
export type Choose<State> = (change: Partial<State>, options?: {push?: boolean}) => void;

/** The nodes of views, by their names. */
export function nodesOf<Views extends Partial<Record<string, {node: HTMLElement}>>>(
  views: Views
): {[Name in keyof Views]: HTMLElement} {
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view!.node])) as never;
}
