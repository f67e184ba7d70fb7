import {labels} from "../../data/shapes/cells.js";
import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import type {Selection} from "./selection.js";
import {kindsFinding, viewHead} from "./view-findings.js";

type Choice = Pick<Selection, "label" | "disputed">;

const columns = [
  ["no", "agrees"],
  ["yes", "disputes"],
  ["any", "both"]
] as const;
const rows = [...labels, "any"] as const;

/**
 * Cells by label and second reading, as a table; a click on a count shows those cells, a second click all again.
 */
export function kindView({choose}: {choose: (choice: Choice) => void}): View<Current> {
  const everyone: Choice = {label: "any", disputed: "any"};
  const cells = rows.map((label) =>
    columns.map(([disputed, title]) => {
      const name = label === "any" ? "all labels" : label;
      const button = element("button", {type: "button", "aria-pressed": "false"});
      button.addEventListener("click", () => choose(button.ariaPressed === "true" ? everyone : {label, disputed}));
      return {label, disputed, button, name: `${name}, second reading ${title === "both" ? "any" : title}`};
    })
  );
  const head = (text: string, scope: "col" | "row", style = "") =>
    element("th", {scope}, style ? element("span", {class: style}, text) : text);
  const table = element(
    "table",
    {class: "kinds"},
    element("caption", {class: "visually-hidden"}, "Label, and what the second reading says of it"),
    element("thead", element("tr", element("td"), ...columns.map(([, title]) => head(title, "col")))),
    element(
      "tbody",
      ...cells.map((line, i) =>
        element(
          "tr",
          head(rows[i] === "any" ? "both" : rows[i]!, "row", rows[i] === "any" ? "" : `class-name ${rows[i]}`),
          ...line.map(({button}) => element("td", button))
        )
      )
    )
  );
  const title = viewHead("Labels and second reading");
  return {
    node: element("section", {class: "view", "aria-label": "Labels"}, title.node, table),
    update({counts: countsOf, selection: {label: chosenLabel, disputed: chosenDispute}}) {
      const counts = countsOf("kind");
      title.say(kindsFinding(counts));
      for (const {label, disputed, button, name} of cells.flat()) {
        let count = 0;
        for (let kind = 0; kind < 4; kind++) {
          const fits =
            (label === "any" || labels[kind % 2] === label) &&
            (disputed === "any" || (disputed === "yes") === kind >= 2);
          if (fits) count += counts[kind]!;
        }
        button.textContent = formatCount(count);
        button.setAttribute("aria-label", `${formatCount(count)} cells: ${name}`);
        const all = label === "any" && disputed === "any";
        button.setAttribute("aria-pressed", String(!all && label === chosenLabel && disputed === chosenDispute));
      }
    }
  };
}
