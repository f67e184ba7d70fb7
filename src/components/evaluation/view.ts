import type {UrlState} from "../ui/url-state.js";
import type {Current} from "./current.js";
import type {Selection, selectionTable} from "./selection.js";

/** The page's state, as urlState keeps it. */
export type SelectionState = UrlState<ReturnType<typeof selectionTable>>;

/** A part of the page that follows the selection. */
export interface View {
  node: HTMLElement;
  /** Shows the current selection; `fresh` when model, fold or labels have changed, and at the first call. */
  update(current: Current, fresh: boolean): void;
  dispose?(): void;
}

/** Changes the selection; `push` makes a step that Back undoes. */
export type Choose = (change: Partial<Selection>, options?: {push?: boolean}) => void;
