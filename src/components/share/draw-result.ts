import type {Glance} from "../answer/glance.js";
import {SCALE} from "../answer/scale-bar.js";

/** What the picture of a result shows. */
export interface Result {
  glance: Glance;
  /** Place of the cell on the scale that all networks share, 0…1. */
  place: number;
  hasBand: boolean;
  /** What is known of the cell; empty for a picture of one's own, whose name is nobody else's business. */
  title: string;
  /** What speaks against the answer, in a few words. */
  caution: string;
  /** The network, its version, and the day. */
  source: string;
}

/** The picture's size in pixels: that of links in most messengers. */
export const [WIDTH, HEIGHT] = [1200, 630];
const [LEFT, RIGHT, CELL] = [560, 1140, 440];
/** Drawn by day whatever the page looks like, so that it is legible wherever it is shown. */
const WHITE = "#fff";
const INK = "#1a1a1a";

/**
 * Draws a result as a picture of its own: cell, sentence, percentage, bar, and what it is not.
 * @param cell 50×50 pixels as a picture
 * @param token the value of a CSS variable by day, such as `--color-parasitized`
 */
export function drawResult(
  context: CanvasRenderingContext2D,
  cell: CanvasImageSource,
  {glance, place, hasBand, title, caution, source}: Result,
  token: (name: string) => string
): void {
  const colour = token(glance.look === "uncertain" ? "--color-notice" : `--color-${glance.look}`);
  const [muted, notice] = [token("--color-muted"), token("--color-notice")];
  const [serif, sans] = [token("--serif"), token("--sans-serif")];
  const say = (text: string, y: number, font: string, fill = INK, x = LEFT) => {
    context.font = font;
    context.fillStyle = fill;
    context.fillText(text, x, y, RIGHT - x);
  };
  const line = (x1: number, y1: number, x2: number, y2: number, width: number, stroke: string) => {
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  };

  context.fillStyle = WHITE;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = "#000";
  context.fillRect(60, 60, CELL, CELL);
  context.imageSmoothingEnabled = false;
  context.drawImage(cell, 60, 60, CELL, CELL);
  say(title, 88, `26px ${sans}`, muted);
  say(glance.sentence, 160, `600 54px ${serif}`, colour === notice ? notice : token(`--color-${glance.look}-text`));
  say(glance.percent, 258, `600 84px ${serif}`);
  const width = context.measureText(glance.percent).width;
  say("chance of a parasite", 258, `28px ${sans}`, INK, LEFT + width + 20);

  const y = 330;
  const at = (share: number) => LEFT + share * (RIGHT - LEFT);
  line(LEFT, y, RIGHT, y, 3, muted);
  if (hasBand) {
    context.globalAlpha = 0.2;
    context.fillStyle = notice;
    context.fillRect(at(SCALE.low), y - 14, at(SCALE.high) - at(SCALE.low), 28);
    context.globalAlpha = 1;
  }
  line(at(SCALE.threshold), y - 24, at(SCALE.threshold), y + 24, 3, INK);
  line(at(SCALE.threshold), y, at(place), y, 10, colour);
  context.beginPath();
  context.arc(at(place), y, 14, 0, 2 * Math.PI);
  context.fillStyle = glance.look === "parasitized" ? colour : WHITE;
  context.fill();
  context.lineWidth = 6;
  context.strokeStyle = colour;
  context.stroke();
  const words = `22px ${sans}`;
  say("uninfected", y + 52, words, muted);
  context.textAlign = "center";
  say(hasBand ? "too close" : "threshold", y + 52, words, muted, at(SCALE.threshold));
  context.textAlign = "right";
  context.fillStyle = muted;
  context.fillText("parasitized", RIGHT, y + 52);
  context.textAlign = "left";

  if (caution) say(`▲ ${caution}`, 450, `600 26px ${sans}`, notice);
  say("Not a medical device. For research and teaching.", 550, `600 26px ${sans}`, INK, 60);
  say(source, 590, `22px ${sans}`, muted, 60);
}
