import {element} from "../../ui/element.js";
import type {Choose, View} from "../../ui/view.js";
import type {Current} from "./current.js";
import {paint, tileCanvas} from "./picture-views.js";
import {tileSide} from "./protocol.js";
import {drawCount, settingsTable} from "./settings.js";
import type {Settings} from "./settings.js";

/** The twelve draws as buttons, of which one is pressed; with the choice of the seed above them. */
export function drawsView(choose: Choose<Settings>): View<Current> {
  let current: Current | undefined;
  const seed = element("input", {type: "number", min: 0, max: 999_999, step: 1});
  seed.addEventListener("change", () => {
    const value = settingsTable.seed.parse(seed.value);
    if (value === undefined) seed.value = String(current!.settings.seed);
    else choose({seed: value}, {push: true});
  });
  const onclick = () => choose({seed: Math.floor(Math.random() * 1e6)}, {push: true});
  const reroll = element("button", {type: "button", class: "primary", onclick}, "Reroll");
  const speed = element("output", {class: "muted", "data-testid": "speed"});

  const draws = Array.from({length: drawCount}, (_, i) => {
    const canvas = tileCanvas(tileSide);
    canvas.setAttribute("aria-hidden", "true");
    const text = element("span", {class: "draw-numbers"});
    const onclick = () => choose({draw: i + 1});
    const button = element("button", {type: "button", class: "draw", onclick}, canvas, text);
    return {canvas, text, button};
  });
  const list = element(
    "ul",
    {class: "draws", "aria-label": "Draws"},
    ...draws.map(({button}) => element("li", button))
  );
  const seedControl = element("label", {class: "control"}, element("span", "Seed"), seed);
  return {
    node: element("div", element("div", {class: "controls draw-controls"}, seedControl, reroll, speed), list),
    update(next) {
      const {settings, captions, pictures, busy} = next;
      seed.value = String(settings.seed);
      list.ariaBusy = String(busy);
      draws.forEach(({canvas, text, button}, i) => {
        button.setAttribute("aria-pressed", String(i + 1 === settings.draw));
        if (captions !== current?.captions) {
          const lines = (captions[i] ?? []).map((line) => element("span", line));
          text.replaceChildren(element("b", `Draw ${i + 1}`), ...lines);
        }
        if (pictures && pictures.tiles !== current?.pictures?.tiles) paint(canvas, pictures.tiles[i]!);
      });
      speed.textContent = pictures?.effort ?? "";
      current = next;
    }
  };
}
