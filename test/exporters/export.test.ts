import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { fixtureBytes, kerasFixtures, layerc, readCases } from "../importers/support.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import type { WeightEntry } from "../../src/weights/weight-file.ts";

const cases = [...readCases("models"), ...readCases("activation_layers")].filter(({ files }) => "keras" in files);

async function imported(name: string): Promise<Sandbox> {
  const sandbox = makeSandbox({ "model.keras": fixtureBytes(`${name}/model.keras`) });
  const run = await layerc(sandbox, "import", "model.keras", "--name", "Net");
  expect(run.exitCode).toBe(0);
  return sandbox;
}

function read(sandbox: Sandbox, file: string): Uint8Array {
  return new Uint8Array(fs.readFileSync(path.join(sandbox.folder, file)));
}

/** Arrays in the order of the file, without names. */
async function arraysOf(bytes: Uint8Array, file: string) {
  const result = await readWeightFile(bytes, file);
  if (!result.ok) throw new Error(result.failure.message);
  const collect = (entry: WeightEntry): readonly (readonly [string, readonly number[], Float32Array])[] =>
    entry.kind === "container"
      ? entry.entries.flatMap(collect)
      : entry.arrays.map(({ source, shape, data }) => [source, shape, data] as const);
  return collect(result.file.root);
}

/** A case that was imported, and its arrays as they were exported. */
interface Exported {
  readonly source: string;
  readonly imported: Uint8Array;
  readonly safetensors: Uint8Array;
  readonly kerasWeights: Uint8Array;
}

const exportsMade = new Map<string, Promise<Exported>>();

/** Imports a case and exports its arrays; once for all tests. */
function exported(name: string): Promise<Exported> {
  const made = exportsMade.get(name) ?? importAndExport(name);
  exportsMade.set(name, made);
  return made;
}

async function importAndExport(name: string): Promise<Exported> {
  const sandbox = await imported(name);
  for (const format of ["safetensors", "keras-weights"]) {
    const run = await layerc(sandbox, "export", "net.layers", "--format", format, "--out-dir", "out");
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  }
  return {
    source: fs.readFileSync(path.join(sandbox.folder, "net.layers"), "utf8"),
    imported: read(sandbox, "net.safetensors"),
    safetensors: read(sandbox, "out/net.safetensors"),
    kerasWeights: read(sandbox, "out/net.weights.h5"),
  };
}

describe("arrays are those of the model, bit for bit", () => {
  for (const { path: name } of cases) {
    test(name, async () => {
      const { source, imported: own, safetensors, kerasWeights } = await exported(name);
      const before = await arraysOf(own, "net.safetensors");
      expect(await arraysOf(safetensors, "net.safetensors")).toEqual(before);

      // The model binds Keras' layout as it binds its own arrays, so the sidecar of a build is the same file.
      if (before.length === 0) return;
      const sandbox = makeSandbox({
        "net.layers": source.replace("net.safetensors", "net.weights.h5"),
        "net.weights.h5": kerasWeights,
      });
      const again = await layerc(sandbox, "export", "net.layers", "--format", "safetensors", "--out-dir", "again");
      expect([again.exitCode, again.stderr]).toEqual([0, ""]);
      expect(read(sandbox, "again/net.safetensors")).toEqual(safetensors);
    });
  }
});

interface Layout {
  readonly groups: readonly { readonly path: string; readonly attrs?: { readonly name?: string } }[];
  readonly datasets: readonly { readonly path: string; readonly shape: readonly number[] }[];
}

