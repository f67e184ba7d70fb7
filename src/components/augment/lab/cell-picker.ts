import {element} from "../../ui/element.js";
import {formatCount} from "../../ui/format.js";
import {ACCEPTED} from "../../ui/inputs.js";
import type {View} from "../../ui/view.js";
import type {CellSource, NamedCell} from "./cell-source.js";
import type {Current} from "./current.js";

/** Options of {@link cellPicker}. */
export interface CellPickerOptions {
  source: CellSource;
  named: readonly NamedCell[];
  onCell: (name: string) => void;
  onFile: (file: File) => void;
}

/** The choice of a cell: a menu of samples, a search by file name, and a file of the reader's own; what is wrong below. */
export function cellPicker({source, named, onCell, onFile}: CellPickerOptions): View<Current> {
  const option = (value: string, text: string) => element("option", {value}, text);
  const menu = element(
    "select",
    option("", "your own or searched cell"),
    element("optgroup", {label: "Originals at full size"}, ...source.originals.map(({name}) => option(name, name))),
    element("optgroup", {label: "Packed cells, 50 × 50"}, ...named.map(({name, title}) => option(name, title)))
  );
  menu.addEventListener("change", () => menu.value && onCell(menu.value));

  const search = element("input", {
    type: "search",
    placeholder: "C100 cell_12",
    autocomplete: "off",
    spellcheck: "false"
  });
  const count = element("p", {role: "status", class: "muted"});
  const results = element("ul", {class: "search-results", "aria-label": "Cells found"});
  search.addEventListener("input", () => {
    const {names, total} = source.search(search.value);
    const more = total > names.length ? `, the first ${names.length} shown` : "";
    count.textContent = search.value.trim()
      ? `${formatCount(total)} ${total === 1 ? "cell" : "cells"} found${more}`
      : "";
    results.replaceChildren(
      ...names.map((name) => {
        const onclick = () => onCell(name);
        return element("li", element("button", {type: "button", onclick}, name.replace(/\.png$/, "")));
      })
    );
  });

  const file = element("input", {type: "file", accept: ACCEPTED});
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (chosen) onFile(chosen);
  });
  const about = element("p", {role: "status", "data-testid": "cell-about"});
  const trouble = element("p", {class: "notice error", role: "alert", hidden: true});
  const control = (label: string, input: HTMLElement) =>
    element("label", {class: "control"}, element("span", label), input);
  const node = element(
    "section",
    {class: "cell-picker", "aria-label": "Choose a cell"},
    element(
      "div",
      {class: "controls"},
      control("Sample", menu),
      control("Search by file name", search),
      control("Or a picture of your own (it stays in this browser)", file)
    ),
    count,
    results,
    about
  );
  return {
    node: element("div", node, trouble),
    update({cell, problem}) {
      menu.value = [...menu.options].some(({value}) => value === cell.name) ? cell.name : "";
      about.textContent = cell.about;
      trouble.textContent = problem;
      trouble.hidden = !problem;
    }
  };
}
