/**
 * Lets the button of the site bar show and hide the list of pages. Framework does that by a checkbox, on which its
 * stylesheet hangs; it is hidden and only keeps the state.
 */
export function startSidebar(): void {
  const button = document.querySelector<HTMLButtonElement>("#sidebar-button");
  const toggle = document.querySelector<HTMLInputElement>("#observablehq-sidebar-toggle");
  const sidebar = document.querySelector<HTMLElement>("#observablehq-sidebar");
  if (!button || !toggle || !sidebar) return;
  const update = () => {
    const shown = getComputedStyle(sidebar).visibility !== "hidden";
    button.setAttribute("aria-expanded", String(shown));
    return shown;
  };
  button.addEventListener("click", () => {
    toggle.click();
    update();
  });
  // Escape closes it from within; it would stay open while it holds the focus.
  toggle.addEventListener("click", () => {
    if (sidebar.contains(document.activeElement)) button.focus();
    update();
  });
  // Whether it is seen is known when its transition, however short, has ended.
  for (const event of ["transitionend", "transitioncancel"]) sidebar.addEventListener(event, update);
  for (const event of ["focusin", "focusout"]) sidebar.addEventListener(event, () => setTimeout(update));
  window.addEventListener("resize", update);
  update();
}
