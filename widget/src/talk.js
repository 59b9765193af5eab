import late from "#strings/talk";
import { readEvents } from "./event-stream.js";
import { events } from "./events.js";
import { logView } from "./log.js";
import { resume } from "./resume.js";
import { sentence } from "./sentences.js";
import css from "./talk.css";

// What a conversation needs once it has begun; the first screen and the first message do without.
export { css, events, late as strings, logView, readEvents, resume, sentence };
