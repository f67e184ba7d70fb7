/** Marks a drawing as one picture with a name, so that a screen reader reads the name and not every mark. */
export function picture(drawing: Element, name: string): SVGSVGElement {
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", name);
  return drawing as SVGSVGElement;
}
