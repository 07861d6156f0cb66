import { expect, test } from "vitest";
import { createWorkspace } from "../../src/language-service/workspace.ts";
import type { Host } from "../../src/load/host.ts";

/** A host of some texts, which counts what is read. */
function hostOf(files: Record<string, string>): Host & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    resolve: (_, relative) => relative.replace(/^\.\//, ""),
    async readText(path) {
      read.push(path);
      const content = files[path];
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
    readBytes: async () => ({ ok: false, reason: "no such file" }),
  };
}

test("a file is analysed once for each text", async () => {
  const workspace = createWorkspace(hostOf({}));
  workspace.set({ path: "m.layers", text: "model M { input [4] Dense(3) }" });
  const first = await workspace.analysis("m.layers");
  expect(first?.result.diagnostics).toEqual([]);
  expect(await workspace.analysis("m.layers")).toBe(first);
  workspace.set({ path: "m.layers", text: "model M { input [4] Dense(0) }" });
  const second = await workspace.analysis("m.layers");
  expect(second?.result.diagnostics.map(({ code }) => code)).toEqual(["argument-range"]);
});

test("imports see the unsaved text of open files, and those that import a file are analysed again when it changes", async () => {
  const host = hostOf({ "b.layers": "block B() { Dense(2) }" });
  const workspace = createWorkspace(host);
  workspace.set({ path: "a.layers", text: 'import { B } from "./b.layers"\nmodel M { input [4] B() }' });
  const output = async (): Promise<unknown> =>
    (await workspace.analysis("a.layers"))?.result.models[0]?.outputShape.map(({ factor }) => factor);
  expect(await output()).toEqual([2]);
  workspace.set({ path: "b.layers", text: "block B() { Dense(3) }" });
  expect(workspace.dependents("b.layers")).toEqual(["a.layers", "b.layers"]);
  expect(await output()).toEqual([3]);
  workspace.close("b.layers");
  expect(await output()).toEqual([2]);
  expect(host.read).toEqual(["b.layers", "b.layers"]);
});
