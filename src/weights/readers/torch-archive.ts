import { createArrayBudget } from "../../files/array-budget.ts";
import { toFloat32, type ElementType } from "../../files/float-conversion.ts";
import { maxDepth, maxEntries } from "../../files/limits.ts";
import { readPickle, type PickleFunction, type PickleObject, type PickleValue } from "../../files/pickle.ts";
import { fail } from "../../files/read-failure.ts";
import { reorderArray } from "../../files/reorder-array.ts";
import type { ZipArchive } from "../../files/zip.ts";
import { product } from "../../ir/product.ts";
import { buildArrayTree, type KeyedArray } from "../array-tree.ts";
import type { WeightContainer } from "../weight-file.ts";

const pickleMember = "data.pkl";

/** Whether a zip archive is one of `torch.save`, as PyTorch writes it since 1.6. */
export function isTorchArchive(archive: ZipArchive): boolean {
  return folderOf(archive) !== undefined;
}

/** The folder that everything lies in, called as the file was; empty where somebody has packed it anew. */
function folderOf({ names }: ZipArchive): string | undefined {
  return names.find((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name))?.slice(0, -pickleMember.length);
}

/**
 * Reads the state of a PyTorch module (`torch.save(model.state_dict(), path)`), or a dictionary of such states and other
 * values, as checkpoints are: a pickle that describes tensors, and their numbers in members of their own. Only what tensors
 * need is understood of the pickle (https://pytorch.org/docs/stable/notes/serialization.html); everything else of Python
 * that it names is refused. States of optimizers are left out.
 */
export async function readTorchArchive(archive: ZipArchive): Promise<WeightContainer> {
  const folder = folderOf(archive) ?? "";
  await checkKind(archive, folder);
  const state = readPickle(await archive.read(`${folder}${pickleMember}`), world);
  const tensors = tensorsOf(state);
  if (tensors.length === 0) {
    fail("unsupported", "it has no tensors by name; save the state of a module: torch.save(model.state_dict(), path)");
  }

  const budget = createArrayBudget();
  const storages = new Map<string, Float32Array>();
  const items: KeyedArray[] = [];
  for (const { key, tensor } of tensors) {
    const { storage, shape } = tensor;
    budget.take(shape, key);
    // Tensors can be views of one storage, which is read once; its numbers have the type that the first of them gives.
    const name = `${storage.key} ${storage.typeName}`;
    const numbers = storages.get(name) ?? (await readStorage(archive, `${folder}data/${storage.key}`, storage.type));
    storages.set(name, numbers);
    items.push({ key, array: { shape, data: elements(numbers, tensor, key), source: key } });
  }
  return buildArrayTree(items, ".");
}

async function checkKind(archive: ZipArchive, folder: string): Promise<void> {
  if (archive.names.some((name) => name.startsWith(`${folder}code/`))) {
    fail("unsupported", "it is TorchScript; save its state: torch.save(torch.jit.load(path).state_dict(), 'state.pt')");
  }
  const order = `${folder}byteorder`;
  if (archive.names.includes(order) && new TextDecoder().decode(await archive.read(order, 16)) !== "little") {
    fail("unsupported", "its numbers are big-endian; load it and save it once more on another machine");
  }
}

async function readStorage(archive: ZipArchive, member: string, type: ElementType): Promise<Float32Array> {
  const bytes = await archive.read(member);
  const count = Math.floor(bytes.length / type.bytes);
  createArrayBudget().take([count], member);
  return toFloat32(bytes, type, count);
}

/** The elements of a tensor, row by row. */
function elements(numbers: Float32Array, { offset, shape, strides }: Tensor, key: string): Float32Array {
  if (product(shape) === 0) return new Float32Array(0);
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] as number), offset);
  if (last >= numbers.length) fail("damaged", `'${key}' goes beyond its storage of ${numbers.length} numbers`);
  return reorderArray(numbers.subarray(offset), shape, strides);
}

interface KeyedTensor {
  readonly key: string;
  readonly tensor: Tensor;
}

/** Characters of a name in the file; paths repeat those of the dictionaries around a tensor. */
const maxName = 1000;

/** All tensors that a dictionary holds under names, those of the dictionaries in it included: `model.fc1.weight`. */
function tensorsOf(state: PickleValue): readonly KeyedTensor[] {
  const found: KeyedTensor[] = [];
  let visits = 0;
  const visit = (value: PickleValue, path: readonly string[]): void => {
    // A dictionary can hold itself, or the same one many times.
    if (++visits > maxEntries) fail("too-large", `it has more than ${maxEntries} values`);
    if (path.length > maxDepth) fail("too-large", `its dictionaries nest deeper than ${maxDepth}`);
    if (isTensor(value)) found.push({ key: path.join("."), tensor: value });
    if (!(value instanceof Map) || isOptimizerState(value)) return;
    for (const [key, inner] of value) {
      if (typeof key !== "string" || key === "") continue;
      if (key.length > maxName) fail("too-large", `it has a name of more than ${maxName} characters`);
      visit(inner, [...path, key]);
    }
  };
  if (state instanceof Map) visit(state, []);
  return found;
}

