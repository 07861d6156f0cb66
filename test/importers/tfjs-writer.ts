/** A trained array as TensorFlow.js names it: `dense/kernel`. */
export interface TfjsArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Quantization = "none" | "uint8" | "uint16" | "float16";

/**
 * The files of a layers-model as `tensorflowjs_converter` writes them, by name: model.json and two shards, in the folder
 * `folder`. Quantised arrays lose what their type can't hold.
 */
export function writeTfjs(
  topology: unknown,
  arrays: readonly TfjsArray[],
  options: { readonly quantization?: Quantization; readonly folder?: string } = {},
): Readonly<Record<string, string | Uint8Array>> {
  const { quantization = "none", folder = "tfjs" } = options;
  const stored = arrays.map((array) => store(array, quantization));
  const total = stored.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const all = new Uint8Array(total);
  let offset = 0;
  for (const { bytes } of stored) {
    all.set(bytes, offset);
    offset += bytes.length;
  }
  const cut = Math.floor(total / 3);
  const model = {
    format: "layers-model",
    generatedBy: "keras v3.16.0",
    convertedBy: "TensorFlow.js Converter v4.22.0",
    modelTopology: { keras_version: "3.16.0", backend: "tensorflow", model_config: topology },
    weightsManifest: [
      { paths: ["group1-shard1of2.bin", "group1-shard2of2.bin"], weights: stored.map(({ entry }) => entry) },
    ],
  };
  return {
    [`${folder}/model.json`]: JSON.stringify(model),
    [`${folder}/group1-shard1of2.bin`]: all.subarray(0, cut),
    [`${folder}/group1-shard2of2.bin`]: all.subarray(cut),
  };
}

/** The values that a reader of the quantised array must find, computed as TensorFlow.js computes them. */
export function quantized({ data }: TfjsArray, quantization: Quantization): Float32Array {
  if (quantization === "none") return data;
  if (quantization === "float16") return data.map((value) => fromHalf(toHalf(value)));
  const { min, scale, levels } = range(data, quantization);
  return data.map((value) => Math.min(levels, Math.round((value - min) / scale)) * scale + min);
}

function store({ name, shape, data }: TfjsArray, quantization: Quantization): { entry: unknown; bytes: Uint8Array } {
  const entry = { name, shape, dtype: "float32" };
  if (quantization === "none") return { entry, bytes: new Uint8Array(Float32Array.from(data).buffer) };
  if (quantization === "float16") {
    const bytes = new Uint8Array(Uint16Array.from(data, toHalf).buffer);
    return { entry: { ...entry, quantization: { dtype: "float16", original_dtype: "float32" } }, bytes };
  }
  const { min, scale, levels } = range(data, quantization);
  const steps = Array.from(data, (value) => Math.min(levels, Math.round((value - min) / scale)));
  const bytes = quantization === "uint8" ? Uint8Array.from(steps) : new Uint8Array(Uint16Array.from(steps).buffer);
  return { entry: { ...entry, quantization: { dtype: quantization, min, scale, original_dtype: "float32" } }, bytes };
}

function range(data: Float32Array, type: "uint8" | "uint16"): { min: number; scale: number; levels: number } {
  const levels = type === "uint8" ? 255 : 65535;
  const min = data.reduce((least, value) => Math.min(least, value), Infinity);
  const max = data.reduce((most, value) => Math.max(most, value), -Infinity);
  return { min, scale: max === min ? 1 : (max - min) / levels, levels };
}

/** The nearest binary16 that is not subnormal, or zero; enough for weights. */
function toHalf(value: number): number {
  if (value === 0) return 0;
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  if (exponent < -14) return sign;
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return sign + ((exponent + 15) << 10) + fraction;
}

function fromHalf(bits: number): number {
  if ((bits & 0x7fff) === 0) return 0;
  const sign = bits & 0x8000 ? -1 : 1;
  return sign * (1 + (bits & 0x3ff) / 1024) * 2 ** (((bits >> 10) & 0x1f) - 15);
}
