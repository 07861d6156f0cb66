import type { Served } from "../chromium.ts";
import type { Built } from "./build.ts";
import type { Force } from "./force.ts";

/** A page that runs the modules in itself, in a module worker and in an audio worklet. */
export function servedFiles({ files }: Built, force: Force): ReadonlyMap<string, Served> {
  const script = (content: string): Served => ({ type: "text/javascript", content });
  const run = `import { run } from "./run-${force}.js";`;
  return new Map([
    ["/", { type: "text/html", content: '<!doctype html><script type="module" src="/page.js"></script>' }],
    // Browsers ask for it by themselves, and report that it is missing.
    ["/favicon.ico", { type: "application/octet-stream", content: "" }],
    ["/page.js", script(`${run}\n${pageScript}`)],
    ["/worker.js", script(`${run}\nonmessage = () => postMessage(run());\n`)],
    ["/worklet.js", script(`${run}\n${workletScript}`)],
    ...[...files].map(([name, content]) => [`/${name}`, script(content)] as const),
  ]);
}

const workletScript = `
registerProcessor("probe", class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.onmessage = () => this.port.postMessage(run());
  }
  process() {
    return true;
  }
});
`;

const pageScript = `
function ask(target, port) {
  return new Promise((resolve, reject) => {
    target.onerror = target.onprocessorerror = (event) => reject(new Error(event.message ?? event.type));
    port.onmessage = ({ data }) => resolve(data);
    port.postMessage("run");
  });
}

// As text: drivers take minutes to bring a million numbers over one by one.
globalThis.runEverywhere = async () => {
  const worker = new Worker("/worker.js", { type: "module" });
  const inWorker = ask(worker, worker);
  const audio = new OfflineAudioContext(1, 128, 8000);
  await audio.audioWorklet.addModule("/worklet.js");
  const node = new AudioWorkletNode(audio, "probe");
  const inWorklet = ask(node, node.port);
  return JSON.stringify({ page: run(), worker: await inWorker, worklet: await inWorklet });
};
`;
