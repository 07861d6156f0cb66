import * as h5wasm from "h5wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { readWeightFile, type ReadResult } from "../../src/weights/read-weight-file.ts";
import { fixture } from "./support.ts";

type Group = InstanceType<typeof h5wasm.Group>;

let fileSystem: { readFile(path: string): Uint8Array; unlink(path: string): void; readdir(path: string): string[] };

beforeAll(async () => {
  fileSystem = (await h5wasm.ready).FS as unknown as typeof fileSystem;
});

/** The bytes of an HDF5 file made with the library itself. */
function hdf5(build: (root: Group) => void): Uint8Array {
  const file = new h5wasm.File("/made.h5", "w");
  build(file);
  file.close();
  const bytes = Uint8Array.from(fileSystem.readFile("/made.h5"));
  fileSystem.unlink("/made.h5");
  return bytes;
}

async function problem(bytes: Uint8Array): Promise<string> {
  const result = await readWeightFile(bytes, "model.h5");
  return result.ok ? "read" : `${result.failure.kind}: ${result.failure.message}`;
}

function denseGroup(root: Group): Group {
  const layer = root.create_group("layers").create_group("dense");
  return layer.create_group("vars");
}

function firstArray(result: ReadResult): Float32Array | undefined {
  const entry = result.ok ? result.file.root.entries[0] : undefined;
  return entry?.kind === "layer" ? entry.arrays[0]?.data : undefined;
}

describe("element types", () => {
  test.each([
    ["<d", new Float64Array([1.5, -2])],
    ["<f", new Float32Array([1.5, -2])],
    ["<i", new Int32Array([7, -2])],
    ["<b", new Int8Array([7, -2])],
    ["<H", new Uint16Array([7, 65535])],
    ["<q", new BigInt64Array([7n, -2n])],
  ])("%s", async (dtype, data) => {
    const bytes = hdf5((root) => denseGroup(root).create_dataset({ name: "0", data, shape: [2], dtype }));
    const expected = Float32Array.from(data as Iterable<number | bigint>, Number);
    expect(firstArray(await readWeightFile(bytes, "model.h5"))).toEqual(expected);
  });

  test("compressed", async () => {
    const data = new Float32Array(10_000).fill(0.25);
    const bytes = hdf5((root) =>
      denseGroup(root).create_dataset({ name: "0", data, shape: [100, 100], chunks: [50, 50], compression: "gzip" }),
    );
    expect(bytes.length).toBeLessThan(10_000);
    expect(firstArray(await readWeightFile(bytes, "model.h5"))).toEqual(data);
  });

  test("text is refused", async () => {
    const bytes = hdf5((root) => denseGroup(root).create_dataset({ name: "0", data: ["a", "b"] }));
    expect(await problem(bytes)).toContain("holds no floats or integers");
  });
});

describe("structure", () => {
  test("HDF5 of something else", async () => {
    const bytes = hdf5((root) => root.create_dataset({ name: "data", data: [1, 2] }));
    expect(await problem(bytes)).toContain("not one of Keras");
  });

  test("groups that contain themselves", async () => {
    const cyclic = hdf5((root) => {
      const layers = root.create_group("layers");
      const first = layers.create_group("sequential");
      layers.create_group("sequential_1").create_hard_link("/layers", "layers");
      first.create_hard_link("/layers", "layers");
    });
    expect(await problem(cyclic)).toContain("too-large");
    const soft = hdf5((root) =>
      root.create_group("layers").create_group("dense").create_soft_link("/layers", "layers"),
    );
    expect(await problem(soft)).toContain("can't be read");
  });

  test("links that lead nowhere or outside", async () => {
    const soft = hdf5((root) => denseGroup(root).create_soft_link("/nowhere", "0"));
    expect(await problem(soft)).toMatch(/^(unsupported|damaged): /);
    const external = hdf5((root) => denseGroup(root).create_external_link("/etc/passwd", "/", "0"));
    expect(await problem(external)).toMatch(/^(unsupported|damaged): /);
  });

  test("arrays that are not numbered from 0", async () => {
    const bytes = hdf5((root) => denseGroup(root).create_dataset({ name: "kernel", data: new Float32Array(2) }));
    expect(await problem(bytes)).toContain("not numbered from 0");
  });

  test("an absurd size without storage", async () => {
    // A chunked array that was never written takes no room in the file.
    const bytes = hdf5((root) => {
      const data = denseGroup(root).create_dataset({
        name: "0",
        data: new Float32Array(4),
        shape: [2, 2],
        chunks: [2, 2],
        maxshape: [null, null],
      });
      data.resize([60_000, 4_000]);
    });
    expect(await problem(bytes)).toContain("brings the arrays above");
    const beyond = hdf5((root) => {
      const data = denseGroup(root).create_dataset({
        name: "0",
        data: new Float32Array(4),
        shape: [2, 2],
        chunks: [2, 2],
        maxshape: [null, null],
      });
      data.resize([1_000_000, 1_000_000]);
    });
    expect(await problem(beyond)).toContain("too-large");
  });

  test("nothing is left in the library's file system", async () => {
    await problem(fixture("keras/models/xor_2_8_1/model.h5"));
    await problem(fixture("keras/models/xor_2_8_1/model.h5").subarray(0, 3000));
    expect(fileSystem.readdir("/").filter((name) => name.endsWith(".h5"))).toEqual([]);
  });
});