/** `torch.optim.Optimizer.state_dict()`, which numbers the tensors of a module once more. */
function isOptimizerState(value: Map<PickleValue, PickleValue>): boolean {
  return value.has("state") && value.has("param_groups");
}

interface StorageType extends PickleObject {
  readonly kind: "type of storage";
  readonly type: ElementType;
  readonly name: string;
}

interface Storage extends PickleObject {
  readonly kind: "storage";
  readonly key: string;
  readonly type: ElementType;
  readonly typeName: string;
}

interface Tensor extends PickleObject {
  readonly kind: "tensor";
  readonly storage: Storage;
  /** In elements, as `strides` are. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const isObject = (value: PickleValue | undefined): value is PickleObject =>
  typeof value === "object" && value !== null && "kind" in value;
const isTensor = (value: PickleValue | undefined): value is Tensor => isObject(value) && value.kind === "tensor";

const storageTypes: ReadonlyMap<string, ElementType> = new Map([
  ["DoubleStorage", { bytes: 8, class: "float" }],
  ["FloatStorage", { bytes: 4, class: "float" }],
  ["HalfStorage", { bytes: 2, class: "float" }],
  ["BFloat16Storage", { bytes: 2, class: "bfloat" }],
  ["LongStorage", { bytes: 8, class: "signed" }],
  ["IntStorage", { bytes: 4, class: "signed" }],
  ["ShortStorage", { bytes: 2, class: "signed" }],
  ["CharStorage", { bytes: 1, class: "signed" }],
  ["ByteStorage", { bytes: 1, class: "unsigned" }],
  ["BoolStorage", { bytes: 1, class: "unsigned" }],
]);

const define = (call: PickleFunction["call"]): PickleFunction => ({ kind: "function", call });

/** What a value is that says nothing about numbers: a device, a type of elements. */
const unread = define(() => null);

const functions: ReadonlyMap<string, PickleFunction> = new Map([
  ["collections.OrderedDict", define(([pairs]) => new Map(isPairs(pairs) ? pairs : []))],
  ["torch._utils._rebuild_tensor", define(rebuildTensor)],
  ["torch._utils._rebuild_tensor_v2", define(rebuildTensor)],
  ["torch._utils._rebuild_parameter", define(([tensor]) => tensor ?? null)],
  ["torch._utils._rebuild_parameter_with_state", define(([tensor]) => tensor ?? null)],
  ["torch.Size", define(([sizes]) => sizes ?? null)],
  ["torch.device", unread],
]);

/** Tensors of other kinds than those that are numbers one beside the other, by the function that builds them. */
const refusals: ReadonlyMap<string, string> = new Map([
  ["torch._utils._rebuild_qtensor", "it has quantised tensors; save them as floats: tensor.dequantize()"],
  ["torch._utils._rebuild_sparse_tensor", "it has sparse tensors; save them as dense ones: tensor.to_dense()"],
]);

function notATensor(name: string): string {
  return `it holds ${name}, and only tensors are read; save the state of the model alone: torch.save(model.state_dict(), 'state.pt')`;
}

const world = {
  find(module: string, name: string): PickleValue {
    const full = `${module}.${name}`;
    const type = module === "torch" ? storageTypes.get(name) : undefined;
    if (type !== undefined) return storageType(type, name);
    if (module === "torch" && /^(?:b?float|u?int|bool|complex)\d*$/.test(name)) return { kind: "dtype" };
    if (module === "torch" && name.endsWith("Storage")) {
      return fail("unsupported", `it has tensors of ${full}; read are ${[...storageTypes.keys()].join(", ")}`);
    }
    return functions.get(full) ?? fail("unsupported", refusals.get(full) ?? notATensor(full));
  },

  persistent(id: PickleValue): Storage {
    const [word, type, key] = Array.isArray(id) ? id : [];
    const isType = isObject(type) && type.kind === "type of storage";
    if (word !== "storage" || !isType || typeof key !== "string") return fail("damaged", "its pickle names no storage");
    const { type: elementType, name } = type as StorageType;
    return { kind: "storage", key, type: elementType, typeName: name };
  },
};

function storageType(type: ElementType, name: string): StorageType {
  return { kind: "type of storage", type, name };
}

function rebuildTensor([storage, offset, shape, strides]: readonly PickleValue[]): PickleValue {
  const isStorage = isObject(storage) && storage.kind === "storage";
  if (!isStorage || !isCount(offset) || !isCounts(shape) || !isCounts(strides) || shape.length !== strides.length) {
    return fail("damaged", "its pickle builds a tensor without a storage or a shape");
  }
  const tensor: Tensor = { kind: "tensor", storage: storage as Storage, offset, shape, strides };
  return tensor;
}

const isCount = (value: PickleValue | undefined): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const isCounts = (value: PickleValue | undefined): value is number[] => Array.isArray(value) && value.every(isCount);
const isPairs = (value: PickleValue | undefined): value is [PickleValue, PickleValue][] =>
  Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
