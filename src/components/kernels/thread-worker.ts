import {serveBoard, startThread} from "./shared-work.js";
import type {ThreadStart} from "./shared-work.js";

// One more thread of a network: computes parts of what the worker that started it posts on the board, until it is ended.
addEventListener("message", ({data}: MessageEvent<ThreadStart>) => serveBoard(startThread(data), data.board));
