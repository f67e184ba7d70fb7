import {element} from "../ui/element.js";

/** What a notice of the site says and offers. */
export interface SiteNotice {
  text: string;
  /** Name of its button. */
  action: string;
  onAction: () => void;
}

/**
 * Shows a notice at the lower edge of the window, in the page's live region for it (`#site-notice`) and in place of an
 * earlier one.
 */
export function siteNotice({text, action, onAction}: SiteNotice): void {
  const act = element("button", {type: "button", class: "primary"}, action);
  const later = element("button", {type: "button"}, "Later");
  const region = document.querySelector("#site-notice");
  region?.replaceChildren(element("p", text), act, later);
  act.addEventListener("click", onAction);
  later.addEventListener("click", () => region?.replaceChildren());
}
