import { expect, test } from "vitest";
import { createWorkspace } from "../../src/language-service/workspace.ts";
import type { Host } from "../../src/load/host.ts";
import { fixture } from "../weights/support.ts";

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

test("a weight file is read once until it changes, and the models that no edit touches keep their arrays", async () => {
  const files = new Map([["w.keras", fixture("trained/digits/digits.keras")]]);
  let reads = 0;
  const workspace = createWorkspace({
    ...hostOf({}),
    async readBytes(path) {
      reads++;
      const content = files.get(path);
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
  });
  const layers =
    "input [64] Rescaling(1/16) Dense(64, activation=relu) Dropout(0.2) Dense(32, activation=relu) Dense(10, activation=softmax)";
  const analyse = async (units: number) => {
    const text = `model M { weights "./w.keras" ${layers} }\nmodel N { input [4] Dense(${units}) }\n`;
    workspace.set({ path: "m.layers", text });
    const { result, weights } = (await workspace.analysis("m.layers"))!;
    const [model] = result.models;
    return { errors: result.diagnostics.map(({ code }) => code), arrays: model && weights.get(model), result };
  };
  const first = await analyse(3);
  expect(first.errors).toEqual([]);
  const second = await analyse(33);
  expect(second.errors).toEqual([]);
  expect(second.arrays).toBe(first.arrays);
  expect((await workspace.weightFile("m.layers", "./w.keras"))?.format).toBe("keras-archive");
  expect(second.result.dependencies).toEqual(["w.keras"]);
  expect(workspace.dependents("w.keras")).toEqual(["m.layers"]);
  expect(reads).toBe(1);

  // What no clause names any more is forgotten, and read anew.
  workspace.set({ path: "m.layers", text: "model N { input [4] Dense(2) }" });
  await workspace.analysis("m.layers");
  await analyse(3);
  expect(reads).toBe(2);
  // Also where the model has an error of its own.
  workspace.set({ path: "m.layers", text: 'model M { weights "./w.keras" input [64] Dense(0) }' });
  expect((await workspace.analysis("m.layers"))?.result.dependencies).toEqual(["w.keras"]);

  files.set("w.keras", fixture("trained/iris/iris.keras"));
  workspace.changed("w.keras");
  expect((await analyse(33)).errors).not.toEqual([]);
  files.delete("w.keras");
  workspace.changed("w.keras");
  expect((await analyse(3)).errors).toEqual(["weights-unreadable"]);
  // What can't be read is tried again, whether or not somebody tells of it.
  files.set("w.keras", fixture("trained/digits/digits.keras"));
  expect((await analyse(33)).errors).toEqual([]);
});

test("a closed file that has changed without a word of it changes no answer about another file that it is part of", async () => {
  const long = `\n\nblock B() { ${"Dense(2) ".repeat(30)}}`;
  const files = { "b.layers": long };
  const workspace = createWorkspace(hostOf(files));
  const text = 'import { B } from "./b.layers"\nmodel M { input [4] B() }';
  const block = async (path: string) => {
    const analysis = (await workspace.analysis(path))!;
    const [definition] = analysis.result.index.definitions.filter(({ name, kind }) => name === "B" && kind === "block");
    const source = analysis.result.sources.find((each) => each.path === definition?.span.file);
    return source?.text.slice(definition?.span.start, definition?.span.end);
  };
  workspace.set({ path: "a.layers", text });
  expect(await block("a.layers")).toBe("B");
  files["b.layers"] = `let n = 3${long}`;
  workspace.set({ path: "c.layers", text });
  expect(await block("c.layers")).toBe("B");
  expect(await block("a.layers")).toBe("B");
});

test("a path that leads nowhere is reported with the file that its host has beside it", async () => {
  const workspace = createWorkspace({ ...hostOf({}), namesBeside: async () => ["iris.keras", "notes.txt"] });
  workspace.set({ path: "m.layers", text: 'model M { weights "./iris.kears" input [4] Dense(3) }' });
  const [diagnostic] = (await workspace.analysis("m.layers"))!.result.diagnostics;
  expect(diagnostic).toMatchObject({ code: "weights-unreadable", help: "did you mean './iris.keras'?" });
  expect(diagnostic?.fix?.edits.map(({ text }) => text)).toEqual(['"./iris.keras"']);
});
