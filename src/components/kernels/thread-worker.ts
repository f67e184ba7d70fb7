import {serveBoard} from "./shared-work.js";
import {startThread} from "./thread.js";
import type {ThreadStart} from "./thread.js";

// One more thread of a network: computes parts of what the worker that started it posts on the board, until it is ended.
addEventListener("message", ({data}: MessageEvent<ThreadStart>) => serveBoard(startThread(data), data.board));
