import type {StoredSample} from "../classifier/samples.js";
import type {ModelSource} from "../engine/download.js";
import {element} from "../ui/element.js";

/** What asks the network: `answer.js`, which is fetched with the first cell that is pressed. */
export type Ask = (sample: StoredSample) => Promise<{shown: HTMLElement; sentence: string}>;

/** Options of {@link judge}. */
export interface JudgeOptions {
  samples: readonly StoredSample[];
  /** Where the small network lies. */
  source: ModelSource;
  /** Prepares to ask it. */
  open?: (source: ModelSource) => Promise<Ask>;
  /** The page that tells more of a cell. */
  addressOf: (file: string) => string;
}

/**
 * A large cell, smaller ones to choose from, and the answer that the small network gives to the one that is pressed. Nothing
 * of a network is fetched before.
 */
export function judge({samples, source, open = openStudent, addressOf}: JudgeOptions): HTMLElement {
  let ask: Promise<Ask> | undefined;
  let turn = 0;
  const large = element("img", {class: "judge-cell", alt: "The chosen cell", width: 240, height: 240});
  const answer = element("div", {class: "judge-answer", "aria-live": "polite"});
  const more = element("a", {href: "#"}, "Ask both networks, and see why");
  const buttons = samples.map(({title = "Cell", ...sample}, n) => {
    const url = pictureOf(sample);
    const picture = element("img", {src: url, alt: "", width: 48, height: 48});
    const button = element(
      "button",
      {type: "button", class: "cell", "aria-pressed": "false", "aria-label": title},
      picture
    );
    button.addEventListener("click", () => void choose(n));
    return {button, url};
  });

  /** Shows a cell in large. */
  function show(n: number): void {
    buttons.forEach(({button}, other) => button.setAttribute("aria-pressed", String(other === n)));
    large.src = buttons[n]!.url;
    more.setAttribute("href", addressOf(samples[n]!.file));
  }

  async function choose(n: number): Promise<void> {
    const own = ++turn;
    show(n);
    answer.replaceChildren(element("p", "Judging…"));
    const {label, title} = samples[n]!;
    try {
      ask ??= open(source);
      const {shown, sentence} = await (await ask)(samples[n]!);
      if (own !== turn) return;
      const truth = element("p", `${sentence} The data set calls this cell ${label}.`);
      answer.replaceChildren(shown, truth, element("p", more));
      answer.dataset.cell = title;
    } catch (error) {
      ask = undefined;
      if (own === turn)
        answer.replaceChildren(element("p", `No answer: ${(error as Error).message} Press the cell again.`));
    }
  }

  show(0);
  const question = "Does it hold a parasite? Decide, then press a cell: a small network judges it on your device.";
  answer.append(element("p", question));
  return element(
    "section",
    {class: "judge card", "aria-label": "A cell to judge"},
    large,
    answer,
    element("div", {class: "judge-cells", role: "group", "aria-label": "Cells"}, ...buttons.map(({button}) => button))
  );
}

/** @returns the picture of a stored sample as an address */
export function pictureOf({png}: Pick<StoredSample, "png">): string {
  return `data:image/png;base64,${png}`;
}

/** Fetches what asks, so that the page begins without it. */
async function openStudent(source: ModelSource): Promise<Ask> {
  const answer = await import("./answer.js");
  return answer.openStudent(source);
}
