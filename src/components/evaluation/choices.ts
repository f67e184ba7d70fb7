import {setAttributes} from "../ui/element.js";
import {kinds} from "./find-cells.js";
import type {Kind} from "./find-cells.js";
import {binName} from "./score-bins.js";
import type {Selection, SelectionState} from "./selection.js";

/** Which cells the drawer shows. */
export type Choice = Pick<Selection, "kind" | "bin" | "patient" | "disputed" | "part">;

/** Nothing is asked for: the drawer is closed. */
export const nothing: Choice = {kind: "none", bin: NaN, patient: "any", disputed: "any", part: "any"};

const names = Object.keys(nothing) as (keyof Choice)[];

/** Whether any cells are asked for, so that the drawer is open. */
export function isAsked(selection: Choice & Pick<Selection, "cell">): boolean {
  return !Number.isNaN(selection.cell) || !isSame(selection, nothing);
}

/** The kind of cells that is asked for; cells of which only a patient, a bar or a part is named are the wrong or abstained. */
export const kindOf = ({kind}: Pick<Choice, "kind">): Kind => (kind === "none" ? "trouble" : kind);

/** Whether two choices ask for the same cells. */
export function isSame(one: Choice, other: Choice): boolean {
  return names.every((name) => Object.is(one[name], other[name]));
}

/**
 * What a part of a view asks for when it is clicked, by its attributes: `data-kind`, `data-bin` with `data-label`,
 * `data-patient`, `data-part`, `data-disputed`; null where it has none of them.
 */
export function choiceOf({dataset}: HTMLElement | SVGElement): Choice | null {
  const {kind, bin, label, patient, part, disputed} = dataset;
  if ([kind, bin, patient, part].every((value) => value === undefined)) return null;
  return {
    kind: (kind ?? label ?? "trouble") as Kind,
    bin: bin === undefined ? NaN : Number(bin),
    patient: patient ?? "any",
    part: part ?? "any",
    disputed: (disputed ?? "any") as Choice["disputed"]
  };
}

/** All that can be clicked in a view. */
const selector = "[data-kind], [data-bin], [data-patient], [data-part]";

/** Marks what of a view asked for the cells that are shown now. */
export function markChosen(view: Element, selection: Choice): void {
  for (const part of view.querySelectorAll<HTMLElement | SVGElement>(selector)) {
    const isChosen = isSame(choiceOf(part)!, selection);
    if (part.classList.contains("chosen") !== isChosen) part.classList.toggle("chosen", isChosen);
    if (part instanceof HTMLButtonElement) setAttributes(part, {"aria-pressed": String(isChosen)});
  }
}

/** Has a click on a part of a view ask for its cells; a second one closes the drawer. `opened` is called after the first. */
export function linkChoices(view: HTMLElement, state: SelectionState, opened: () => void): void {
  view.classList.add("linked");
  view.addEventListener("click", ({target}) => {
    const part = (target as Element).closest<HTMLElement | SVGElement>(selector);
    const choice = part && view.contains(part) ? choiceOf(part) : null;
    if (!choice) return;
    const isShown = isSame(choice, state.values);
    state.set({...(isShown ? nothing : choice), cell: NaN}, {push: true});
    if (!isShown) opened();
  });
}

/** What is asked for, in words: "False negatives (missed parasites), patient C116, labels disputed". */
export function choiceWords(selection: Choice): string {
  const {bin, patient, disputed, part} = selection;
  const kind = kinds[kindOf(selection)];
  return [
    kind[0]!.toUpperCase() + kind.slice(1),
    !Number.isNaN(bin) && `score ${binName(bin)}`,
    patient !== "any" && `patient ${patient}`,
    part !== "any" && part,
    disputed !== "any" && (disputed === "yes" ? "label disputed" : "label not disputed")
  ]
    .filter(Boolean)
    .join(", ");
}
