import { unzipped } from "./unzipped.ts";

/** A class or function, and what calling it was given. */
interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** A tensor of a checkpoint, as `_rebuild_tensor_v2` is asked for it. */
type Tensor = readonly [
  storage: readonly unknown[],
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
];

/**
 * The float32 arrays of a checkpoint of PyTorch, read in the shortest way: the pickle is run on a stack, and calls are noted.
 * Undefined where this reader gives up: another layout of the file, an instruction that it does not know, another type.
 */
export function torchArrays(bytes: Uint8Array): readonly Float32Array[] | undefined {
  const members = unzipped(bytes);
  const pickle = members?.find(({ name }) => name.endsWith("/data.pkl"));
  if (members === undefined || pickle === undefined) return undefined;
  const tensors = calls(pickle.content)?.filter(({ name }) => name.endsWith("_rebuild_tensor_v2"));
  if (tensors === undefined) return undefined;
  const folder = pickle.name.slice(0, -"data.pkl".length);
  const found: Float32Array[] = [];
  for (const { args } of tensors) {
    const [storage, offset, shape, strides] = args as unknown as Tensor;
    const type = (storage[1] as { readonly name?: string } | undefined)?.name;
    const isLong = type === "torch.LongStorage";
    const data = members.find(({ name }) => name === `${folder}data/${String(storage[2])}`)?.content;
    if ((type !== "torch.FloatStorage" && !isLong) || data === undefined) return undefined;
    // A storage that was cut may end within an element.
    const { buffer } = data.slice(0, data.length - (data.length % (isLong ? 8 : 4)));
    const values = isLong ? Float32Array.from(new BigInt64Array(buffer), Number) : new Float32Array(buffer);
    if (shape.reduce((product, size) => product * size, 1) > values.length) return undefined;
    let places = [offset];
    shape.forEach((size, axis) => {
      const stride = strides[axis] as number;
      places = places.flatMap((place) => Array.from({ length: size }, (_, step) => place + step * stride));
    });
    found.push(Float32Array.from(places, (place) => values[place] as number));
  }
  return found;
}

/** Every call of a pickle, in order. */
function calls(bytes: Uint8Array): readonly Call[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [stack, marks, memo, found]: [unknown[], number[], Map<number, unknown>, Call[]] = [[], [], new Map(), []];
  let at = 0;
  const skip = (count: number): number => (at += count) - count;
  const text = (length: number): string => {
    const start = skip(length);
    return new TextDecoder().decode(bytes.subarray(start, start + length));
  };
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    // A text without an end is the last one.
    return text(end < 0 ? bytes.length - at : end - at + 1).trimEnd();
  };
  const tuple = (count: number): unknown => stack.push(stack.splice(stack.length - count, count));
  const sinceMark = (): unknown[] => stack.splice(marks.pop() ?? 0);
  const instructions: Readonly<Record<string, () => unknown>> = {
    "\u0080": () => skip(1),
    "\u0095": () => skip(8),
    c: () => stack.push({ name: `${line()}.${line()}` }),
    "\u0093": () => stack.push({ name: stack.splice(-2).join(".") }),
    q: () => memo.set(bytes[skip(1)] as number, stack.at(-1)),
    r: () => memo.set(view.getUint32(skip(4), true), stack.at(-1)),
    "\u0094": () => memo.set(memo.size, stack.at(-1)),
    h: () => stack.push(memo.get(bytes[skip(1)] as number)),
    j: () => stack.push(memo.get(view.getUint32(skip(4), true))),
    "(": () => marks.push(stack.length),
    ")": () => stack.push([]),
    "]": () => stack.push([]),
    "}": () => stack.push({}),
    t: () => stack.push(sinceMark()),
    "\u0085": () => tuple(1),
    "\u0086": () => tuple(2),
    "\u0087": () => tuple(3),
    X: () => stack.push(text(view.getUint32(skip(4), true))),
    "\u008c": () => stack.push(text(bytes[skip(1)] as number)),
    K: () => stack.push(bytes[skip(1)]),
    M: () => stack.push(view.getUint16(skip(2), true)),
    J: () => stack.push(view.getInt32(skip(4), true)),
    G: () => stack.push(view.getFloat64(skip(8))),
    "\u0088": () => stack.push(true),
    "\u0089": () => stack.push(false),
    N: () => stack.push(null),
    // Of the storage it is given all that is asked.
    Q: () => undefined,
    R: () => {
      const [called, args] = stack.splice(-2) as [{ name: string }, unknown[]];
      const call = { name: called.name, args };
      found.push(call);
      stack.push(call);
    },
    s: () => stack.splice(-2),
    u: () => sinceMark(),
    a: () => stack.splice(-1),
    e: () => sinceMark(),
    b: () => stack.splice(-1),
  };
  while (at < bytes.length) {
    const code = String.fromCharCode(bytes[skip(1)] as number);
    if (code === ".") return found;
    const instruction = instructions[code];
    if (instruction === undefined) return undefined;
    instruction();
  }
  return undefined;
}
