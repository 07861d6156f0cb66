import { code, empty, trustedText, type Code, type Identifier, types } from "./code.ts";

/** A type of shorter numbers that a file may have beside float32. */
export interface ShortNumbers {
  /** `BF16` */
  readonly dtype: string;
  readonly bytes: number;
  /** `bfloat16 ones become float32` */
  readonly note: string;
  /** A Float32Array of what `view` has from `start` to `end`; may `read` another array. */
  readonly widened: Code;
  readonly readsOthers?: true;
}

/**
 * The support function that reads safetensors files; with `short`, also arrays of such numbers. It is a tenth of what a small
 * model's module weighs, so it checks in as few words as can be.
 */
export function safetensorsReader(self: Identifier, short: ShortNumbers | undefined): Code {
  const dtype = trustedText(short?.dtype ?? "F32");
  const type = short === undefined ? dtype : code`\${isShort ? "${dtype}" : "F32"}`;
  const found = short === undefined ? empty : code`const isShort = entry.dtype === "${dtype}";\n    `;
  const elementBytes = short === undefined ? code`4` : code`isShort ? ${short.bytes} : 4`;
  const widened = short === undefined ? empty : code`if (isShort) return ${short.widened};\n    `;
  const note = short === undefined ? empty : code`;\n * ${trustedText(short.note)}`;
  const head =
    short?.readsOthers === true
      ? code`function read(name${types`: string`}, shape${types`: readonly number[]`})${types`: Float32Array`}`
      : code`(name, shape) =>`;
  return code`/**
 * Reads a safetensors file: the header's length as uint64, the header as JSON,
 * the data. Returns a function that finds one float32 array by name and shape${note}.
 */
function ${self}(
  model${types`: string`},
  file${types`: ArrayBuffer | Uint8Array`},
)${types`: (name: string, shape: readonly number[]) => Float32Array`} {
  const { buffer, byteOffset, byteLength } = file instanceof Uint8Array ? file : new Uint8Array(file);
  const view = new DataView(buffer, byteOffset, byteLength);
  const refused = (why${types`: string`})${types`: RangeError`} => new RangeError(\`\${model}: the weights \${why}\`);
  let dataStart = 8;
  let entries${types`: Readonly<Record<string, { dtype?: unknown; shape?: unknown; data_offsets?: readonly number[] } | null>> | null`};
  try {
    dataStart += view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
    // Percent-encoded by hand: audio worklets have no TextDecoder.
    let header = "";
    for (let at = 8; at < dataStart && dataStart <= byteLength; at++) {
      header += "%" + (256 + view.getUint8(at)).toString(16).slice(1);
    }
    entries = JSON.parse(decodeURIComponent(header));
  } catch {
    throw refused("are no safetensors file: its header is cut off or no JSON");
  }
  return ${head} {
    // Names have a dot: none is one that all objects have.
    const entry = entries?.[name];
    if (!entry) throw refused(\`lack '\${name}'\`);
    ${found}const wanted = \`${type} \${JSON.stringify(shape)}\`;
    const found = \`\${entry.dtype} \${JSON.stringify(entry.shape)}\`;
    if (found !== wanted) throw refused(\`have '\${name}' as \${found}, expected \${wanted}\`);
    const size = shape.reduce((product, axis) => product * axis, ${elementBytes});
    const start = dataStart + entry.data_offsets?.[0]${types`!`};
    const end = dataStart + entry.data_offsets?.[1]${types`!`};
    if (!Number.isSafeInteger(start) || start < dataStart || end - start !== size || end > byteLength) {
      throw refused(\`lack the data of '\${name}'\`);
    }
    ${widened}const data = new Float32Array(size / 4);
    for (let at = 0; at < data.length; at++) data[at] = view.getFloat32(start + 4 * at, true);
    return data;
  };
}`;
}
