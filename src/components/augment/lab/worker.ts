import type {Answer, Job} from "./protocol.js";
import {renderer} from "./render.js";

let render: ReturnType<typeof renderer> | undefined;

self.onmessage = ({data: job}: MessageEvent<Job>) => {
  const start = performance.now();
  try {
    if (job.picture) render = renderer(job.picture);
    const {tiles, stages, plane} = render!(job);
    const answer: Answer = {id: job.id, tiles, stages, plane, milliseconds: performance.now() - start};
    const buffers = [...tiles, ...stages.map(({tile}) => tile), plane].map(({rgba}) => rgba.buffer);
    self.postMessage(answer, {transfer: [...new Set(buffers)]});
  } catch (error) {
    self.postMessage({id: job.id, error: (error as Error).message} satisfies Answer);
  }
};
