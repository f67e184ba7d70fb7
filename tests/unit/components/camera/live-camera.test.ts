// @vitest-environment jsdom
import {afterEach, expect, test, vi} from "vitest";
import {liveCamera} from "../../../../src/components/camera/live-camera.js";

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

class Track extends EventTarget {
  readyState = "live";
  constructor(private readonly deviceId: string) {
    super();
  }
  stop() {
    this.readyState = "ended";
  }
  getSettings = () => ({deviceId: this.deviceId});
}

/** Cameras that are there, or what the browser throws when one is asked for; remembers all that were turned on. */
function device(...cameras: string[] | [Error]) {
  const tracks: Track[] = [];
  const asked: MediaStreamConstraints[] = [];
  const media = {
    async getUserMedia(constraints: MediaStreamConstraints) {
      asked.push(constraints);
      const [first] = cameras;
      if (first instanceof Error) throw first;
      const {deviceId} = constraints.video as {deviceId?: {exact: string}};
      const track = new Track(deviceId?.exact ?? first!);
      tracks.push(track);
      return {getTracks: () => [track], getVideoTracks: () => [track]};
    },
    enumerateDevices: async () => [
      {kind: "audioinput", deviceId: "m", label: "Microphone"},
      ...cameras.map((name) => ({kind: "videoinput", deviceId: name, label: name}))
    ]
  } as unknown as MediaDevices;
  return {media, tracks, asked, live: () => tracks.filter(({readyState}) => readyState === "live").length};
}

const named = (name: string) => Object.assign(new Error("no"), {name});
const STILL = new File(["x"], "camera-1.png");

function open(media: MediaDevices | undefined, take = async () => STILL) {
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  const button = document.createElement("button");
  button.textContent = "Live camera";
  const row = document.createElement("div");
  row.append(button);
  document.body.append(row);
  const taken: File[] = [];
  const end = new AbortController();
  liveCamera(button, {media, take, onPicture: (file) => taken.push(file), signal: end.signal});
  const root = row.nextElementSibling as HTMLElement;
  return {
    button,
    taken,
    end,
    root,
    says: () => root.querySelector("p")!.textContent,
    shutter: root.querySelector<HTMLButtonElement>("button.primary")!,
    isShown: () => !root.hidden && !root.querySelector("video")!.hidden
  };
}

test("a press shows what the camera sees, takes pictures of it, and turns it off again", async () => {
  const {media, asked, live} = device("eyepiece");
  const {button, taken, root, shutter, isShown} = open(media);
  await vi.waitFor(() => expect(button.textContent).toBe("Turn the camera off"));
  expect(asked).toEqual([{video: expect.objectContaining({facingMode: {ideal: "environment"}}) as unknown}]);
  expect(document.activeElement).toBe(shutter);
  expect(root.querySelector("select")).toBeNull();
  shutter.click();
  expect(shutter.disabled).toBe(true);
  await vi.waitFor(() => expect(taken).toEqual([STILL]));
  await vi.waitFor(() => expect(shutter.disabled).toBe(false));
  expect(live()).toBe(1);
  button.click();
  expect(live()).toBe(0);
  expect(root.hidden).toBe(true);
  expect(button.textContent).toBe("Live camera");
  button.click();
  await vi.waitFor(() => expect(live()).toBe(1));
  await vi.waitFor(() => expect(isShown()).toBe(true));
});

test("of several cameras one is chosen, and the other turned off", async () => {
  const {media, tracks, live} = device("built in", "eyepiece");
  const {root} = open(media);
  await vi.waitFor(() => expect(root.querySelectorAll("option").length).toBe(2));
  const list = root.querySelector("select")!;
  expect(list.value).toBe("built in");
  list.value = "eyepiece";
  list.dispatchEvent(new Event("input", {bubbles: true}));
  await vi.waitFor(() => expect(tracks.length).toBe(2));
  await vi.waitFor(() => expect(root.querySelector("select")!.value).toBe("eyepiece"));
  expect(live()).toBe(1);
  expect(tracks[1]!.getSettings()).toEqual({deviceId: "eyepiece"});
});

test.each([
  ["NotAllowedError", "may not use the camera. Allow it"],
  ["NotFoundError", "No camera was found. Connect one"],
  ["NotReadableError", "Another program uses the camera. Close it"],
  ["AbortError", "gave no picture (no). Choose a saved picture"]
])("%s gets a sentence that says what to do, and another press tries again", async (name, words) => {
  const {media, asked} = device(named(name));
  const {button, says, isShown} = open(media);
  await vi.waitFor(() => expect(says()).toContain(words));
  expect(isShown()).toBe(false);
  expect(button.textContent).toBe("Live camera");
  button.click();
  await vi.waitFor(() => expect(asked.length).toBe(2));
});

test("a page without https is told so", () => {
  const {says} = open(undefined);
  expect(says()).toContain("https only");
});

test("a camera that is pulled out, and a picture that cannot be read, are said", async () => {
  const {media, tracks} = device("eyepiece");
  const {shutter, says, isShown} = open(media, () => Promise.reject(new Error("no pixels")));
  await vi.waitFor(() => expect(isShown()).toBe(true));
  shutter.click();
  await vi.waitFor(() => expect(says()).toContain("gave no picture (no pixels)"));
  expect(isShown()).toBe(true);
  tracks[0]!.dispatchEvent(new Event("ended"));
  expect(says()).toContain("was disconnected");
  expect(isShown()).toBe(false);
});

test("leaving the page, or a press while the camera is awaited, turns it off", async () => {
  const {media, live, tracks} = device("eyepiece");
  const first = open(media);
  first.end.abort();
  await vi.waitFor(() => expect(tracks.length).toBe(1));
  await vi.waitFor(() => expect(live()).toBe(0));
  const second = open(media);
  await vi.waitFor(() => expect(second.isShown() && second.button.textContent).toBe("Turn the camera off"));
  window.dispatchEvent(new Event("pagehide"));
  expect(live()).toBe(0);
});
