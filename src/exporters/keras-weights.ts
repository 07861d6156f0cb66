import type { Model, ModelLayer } from "../check/model.ts";
import { weightKey, type WeightArrays } from "../ir/weight-arrays.ts";
import { isWrappedLayer } from "../layers/config-values.ts";
import type { LayerConfig } from "../layers/definition.ts";
import { toSnakeCase } from "../layers/snake-case.ts";
import { weightPath } from "../lower/model-info.ts";

type Library = typeof import("h5wasm");
type File = InstanceType<Library["File"]>;

const memoryPath = "/export.weights.h5";

/**
 * A model's arrays as the `.weights.h5` file that Keras 3's `load_weights` reads for the same Sequential: arrays at
 * `layers/<class>_<number>/vars/<index>`, nested models at `layers/sequential/layers/...`, names as attributes. The same
 * bytes for the same model. Throws for a weight that is not in `arrays`.
 */
export async function exportKerasWeights(model: Model, arrays: WeightArrays): Promise<Uint8Array> {
  const library = await import("h5wasm");
  const module = await library.ready;
  // Else the library prints its error stack on the console.
  module.activate_throwing_error_handler();
  return atFixedTime(() => {
    const file = new library.File(memoryPath, "w", { libver: ["earliest", "latest"] });
    try {
      writeContainer(file, "", model.exportName, model.layers, [], arrays);
    } finally {
      file.close();
    }
    try {
      return Uint8Array.from(module.FS.readFile(memoryPath));
    } finally {
      module.FS.unlink(memoryPath);
    }
  });
}

function writeContainer(
  file: File,
  path: string,
  name: string,
  layers: readonly ModelLayer[],
  modelPath: readonly string[],
  arrays: WeightArrays,
): void {
  file.create_group(`${path}layers`);
  const used = new Map<string, number>();
  for (const layer of layers) {
    // A model used as a layer is a Sequential to Keras.
    const base = layer.kind === "nested" ? "sequential" : toSnakeCase(layer.definition.className);
    const number = used.get(base) ?? 0;
    used.set(base, number + 1);
    const group = `${path}layers/${number === 0 ? base : `${base}_${number}`}`;
    const layerPath = [...modelPath, layer.name];
    file.create_group(group);
    if (layer.kind === "nested") {
      writeContainer(file, `${group}/`, layer.name, layer.model.layers, layerPath, arrays);
      continue;
    }
    const weights = layer.weights.map(({ name, shape }) => {
      const key = weightKey(weightPath(layerPath, name));
      const data = arrays.get(key);
      if (data === undefined) throw new Error(`the weight ${key} is not bound`);
      return { shape, data };
    });
    writeLayer(file, group, layer.name, layer.config, weights);
  }
  writeName(file, `${path}vars`, name);
}

/** The weights of a wrapped layer lie in a group `layer` of its own, as TimeDistributed has it. */
function writeLayer(
  file: File,
  group: string,
  name: string,
  config: LayerConfig,
  weights: readonly { readonly shape: readonly number[]; readonly data: Float32Array }[],
): void {
  writeName(file, `${group}/vars`, name);
  const wrapped = Object.values(config).find(isWrappedLayer);
  if (wrapped !== undefined) {
    file.create_group(`${group}/layer`);
    writeLayer(file, `${group}/layer`, toSnakeCase(wrapped.definition.className), wrapped.config, weights);
    return;
  }
  for (const [index, { shape, data }] of weights.entries()) {
    file.create_dataset({ name: `${group}/vars/${index}`, data, shape: [...shape], dtype: "<f4" });
  }
}

function writeName(file: File, group: string, name: string): void {
  file.create_group(group).create_attribute("name", name);
}

/** HDF5 notes in a file when it was made, which would make every export of one model a different file. */
function atFixedTime<Result>(work: () => Result): Result {
  const { now } = Date;
  // Nothing else runs meanwhile: `work` is synchronous.
  Date.now = () => 0;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}
