import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { hasChromium, launchChromium, serve, type Served } from "./chromium.ts";
import { compile, type CompileResult } from "../../src/index.ts";
import { createNodeHost } from "../../src/cli/node-host.ts";
import { nodeFileSystem } from "../../src/cli/file-system.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const samples = (
  JSON.parse(readFileSync(path.join(root, "examples/data/digits-test.json"), "utf8")) as { x: number[][] }
).x.slice(0, 20);
const digits = {
  path: "examples/digits.layers",
  text: readFileSync(path.join(root, "examples/digits.layers"), "utf8"),
};
const host = createNodeHost(root, nodeFileSystem);

/** A page with the compiler, and a host that fetches. */
const pageScript = `
import { compile } from "./layerc.js";
globalThis.compile = compile;
globalThis.host = {
  resolve: (from, relative) => relative.replace("./", "/"),
  readText: async () => ({ ok: false, reason: "no such file" }),
  readBytes: async (file) => ({ ok: true, content: new Uint8Array(await (await fetch(file)).arrayBuffer()) }),
};
`;

test.runIf(hasChromium)(
  "the compiler runs in a browser, weights included, and writes what it writes in Node",
  async () => {
    const bundle = await rolldown({ input: path.join(root, "src/index.ts"), platform: "browser", cwd: root });
    const { output } = await bundle.generate({
      format: "esm",
      entryFileNames: "layerc.js",
      chunkFileNames: "[name].js",
    });
    await bundle.close();
    const files = new Map<string, Served>([
      ["/", { type: "text/html", content: '<!doctype html><script type="module" src="/page.js"></script>' }],
      ["/page.js", { type: "text/javascript", content: pageScript }],
      [
        "/digits.keras",
        { type: "application/octet-stream", content: readFileSync(path.join(root, "examples/digits.keras")) },
      ],
    ]);
    for (const chunk of output) {
      if (chunk.type === "chunk") files.set(`/${chunk.fileName}`, { type: "text/javascript", content: chunk.code });
    }
    const page = await (await launchChromium()).newPage();
    await page.goto(await serve(files));
    await page.waitForFunction("globalThis.compile");
    const inBrowser = (await page.evaluate(`compile(${JSON.stringify(digits)}, { host })`)) as CompileResult;

    const inNode = await compile(digits, { host });
    expect(inBrowser.diagnostics).toEqual([]);
    expect(inBrowser.files).toEqual(inNode.files);
  },
);

test.runIf(hasChromium)(
  "generated code runs in a page with a strict Content-Security-Policy, in a worker and in an audio worklet",
  async () => {
    const built = await compile(digits, { host, emit: "js" });
    const module = built.files[0]?.content as string;
    const probe = `import { digits } from "./digits.js"; const run = (samples) => samples.map((sample) => [...digits.forward(sample)]);`;
    const script = (content: string): Served => ({ type: "text/javascript", content });
    const origin = await serve(
      new Map([
        ["/", { type: "text/html", content: '<!doctype html><script type="module" src="/page.js"></script>' }],
        ["/digits.js", script(module)],
        ["/page.js", script(`${probe} globalThis.runHere = run;`)],
        ["/worker.js", script(`${probe} onmessage = ({ data }) => postMessage(run(data));`)],
        [
          "/worklet.js",
          script(`${probe}
registerProcessor("probe", class extends AudioWorkletProcessor {
  constructor() { super(); this.port.onmessage = ({ data }) => this.port.postMessage(run(data)); }
  process() { return true; }
});`),
        ],
      ]),
      { "content-security-policy": "default-src 'self'" },
    );
    const page = await (await launchChromium()).newPage();
    await page.goto(origin);
    await page.waitForFunction("globalThis.runHere");
    const found = await page.evaluate(async (inputs) => {
      interface Port {
        addEventListener(type: "message", listener: (event: { data: number[][] }) => void): void;
        postMessage(data: unknown): void;
        start?(): void;
      }
      const answer = (port: Port): Promise<number[][]> =>
        new Promise((resolve) => {
          port.addEventListener("message", ({ data }) => resolve(data));
          port.start?.();
          port.postMessage(inputs);
        });
      const global = globalThis as unknown as {
        runHere(samples: number[][]): number[][];
        Worker: any;
        OfflineAudioContext: any;
        AudioWorkletNode: any;
      };
      const worker = await answer(new global.Worker("/worker.js", { type: "module" }));
      const audio = new global.OfflineAudioContext(1, 128, 8000);
      await audio.audioWorklet.addModule("/worklet.js");
      const worklet = await answer(new global.AudioWorkletNode(audio, "probe").port);
      return { page: global.runHere(inputs), worker, worklet };
    }, samples);

    const { digits: inNode } = (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as {
      digits: { forward(input: readonly number[]): Float32Array };
    };
    const expected = samples.map((sample) => [...inNode.forward(sample)]);
    expect(found).toEqual({ page: expected, worker: expected, worklet: expected });
  },
);
