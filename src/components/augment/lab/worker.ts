import type {Answer, Job} from "./protocol.js";
import {renderer} from "./render.js";

let render: ReturnType<typeof renderer> | undefined;

self.onmessage = ({data: job}: MessageEvent<Job>) => {
  const start = performance.now();
  try {
    if (job.picture) render = renderer(job.picture);
    const {tiles, details} = render!(job);
    const answer: Answer = {id: job.id, tiles, details, milliseconds: performance.now() - start};
    const shown = details
      ? [...tiles, ...details.stages.map(({tile}) => tile), details.plane, ...Object.values(details.ends).flat()]
      : tiles;
    self.postMessage(answer, {transfer: shown.map(({rgba}) => rgba.buffer)});
  } catch (error) {
    self.postMessage({id: job.id, error: (error as Error).message} satisfies Answer);
  }
};
