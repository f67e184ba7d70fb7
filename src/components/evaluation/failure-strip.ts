import type {LaboratoryFailure, LaboratoryFailures} from "../../data/shapes/failures.js";
import {element} from "../ui/element.js";
import {formatFigure} from "../ui/format.js";

/**
 * Cells of other laboratories that a network called wrongly, as pictures with what they are, what it said, and whose they
 * are; nothing where there are none.
 */
export function failureStrip(found: LaboratoryFailures | null, title: string): HTMLElement | null {
  if (!found?.failures.length) return null;
  const {failures, side} = found;
  const missed = failures.filter(({label}) => label === "parasitized").length;
  const items = failures.map((failure) =>
    element(
      "li",
      element("img", {
        src: `data:image/jpeg;base64,${failure.jpeg}`,
        alt: `${failure.label === "parasitized" ? "A" : "An"} ${failure.label} cell of ${failure.laboratory}`,
        class: "cell",
        width: side,
        height: side
      }),
      element("span", {class: `class-name ${failure.label}`}, failure.label),
      element("div", {class: "muted"}, `P ${formatFigure(failure.probability, 3)}, ${failure.laboratory}`)
    )
  );
  return element(
    "figure",
    {class: "failures"},
    element(
      "h3",
      `${counted(missed, "missed parasite")} and ${counted(failures.length - missed, "false alarm")}: where ${title} fails elsewhere`
    ),
    element("ul", {class: "cell-strip"}, ...items),
    element(
      "figcaption",
      `Of all cells, had it never met their laboratory, the answers furthest on the wrong side of the threshold, at most three of a laboratory. Pictures resized: ${credits(failures)}. BBBC041’s licence does not let its pictures be shown here.`
    )
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Whose the pictures are, each laboratory once. */
function credits(failures: readonly LaboratoryFailure[]): string {
  const each = failures.map(({laboratory, credit, licence}) => `${laboratory} (${credit}, ${licence})`);
  return [...new Set(each)].join("; ");
}
