import { code, empty, quoted, trustedText, type Code, type Identifier, types } from "./code.ts";

/** A type of shorter numbers that a file may have beside float32. */
export interface ShortNumbers {
  /** `BF16` */
  readonly dtype: string;
  readonly bytes: number;
  /** `bfloat16 ones become float32` */
  readonly note: string;
  /** A Float32Array of the numbers in `bytes`, from `start` to `end`; may `read` another array. */
  readonly widened: Code;
  readonly readsOthers?: true;
}

/** The support function that reads safetensors files; with `short`, also arrays of such numbers. */
export function safetensorsReader(self: Identifier, short: ShortNumbers | undefined): Code {
  const shapeText = code`[\${shape.join(", ")}]`;
  const wanted =
    short === undefined
      ? code`const wanted = \`F32 ${shapeText}\`;`
      : code`const isShort = dtype === ${quoted(short.dtype)};
    const wanted = \`\${isShort ? dtype : "F32"} ${shapeText}\`;`;
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
  // A plain Uint8Array, for a Node Buffer's \`slice\` does not copy.
  const bytes =
    file instanceof Uint8Array
      ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
      : new Uint8Array(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = (why${types`: string`})${types`: RangeError`} =>
    new RangeError(\`\${model}: the weights are no safetensors file (\${why})\`);
  if (bytes.length < 8) throw broken("it is too short");
  const dataStart = 8 + view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (dataStart > bytes.length) throw broken("its header is cut off");
  // Percent-encoded by hand: audio worklets have no TextDecoder.
  let header = "";
  for (let at = 8; at < dataStart; at++) {
    header += "%" + view.getUint8(at).toString(16).padStart(2, "0");
  }
  let entries${types`: Map<string, { dtype?: unknown; shape?: unknown; data_offsets?: unknown } | null>`};
  try {
    entries = new Map(Object.entries(JSON.parse(decodeURIComponent(header))));
  } catch {
    throw broken("its header is no JSON");
  }
  return ${head} {
    if (!entries.has(name)) {
      throw new RangeError(\`\${model}: the weights lack '\${name}'\`);
    }
    const { dtype, shape: axes, data_offsets: offsets } = entries.get(name) ?? {};
    if (!Array.isArray(axes) || !Array.isArray(offsets)) {
      throw broken(\`its header does not describe '\${name}'\`);
    }
    ${wanted}
    const found = \`\${dtype} [\${axes.join(", ")}]\`;
    if (found !== wanted) {
      throw new RangeError(\`\${model}: weight '\${name}' is \${found}, expected \${wanted}\`);
    }
    const size = shape.reduce((product, axis) => product * axis, ${elementBytes});
    const start = dataStart + offsets[0];
    const end = dataStart + offsets[1];
    if (!Number.isSafeInteger(start) || start < dataStart || end - start !== size || end > bytes.length) {
      throw broken(\`the data of '\${name}' is not in it\`);
    }
    ${widened}const data = new Float32Array(size / 4);
    for (let at = 0; at < data.length; at++) data[at] = view.getFloat32(start + 4 * at, true);
    return data;
  };
}`;
}
