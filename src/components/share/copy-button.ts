import {element} from "../ui/element.js";

/**
 * A button that puts an address on the clipboard; where the browser does not let it, the address is shown to be copied by
 * hand.
 * @param address made when it is asked for
 */
export function copyButton(label: string, address: () => string): HTMLElement {
  const button = element("button", {type: "button"}, label);
  const said = element("span", {class: "muted", role: "status"});
  const shown = element("input", {type: "text", readonly: true, hidden: true, "aria-label": "The link"});
  const root = element("span", {class: "copy"}, button, said, shown);
  button.addEventListener("click", () => {
    const text = address();
    const copied = () => {
      shown.hidden = true;
      said.textContent = "Copied.";
    };
    const byHand = () => {
      shown.hidden = false;
      shown.value = text;
      shown.select();
      said.textContent = "Copy it from here:";
    };
    const {clipboard} = navigator as Partial<Pick<Navigator, "clipboard">>;
    if (clipboard) clipboard.writeText(text).then(copied, byHand);
    else byHand();
  });
  return root;
}

/**
 * The address of a page that shows one cell of the data set, with the page's settings, or the settings alone.
 * @param cell its file's name; nothing of a visitor's own picture may stand here
 */
export function addressOf(href: string, cell?: string): string {
  const url = new URL(href);
  url.hash = "";
  if (cell === undefined) url.searchParams.delete("cell");
  else url.searchParams.set("cell", cell);
  return url.href;
}
