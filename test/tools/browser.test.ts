import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { hasChromium, openPage, serve, type Served } from "./chromium.ts";
import { compile, type CompileResult } from "../../src/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
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
    const page = await openPage();
    await page.goto(await serve(files));
    await page.waitForFunction("globalThis.compile");
    const inBrowser = (await page.evaluate(`compile(${JSON.stringify(digits)}, { host })`)) as CompileResult;

    const inNode = await compile(digits, { host });
    expect(inBrowser.diagnostics).toEqual([]);
    expect(inBrowser.files).toEqual(inNode.files);
  },
);
