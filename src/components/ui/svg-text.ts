/**
 * A drawing as the text of a stand-alone SVG file.
 *
 * CSS variables and `currentColor` mean nothing outside the page, so presentation attributes that use them are replaced
 * by the colours they have here.
 */
export function svgText(svg: SVGSVGElement): string {
  const view = svg.ownerDocument.defaultView!;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, index) => {
    const style = view.getComputedStyle(original);
    for (const name of ["fill", "stroke"]) {
      if (/var\(|currentcolor/i.test(original.getAttribute(name) ?? "")) {
        copies[index]!.setAttribute(name, style.getPropertyValue(name));
      }
    }
  });
  const style = view.getComputedStyle(svg);
  copy.setAttribute("color", style.color);
  copy.setAttribute("font-family", "system-ui, sans-serif");
  return new view.XMLSerializer().serializeToString(copy);
}
