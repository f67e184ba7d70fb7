import {element} from "../../ui/element.js";
import type {Choose, View} from "../../ui/view.js";
import type {Current} from "./current.js";
import {settingsTable} from "./settings.js";
import type {Settings} from "./settings.js";

/** How a network was trained: what its history says of its pictures. */
export interface Recipe {
  /** Side of the pictures, in pixels. */
  size: number;
  /** The parameters of the augmentation, under fastai's names. */
  augmentation: Readonly<Record<string, number | boolean | string>>;
}

/** Settings that belong together, under a name. */
export interface Preset {
  name: string;
  change: Partial<Settings>;
}

/** What no preset changes. */
const kept = ["cell", "seed", "draw"];

const defaults = Object.fromEntries(
  Object.entries(settingsTable)
    .filter(([key]) => !kept.includes(key))
    .map(([key, {fallback}]) => [key, fallback])
) as Partial<Settings>;

/** The ways to augment that are worth a comparison: that of this network first. */
export function presetsOf({size, augmentation}: Recipe): Preset[] {
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const own = Object.fromEntries(Object.entries(augmentation).map(([name, value]) => [camel(name), value]));
  return [
    {
      name: "As this network was trained",
      change: {...defaults, ...own, size: String(size), transforms: "trained"} as Partial<Settings>
    },
    {name: "fastai's defaults", change: defaults},
    {name: "The old notebook", change: {transforms: "notebook"}}
  ];
}

/** The presets as buttons; the one is pressed that the settings are. */
export function presetsView(presets: readonly Preset[], choose: Choose<Settings>): View<Pick<Current, "settings">> {
  const buttons = presets.map(({name, change}) => {
    const onclick = () => choose(change, {push: true});
    return element("button", {type: "button", "aria-pressed": "false", onclick}, name);
  });
  return {
    node: element("div", {class: "controls presets", role: "group", "aria-label": "Presets"}, ...buttons),
    update({settings}) {
      presets.forEach(({change}, n) => {
        const isIt = Object.entries(change).every(([key, value]) => settings[key as keyof Settings] === value);
        buttons[n]!.setAttribute("aria-pressed", String(isIt));
      });
    }
  };
}