describe("keras-weights has the layout that Keras writes", () => {
  for (const { path: name } of cases) {
    const { h5_layout: layouts } = JSON.parse(fs.readFileSync(new URL(`${name}/case.json`, kerasFixtures), "utf8")) as {
      readonly h5_layout?: { readonly weights_h5?: Layout };
    };
    const recorded = layouts?.weights_h5;
    if (recorded === undefined) continue;
    test(name, async () => {
      const found = await layoutOf((await exported(name)).kerasWeights);
      const own = (file: string): boolean => !file.startsWith("optimizer");
      expect(found.groups.map((group) => group.path)).toEqual(recorded.groups.map((group) => group.path).filter(own));
      expect(found.datasets).toEqual(
        recorded.datasets.filter((each) => own(each.path)).map(({ path: at, shape }) => ({ path: at, shape })),
      );
      const names = ({ groups }: Layout): readonly string[] =>
        groups
          .filter((group) => group.path !== "vars" && own(group.path))
          .flatMap(({ attrs }) => (attrs?.name === undefined ? [] : [attrs.name]));
      expect(names(found)).toEqual(names(recorded));
    });
  }
});

async function layoutOf(bytes: Uint8Array): Promise<Layout> {
  const library = await import("h5wasm");
  const { FS } = await library.ready;
  FS.writeFile("/layout.h5", bytes);
  const file = new library.File("/layout.h5", "r");
  try {
    const groups: { path: string; attrs?: { name: string } }[] = [];
    const datasets: { path: string; shape: readonly number[] }[] = [];
    for (const at of file
      .paths()
      .map((each) => each.replace(/^\//, ""))
      .sort()) {
      const entity = file.get(at);
      if (entity instanceof library.Group) {
        const attribute = entity.attrs["name"]?.value;
        groups.push({ path: at, ...(typeof attribute === "string" ? { attrs: { name: attribute } } : {}) });
      } else if (entity instanceof library.Dataset) datasets.push({ path: at, shape: entity.shape ?? [] });
    }
    return { groups, datasets };
  } finally {
    file.close();
    FS.unlink("/layout.h5");
  }
}

test("a wrapped layer and a Normalization, through every format of arrays", async () => {
  const text = (file: string): string =>
    `model Net {\n  weights "./${file}"\n  input [4, 3]\n  Normalization()\n  TimeDistributed(Dense(2))\n  Dense(1)\n}\n`;
  const array = (name: string, shape: readonly number[], first: number) => ({
    name,
    shape,
    data: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, at) => first + at),
  });
  const arrays = [
    array("normalization.mean", [3], 1),
    array("normalization.variance", [3], 2),
    array("normalization.count", [], 7),
    array("time_distributed.dense.kernel", [3, 2], 10),
    array("time_distributed.dense.bias", [2], 20),
    array("dense.kernel", [2, 1], 30),
    array("dense.bias", [1], 40),
  ];
  const sandbox = makeSandbox({ "net.safetensors": writeSafetensors(arrays), "net.layers": text("net.safetensors") });
  const first = await layerc(sandbox, "export", "net.layers", "--format", "keras-weights", "--out-dir", "keras");
  expect([first.exitCode, first.stderr]).toEqual([0, ""]);
  fs.writeFileSync(path.join(sandbox.folder, "keras/net.layers"), text("net.weights.h5"));
  const second = await layerc(sandbox, "export", "keras/net.layers", "--format", "safetensors", "--out-dir", "back");
  expect([second.exitCode, second.stderr]).toEqual([0, ""]);
  expect(read(sandbox, "back/net.safetensors")).toEqual(read(sandbox, "net.safetensors"));
  const { datasets } = await layoutOf(read(sandbox, "keras/net.weights.h5"));
  expect(datasets.map((each) => each.path)).toContain("layers/time_distributed/layer/vars/1");
});

