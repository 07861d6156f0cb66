import fs from "node:fs";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { importModel } from "../../src/importers/import-model.ts";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { layerc } from "./support.ts";

const read = (name: string): Uint8Array =>
  new Uint8Array(fs.readFileSync(new URL(`../fixtures/cases/keras-unzipped-folder/${name}`, import.meta.url)));
const architecture = read("arch.json");
const weights = read("m.weights.h5");
const cases = read("cases.json");
const text = new TextDecoder().decode(architecture);

/** What is imported from the files computes what Keras does. */
async function computes(sandbox: Sandbox, ...args: readonly string[]): Promise<string> {
  fs.writeFileSync(`${sandbox.folder}/cases.json`, cases);
  const imported = await layerc(sandbox, "import", ...args, "--name", "Net", "--out-dir", "out");
  expect(imported).toMatchObject({ exitCode: 0 });
  expect(await layerc(sandbox, "verify", "out/net.layers", "--against", "cases.json")).toMatchObject({ exitCode: 0 });
  return imported.stderr;
}

describe("an architecture in JSON with the weights in a file of their own", () => {
  test("--weights names them", async () => {
    const sandbox = makeSandbox({ "arch.json": architecture, "trained/w.weights.h5": weights });
    expect(await computes(sandbox, "arch.json", "--weights", "trained/w.weights.h5")).toBe("");
  });

  test.each(["arch.weights.h5", "arch.h5", "arch_weights.h5", "model.weights.h5", "model.h5"])(
    "%s beside it is taken, and that is said",
    async (name) => {
      const stderr = await computes(makeSandbox({ "arch.json": architecture, [name]: weights }), "arch.json");
      expect(stderr).toContain(
        `hint[import-weights-beside]: The file is an architecture alone: its weights are taken from '${name}'`,
      );
    },
  );

  test("the JSON may be encoded twice, as json.dump(model.to_json(), file) does", async () => {
    const twice = JSON.stringify(text);
    await computes(makeSandbox({ "arch.json": twice, "w.h5": weights }), "arch.json", "--weights", "w.h5");
  });

  test("without weights it says how to name them", async () => {
    const { exitCode, stderr } = await layerc(makeSandbox({ "arch.json": architecture }), "import", "arch.json");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "error[import-architecture]: The file holds the architecture of a Keras model without its weights",
    );
    expect(stderr).toContain("layerc import arch.json --weights model.weights.h5");
  });

  test("weights that are not there, or of another model, are told", async () => {
    const sandbox = makeSandbox({ "arch.json": architecture, "w.h5": "not HDF5" });
    const missing = await layerc(sandbox, "import", "arch.json", "--weights", "none.h5");
    expect(missing.stderr).toContain("its weights 'none.h5' can't be read: no such file");
    const wrong = await layerc(sandbox, "import", "arch.json", "--weights", "w.h5");
    expect(wrong.stderr).toContain("its content is not HDF5");
  });

  test("a file with weights of its own takes none from elsewhere", async () => {
    const sandbox = makeSandbox({ "m.keras": read("m.keras"), "w.h5": weights });
    const { exitCode, stderr } = await layerc(sandbox, "import", "m.keras", "--weights", "w.h5");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("it has its weights itself: --weights is for an architecture alone");
  });
});

describe("the folder that a .keras file is when it is unzipped", () => {
  const members = Object.entries(unzipSync(read("m.keras")));
  const folder = (path: string): Record<string, Uint8Array> =>
    Object.fromEntries(members.map(([name, bytes]) => [`${path}/${name}`, bytes]));

  test.each(["digits", "digits.keras", "digits/", "digits/config.json"])("layerc import %s", async (path) => {
    const name = path.replace(/\/.*/, "");
    expect(await computes(makeSandbox(folder(name)), path)).toBe("");
  });

  test("it names the model", async () => {
    const sandbox = makeSandbox(folder("my-digits"));
    await layerc(sandbox, "import", "my-digits", "--out-dir", ".");
    expect(Object.keys(sandbox.contents())).toContain("myDigits.layers");
  });

  test.each(["./digits", "./digits.keras", "./digits/"])('weights "%s"', async (path) => {
    const source = `model Net { weights "${path}" input [4] Dense(3, relu) Dense(2) }`;
    const sandbox = makeSandbox({
      ...folder(path.replaceAll(/^\.\/|\/$/g, "")),
      "net.layers": source,
      "cases.json": cases,
    });
    expect(await layerc(sandbox, "verify", "net.layers", "--against", "cases.json")).toMatchObject({ exitCode: 0 });
  });

  test("the library takes it through any host", async () => {
    const files = new Map(Object.entries(folder("digits.keras")));
    const host = {
      resolve: (from: string, relative: string) => new URL(relative, `file:///${from}`).pathname.slice(1),
      readText: async () => ({ ok: false, reason: "no text" }) as const,
      readBytes: async (path: string) => {
        const content = files.get(path);
        return content === undefined
          ? ({ ok: false, reason: "no such file" } as const)
          : ({ ok: true, content } as const);
      },
    };
    const { value, diagnostics } = await importModel("digits.keras", { host });
    expect(diagnostics).toEqual([]);
    expect(value?.name).toBe("Digits");
  });

  test("weights that were copied before Keras had closed them are told as that", async () => {
    const sandbox = makeSandbox({ ...folder("digits"), "digits/model.weights.h5": read("empty.weights.h5") });
    const { exitCode, stderr } = await layerc(sandbox, "import", "digits");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("it is an HDF5 file without anything in it");
    expect(stderr).not.toContain("damaged");
  });

  test("a folder of something else is told what it is", async () => {
    const sandbox = makeSandbox({ "saved/saved_model.pb": "x", "other/notes.txt": "x" });
    expect((await layerc(sandbox, "import", "saved")).stderr).toContain("it is a SavedModel of TensorFlow");
    expect((await layerc(sandbox, "import", "other")).stderr).toContain("a folder without a model.json or config.json");
  });
});

describe("the map of weights in several files", () => {
  const source = 'model Net { weights "./w.weights.json" input [4] Dense(3) }';
  test.each([
    [
      { weight_map: { "/layers/dense/vars": ["w_00000.weights.h5"] } },
      "error[weights-incomplete]: The weight file './w.weights.json' is not whole: its file of weights 'w_00000.weights.h5' is not beside it",
    ],
    [{ weight_map: { "/layers/dense/vars": ["../w.h5"] } }, "names '../w.h5', which is not a file beside it"],
    [{ weight_map: { "/layers/dense/vars": 3 } }, "names no file for '/layers/dense/vars'"],
    [{ weights: [] }, "its JSON has no weight_map"],
  ])("%j is refused", async (map, reason) => {
    const sandbox = makeSandbox({ "net.layers": source, "w.weights.json": JSON.stringify(map) });
    const { exitCode, stderr } = await layerc(sandbox, "check", "net.layers");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(reason);
  });
});
