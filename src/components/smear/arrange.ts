/** Has a list hold these items, touching no others than it must: what has the focus, or is one of hundreds, stays. */
export function arrange(list: HTMLElement, items: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(items);
  items.forEach((item, n) => {
    const there = list.children[n];
    if (there === item) return;
    if (there && !wanted.has(there)) there.replaceWith(item);
    else list.insertBefore(item, there ?? null);
  });
  while (list.children.length > items.length) list.lastElementChild!.remove();
}
