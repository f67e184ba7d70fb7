import {element} from "../ui/element.js";
import {writeQuery} from "../ui/url-state.js";
import type {Values} from "../ui/url-state.js";
import type {Question} from "./questions.js";
import type {Selection, explorerTable} from "./state.js";

/** The address that shows a question's answer, as `./dataset?…`. */
export function questionAddress(table: ReturnType<typeof explorerTable>, {change}: Question): string {
  const fallbacks = Object.fromEntries(Object.entries(table).map(([name, {fallback}]) => [name, fallback]));
  return `./dataset${writeQuery(table, {...fallbacks, ...change} as Values<typeof table>)}`;
}

/** The questions as links; a plain click changes the state in place. */
export function questionList(
  questions: readonly Question[],
  ask: (change: Partial<Selection>) => void,
  table: ReturnType<typeof explorerTable>
): HTMLElement {
  const items = questions.map((question) => {
    const link = element("a", {href: questionAddress(table, question)}, question.title);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      ask(question.change);
    });
    return element("li", link, element("div", {class: "muted"}, question.answer));
  });
  return element("ul", {class: "questions"}, ...items);
}