describe("files", () => {
  const digits = "models/digits_64_32_10";

  test.each(["onnx", "safetensors", "keras-weights"])("%s: the same bytes at any time", async (format) => {
    const sandbox = await imported(digits);
    await layerc(sandbox, "export", "net.layers", "--format", format, "--out-dir", "a");
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await layerc(sandbox, "export", "net.layers", "--format", format, "--out-dir", "b");
    const [file = ""] = fs.readdirSync(path.join(sandbox.folder, "a"));
    expect(read(sandbox, `a/${file}`)).toEqual(read(sandbox, `b/${file}`));
  });

  test("a model without weights gives no file of arrays", async () => {
    const sandbox = makeSandbox({
      "net.layers":
        'model Act { input [3] ReLU() }\nmodel Net {\n  weights "./net.safetensors"\n  input [2] Dense(3) Act\n}\n',
      "net.safetensors": writeSafetensors([
        { name: "dense.kernel", shape: [2, 3], data: new Float32Array(6) },
        { name: "dense.bias", shape: [3], data: new Float32Array(3) },
      ]),
    });
    const run = await layerc(sandbox, "export", "net.layers", "--format", "safetensors", "--out-dir", "out");
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    expect(fs.readdirSync(path.join(sandbox.folder, "out"))).toEqual(["net.safetensors"]);
  });

  test("an equal file stays, another is replaced only with --force", async () => {
    const sandbox = await imported(digits);
    const first = await layerc(sandbox, "export", "net.layers", "--format", "onnx");
    expect(first.stdout).toMatch(/^net\.layers -> net\.onnx {2}[\d.]+ kB\n$/);
    const second = await layerc(sandbox, "export", "net.layers", "--format", "onnx");
    expect(second.stdout).toMatch(/\(unchanged\)\n$/);
    fs.writeFileSync(path.join(sandbox.folder, "net.onnx"), "mine");
    const third = await layerc(sandbox, "export", "net.layers", "--format", "onnx");
    expect([third.exitCode, third.stderr]).toEqual([
      2,
      expect.stringMatching(/'net\.onnx' exists with other content[^]*--force/),
    ]);
    expect(read(sandbox, "net.onnx").length).toBe(4);
    const forced = await layerc(sandbox, "export", "net.layers", "--format", "onnx", "--force");
    expect(forced.exitCode).toBe(0);
    expect(read(sandbox, "net.onnx").length).toBeGreaterThan(1000);
  });

  test("never replaces the weights that it reads", async () => {
    const sandbox = await imported(digits);
    const before = read(sandbox, "net.safetensors");
    const run = await layerc(sandbox, "export", "net.layers", "--format", "safetensors", "--force");
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringMatching(/which this build reads/)]);
    expect(await arraysOf(read(sandbox, "net.safetensors"), "net.safetensors")).toEqual(
      await arraysOf(before, "net.safetensors"),
    );
  });
});

describe("what can't be exported", () => {
  test.each<[string, string, readonly string[], RegExp]>([
    [
      "weights that are not bound",
      "model Net { input [3] Dense(2) }",
      [],
      /'Net' has no weights to export[^]*weights "\.\/net\.safetensors"/,
    ],
    [
      "an unknown model",
      "model Net { input [3] Flatten() }",
      ["--model", "Nett"],
      /There is no model 'Nett'[^]*did you mean 'Net'/,
    ],
    ["a file without models", "let a = 1", [], /declares no model to export/],
    ["an error in the source", "model Net { input [3] Dens(2) }", [], /Dens/],
  ])("%s", async (_, text, more, message) => {
    const sandbox = makeSandbox({ "net.layers": text });
    const run = await layerc(sandbox, "export", "net.layers", "--format", "onnx", ...more);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(fs.readdirSync(sandbox.folder)).toEqual(["net.layers"]);
  });

  test("a missing or unknown --format", async () => {
    const sandbox = makeSandbox({ "net.layers": "model Net { input [3] Flatten() }" });
    for (const argv of [[], ["--format", "onx"]]) {
      const run = await layerc(sandbox, "export", "net.layers", ...argv);
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toMatch(/--format/);
    }
  });

  test("reports as JSON with --report json", async () => {
    const sandbox = makeSandbox({ "net.layers": "model Net { input [3] ReLU() }" });
    const run = await layerc(sandbox, "export", "net.layers", "--format", "onnx", "--report", "json");
    const document = JSON.parse(run.stdout) as { readonly command: string; readonly outputs: readonly object[] };
    expect(document.command).toBe("export");
    expect(document.outputs).toMatchObject([{ source: "net.layers", path: "net.onnx", state: "missing" }]);
  });
});
