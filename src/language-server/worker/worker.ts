import type { Port } from "./port.ts";
import { servePort } from "./serve-port.ts";

// The module of a worker: `new Worker(…, { type: "module" })`. Its scope is the port to the page.
servePort(globalThis as unknown as Port);
