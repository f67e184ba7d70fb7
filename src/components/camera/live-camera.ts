import {Refusal} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import type {Input} from "../ui/inputs.js";

/** Options of {@link liveCamera}. */
export interface LiveCameraOptions {
  /** Told of each picture that is taken. */
  onPicture: (file: File) => void;
  /** Turns the camera off for good. */
  signal?: AbortSignal | undefined;
  /** The device's cameras; undefined where the browser gives pages none. */
  media?: MediaDevices | undefined;
  /** Makes a file of what a video shows. */
  take?: (video: HTMLVideoElement) => Promise<File>;
}

/** The pixels asked for: a microscope's camera gives fewer or more, as it can. */
const SIZE = {width: {ideal: 1920}, height: {ideal: 1080}};

/** Why there is no picture, by the name of what the browser throws, and what to do. */
const REASONS: Record<string, string> = {
  NotAllowedError:
    "This page may not use the camera. Allow it beside the page's address, then press “Live camera” again.",
  NotFoundError: "No camera was found. Connect one, such as a microscope's, then press “Live camera” again.",
  NotReadableError: "Another program uses the camera. Close it there, then press “Live camera” again."
};

/**
 * Makes a button turn a camera on and off: what it sees is shown below the button's row, with a button that takes a picture
 * of it, and a list of cameras where there are several. Nothing is seen or kept but what is taken.
 * @param button what was pressed; it turns the camera on at once
 */
export function liveCamera(
  button: HTMLButtonElement,
  {onPicture, signal, media = navigator.mediaDevices, take = stillOf}: LiveCameraOptions
): void {
  let stream: MediaStream | undefined;
  /** Counts presses: what a camera gives after a later one is not wanted. */
  let turn = 0;
  const video = element("video", {muted: true, playsinline: true, "aria-label": "What the camera sees"});
  const picture = element("button", {type: "button", class: "primary"}, "Take the picture");
  const controls = element("div", {class: "controls"}, picture);
  const problem = element("p", {role: "status"});
  const root = element("div", {class: "camera", "data-testid": "camera"}, video, controls, problem);
  let choice: Input<string> | undefined;

  function end(): void {
    turn++;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.srcObject = null;
    button.textContent = "Live camera";
    root.hidden = true;
  }

  /** Says why there is no picture, below the button, where the camera's would be. */
  function fail(sentence: string): void {
    end();
    root.hidden = false;
    video.hidden = controls.hidden = true;
    problem.textContent = sentence;
  }

  async function start(camera?: string): Promise<void> {
    if (!media)
      return fail("Browsers give a camera to pages on https only. Open this site by https, or choose a saved picture.");
    const own = ++turn;
    root.hidden = false;
    video.hidden = controls.hidden = true;
    problem.textContent = "Waiting for the camera…";
    try {
      const from = camera ? {deviceId: {exact: camera}} : {facingMode: {ideal: "environment"}};
      const given = await media.getUserMedia({video: {...SIZE, ...from}});
      if (own !== turn) return given.getTracks().forEach((track) => track.stop());
      stream = given;
      for (const track of given.getTracks()) {
        track.addEventListener("ended", () =>
          fail("The camera was disconnected. Connect it, then press “Live camera” again.")
        );
      }
      video.srcObject = given;
      await video.play();
      await offerOthers();
    } catch (error) {
      if (own === turn) fail(reasonOf(error));
      return;
    }
    if (own !== turn) return;
    problem.textContent = "";
    video.hidden = controls.hidden = false;
    button.textContent = "Turn the camera off";
    picture.focus();
  }

  /** Lists the cameras where there are several: only a page that may use one is told their names. */
  async function offerOthers(): Promise<void> {
    const cameras = (await media!.enumerateDevices()).filter(({kind}) => kind === "videoinput");
    choice?.remove();
    if (cameras.length < 2) return;
    const names = new Map(cameras.map(({deviceId, label: name}, n) => [deviceId, name || `Camera ${n + 1}`]));
    choice = select("Camera", names, {value: stream!.getVideoTracks()[0]!.getSettings().deviceId ?? ""});
    choice.addEventListener("input", () => {
      const {value} = choice!;
      end();
      void start(value);
    });
    controls.append(choice);
  }

  picture.addEventListener("click", () => {
    picture.disabled = true;
    take(video)
      .then(onPicture, (error: unknown) => (problem.textContent = reasonOf(error)))
      .finally(() => (picture.disabled = false));
  });
  button.addEventListener("click", () => (stream ? end() : void start()));
  signal?.addEventListener("abort", end);
  window.addEventListener("pagehide", end, {signal});
  button.parentElement!.after(root);
  void start();
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const {name, message} = error as DOMException;
  return REASONS[name] ?? `The camera gave no picture (${message}). Choose a saved picture instead.`;
}

/**
 * Makes a PNG of what a video shows, named by the time of day.
 * @throws Refusal where the browser hides pixels from pages
 */
async function stillOf(video: HTMLVideoElement): Promise<File> {
  const [{readPixels}, {encode}] = await Promise.all([import("../formats/browser-pixels.js"), import("fast-png")]);
  const bitmap = await createImageBitmap(video);
  const {width, height} = bitmap;
  const data = await readPixels(bitmap).finally(() => bitmap.close());
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "-");
  // Little effort: the page waits for it.
  const bytes = new Uint8Array(encode({data, width, height, channels: 4}, {zlib: {level: 1}}));
  return new File([bytes], `camera-${time}.png`, {type: "image/png"});
}
