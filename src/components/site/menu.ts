/**
 * Lets the button of the site's bar open and close the list of pages where the window is too narrow to show it. It is
 * closed by its button, by Escape, by a press elsewhere and by leaving the page, so that none is ever restored with it open.
 */
export function startMenu(document: Document = globalThis.document): void {
  const button = document.querySelector<HTMLButtonElement>("#menu-button");
  const menu = document.querySelector<HTMLElement>("#site-menu");
  if (!button || !menu) return;
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const set = (open: boolean) => button.setAttribute("aria-expanded", String(open));
  button.addEventListener("click", () => set(!isOpen()));
  menu.addEventListener("click", (event) => (event.target as Element).closest("a") && set(false));
  document.defaultView!.addEventListener("pagehide", () => set(false));
  document.addEventListener("click", (event) => {
    const target = event.target as Node;
    if (isOpen() && !menu.contains(target) && !button.contains(target)) set(false);
  });
  document.addEventListener("keydown", ({key}) => {
    if (key !== "Escape" || !isOpen()) return;
    set(false);
    button.focus();
  });
}