describe("whole models", () => {
  const dense = { class_name: "Dense", config: { name: "dense", units: 2 } };
  const functional = (inbound: unknown) => ({
    class_name: "Functional",
    config: {
      name: "net",
      layers: [
        { class_name: "InputLayer", name: "in", config: { name: "in" }, inbound_nodes: [] },
        { ...dense, name: "dense", inbound_nodes: inbound },
      ],
    },
  });
  function wholeModel(
    config: unknown,
    options: { readonly layerNames?: readonly string[]; readonly split?: boolean; readonly weightNames?: unknown } = {},
  ): Uint8Array {
    return hdf5((root) => {
      if (config !== undefined)
        root.create_attribute("model_config", typeof config === "string" ? config : JSON.stringify(config));
      const weights = root.create_group("model_weights");
      const names = options.layerNames ?? ["dense"];
      if (options.split) names.forEach((name, index) => weights.create_attribute(`layer_names${index}`, [name]));
      else weights.create_attribute("layer_names", [...names]);
      for (const name of new Set(names)) {
        const group = weights.create_group(name);
        group.create_dataset({ name: "kernel:0", data: new Float32Array(6), shape: [3, 2] });
        if (options.weightNames !== null)
          group.create_attribute("weight_names", (options.weightNames as string[]) ?? ["kernel:0"]);
      }
    });
  }
  const sequential = { class_name: "Sequential", config: { name: "net", layers: [dense] } };

  test("a sequence, a bare list, and split attributes", async () => {
    expect(await problem(wholeModel(sequential))).toBe("read");
    expect(await problem(wholeModel({ class_name: "Sequential", config: [dense] }))).toBe("read");
    const two = [dense, { class_name: "Dense", config: { name: "other" } }];
    const split = await readWeightFile(
      wholeModel({ class_name: "Sequential", config: two }, { layerNames: ["dense", "other"], split: true }),
      "model.h5",
    );
    expect(split.ok && split.file.root.entries.map((entry) => entry.name)).toEqual(["dense", "other"]);
    expect(firstArray(split)?.length).toBe(6);
  });

  test("a functional chain is a sequence, anything else is not", async () => {
    const branched = async (inbound: unknown) => {
      const result = await readWeightFile(wholeModel(functional(inbound)), "model.h5");
      return result.ok && result.file.root.branched;
    };
    expect(await branched([[["in", 0, 0, {}]]])).toBe(false);
    expect(
      await branched([
        { args: [{ class_name: "__keras_tensor__", config: { keras_history: ["in", 0, 0] } }], kwargs: {} },
      ]),
    ).toBe(false);
    expect(
      await branched([
        [
          ["in", 0, 0, {}],
          ["in", 0, 0, {}],
        ],
      ]),
    ).toBe(true);
    expect(await branched([])).toBe(true);
  });

  test.each([
    ["a configuration that is no JSON", wholeModelLater("{"), "not valid JSON"],
    ["a configuration of a layer", wholeModelLater(dense), "lists no layers"],
    [
      "a layer without a class",
      wholeModelLater({ class_name: "Sequential", config: [{ config: {} }] }),
      "without a class_name",
    ],
    ["a layer that is no object", wholeModelLater({ class_name: "Sequential", config: [7] }), "not an object"],
    ["arrays of no layer", wholeModelLater({ class_name: "Sequential", config: [] }), "belong to no layer"],
    ["a layer name twice", wholeModelLater(sequential, { layerNames: ["dense", "dense"] }), "'dense' twice"],
    ["no weight_names", wholeModelLater(sequential, { weightNames: null }), "no attribute weight_names"],
    ["weight_names that are not text", wholeModelLater(sequential, { weightNames: [1, 2] }), "is not text"],
    ["weight_names of nothing", wholeModelLater(sequential, { weightNames: ["bias:0"] }), "bias:0"],
    ["a weight name twice", wholeModelLater(sequential, { weightNames: ["kernel:0", "kernel:0"] }), "repeat"],
  ])("%s", async (_what, make, message) => {
    expect(await problem(make())).toContain(message);
  });

  function wholeModelLater(...args: Parameters<typeof wholeModel>): () => Uint8Array {
    return () => wholeModel(...args);
  }

  test("configurations nested too deep", async () => {
    let config: unknown = dense;
    for (let depth = 0; depth < 100; depth++) config = { class_name: "Sequential", config: { layers: [config] } };
    expect(await problem(wholeModel(config))).toContain("nest deeper");
  });

  test("without a configuration the layers are still in order", async () => {
    const result = await readWeightFile(wholeModel(undefined, { layerNames: ["zeta", "alpha"] }), "model.h5");
    expect(result.ok && result.file.root).toMatchObject({
      ordered: true,
      entries: [{ name: "zeta" }, { name: "alpha" }],
    });
  });
});
