import type { Dataset as H5Dataset, File as H5File } from "h5wasm";
import type { Nd } from "../../random/nd.ts";
import { noFormula } from "../formulas/formula-layer.ts";
import { kerasLayers, type KerasNode, type LayerPlace } from "../formulas/keras-layers.ts";
import type { FormulaLayer } from "../formulas/formula-layer.ts";
import { unzipped } from "./unzipped.ts";

/**
 * The layers of a `.keras` or whole-model `.h5` file, read without anything of layerc: its configuration, and its arrays by
 * h5wasm. Only for a file that layerc has taken: the library may crash on others.
 */
export async function kerasFile(name: string, bytes: Uint8Array): Promise<readonly FormulaLayer[]> {
  const members = name.endsWith(".keras") ? unzipped(bytes) : undefined;
  const member = (called: string): Uint8Array => {
    const found = members?.filter((one) => one.name === called) ?? [];
    return found.length === 1 ? (found[0]?.content as Uint8Array) : noFormula(`no ${called}`);
  };
  if (name.endsWith(".keras")) {
    const config = parsed(new TextDecoder().decode(member("config.json")));
    return withFile(member("model.weights.h5"), (file) => kerasLayers(config, (at, names) => counted(file, at, names)));
  }
  return withFile(bytes, (file) => {
    const text = file.attrs["model_config"]?.value;
    if (typeof text !== "string") return noFormula("no configuration");
    return kerasLayers(parsed(text), namedArrays(file));
  });
}

/** Python's JSON has Infinity and NaN besides, which this reader does not know. */
function parsed(text: string): KerasNode {
  try {
    return JSON.parse(text) as KerasNode;
  } catch {
    return noFormula("no JSON");
  }
}

async function withFile<Result>(bytes: Uint8Array, read: (file: H5File) => Result): Promise<Result> {
  const { File, ready } = await import("h5wasm");
  const { FS } = await ready;
  FS.writeFile("/second-model.h5", bytes);
  const file = new File("/second-model.h5", "r");
  try {
    return read(file);
  } finally {
    file.close();
    FS.unlink("/second-model.h5");
  }
}

/** Keras 3: arrays are counted, and layers by their classes. */
function counted(file: H5File, { classes }: LayerPlace, names: readonly string[]): readonly Nd[] {
  const path = classes.map((part) => (part === "<layer>" ? "layer" : `layers/${part}`)).join("/");
  if (file.get(`${path}/vars/${names.length}`) !== null) return noFormula("more arrays");
  return names.map((_, place) => arrayOf(file.get(`${path}/vars/${place}`)));
}

/** Keras 2: the arrays of a layer, or of a whole model inside, in the order of an attribute; taken one after the other. */
function namedArrays(file: H5File): (at: LayerPlace, names: readonly string[]) => readonly Nd[] {
  const taken = new Map<string, number>();
  return ({ names: [layer = ""] }, names) => {
    const group = file.get(`model_weights/${layer}`);
    if (group === null || !("attrs" in group)) return noFormula("no group of the layer");
    const listed = group.attrs["weight_names"]?.value;
    if (!Array.isArray(listed)) return noFormula("no names of arrays");
    const from = taken.get(layer) ?? 0;
    taken.set(layer, from + names.length);
    return names.map((name, place) => {
      const path = String(listed[from + place]);
      // By their place, as Keras takes them; where names say otherwise, it is not for us to say.
      if (path.split("/").at(-1)?.replace(/:\d+$/, "") !== name) return noFormula("another order");
      return arrayOf(file.get(`model_weights/${layer}/${path}`));
    });
  };
}

function arrayOf(found: unknown): Nd {
  const { value, shape } = (found ?? noFormula("no array")) as H5Dataset;
  if (value instanceof Float32Array && shape !== null) return { shape, data: Float64Array.from(value) };
  if (typeof value === "number" && shape?.length === 0) return { shape: [], data: Float64Array.of(value) };
  return noFormula("an array of another type");
}
