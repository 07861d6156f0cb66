import { fail } from "./read-failure.ts";

/**
 * A value of Python as a pickle builds it: lists, tuples and sets are arrays, dictionaries are maps, and anything else is
 * what the world of the pickle makes of it. Values can hold themselves.
 */
export type PickleValue =
  null | boolean | number | bigint | string | Uint8Array | PickleValue[] | Map<PickleValue, PickleValue> | PickleObject;

/** A value that only the world of the pickle understands. */
export interface PickleObject {
  readonly kind: string;
}

/** A function or class of Python. What it is given is as untrusted as the file. */
export interface PickleFunction extends PickleObject {
  readonly kind: "function";
  readonly call: (args: readonly PickleValue[]) => PickleValue;
}

/** What a pickle may reach outside itself. Nothing of Python is ever run. */
export interface PickleWorld {
  /** What a name stands for; leaves with `fail` for one that has no place in a file of this kind. */
  find(module: string, name: string): PickleValue;
  /** What lies beside the pickle under an identifier. */
  persistent(id: PickleValue): PickleValue;
}

/**
 * The value of a pickle of protocol 2 to 5; the operations are those of Python's `pickletools`. Each takes a step forward
 * in `bytes` and makes one value at most, so that time and memory are linear in them. Leaves with `fail` for bytes that
 * break the format and for whatever `world` does not have.
 */
export function readPickle(bytes: Uint8Array, world: PickleWorld): PickleValue {
  const input = new Input(bytes);
  const machine = new Machine(world);
  for (;;) {
    const operation = String.fromCharCode(input.byte());
    const read = values.get(operation);
    if (read !== undefined) machine.push(read(input));
    else if (operation === stop) return machine.pop();
    else (operations.get(operation) ?? unknownOperation(operation))(machine, input);
  }
}

const stop = ".";

class Input {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte = (): number => this.#view.getUint8(this.#take(1));
  uint16 = (): number => this.#view.getUint16(this.#take(2), true);
  uint32 = (): number => this.#view.getUint32(this.#take(4), true);
  int32 = (): number => this.#view.getInt32(this.#take(4), true);
  uint64 = (): number => Number(this.#view.getBigUint64(this.#take(8), true));
  float64 = (): number => this.#view.getFloat64(this.#take(8), false);

  raw(count: number): Uint8Array {
    const from = this.#take(count);
    return this.#bytes.subarray(from, from + count);
  }

  text(count: number): string {
    return new TextDecoder().decode(this.raw(count));
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    const found = this.text(end < 0 ? Infinity : end - this.#at);
    this.#take(1);
    return found;
  }

  #take(count: number): number {
    const from = this.#at;
    if (count > this.#bytes.length - from) fail("damaged", "its pickle is cut off");
    this.#at += count;
    return from;
  }
}

/** Stands on the stack where a list began. */
const mark: PickleObject = { kind: "mark" };

class Machine {
  readonly #world: PickleWorld;
  readonly #stack: PickleValue[] = [];
  readonly #memo: Map<number, PickleValue> = new Map();

  constructor(world: PickleWorld) {
    this.#world = world;
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    return value === undefined || value === mark
      ? fail("damaged", "its pickle takes a value that it never gave")
      : value;
  }

  pop(): PickleValue {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  popToMark(): PickleValue[] {
    const from = this.#stack.lastIndexOf(mark);
    if (from < 0) return fail("damaged", "its pickle closes a list that it never opened");
    return this.#stack.splice(from).slice(1);
  }

  append(items: readonly PickleValue[]): void {
    const into = this.top();
    if (!Array.isArray(into)) return fail("damaged", "its pickle appends to what is no list");
    for (const item of items) into.push(item);
  }

  setItems(items: readonly PickleValue[]): void {
    const into = this.top();
    if (!(into instanceof Map)) return fail("damaged", "its pickle gives keys to what has none");
    for (let at = 0; at + 1 < items.length; at += 2) into.set(items[at] as PickleValue, items[at + 1] as PickleValue);
  }

  remember(index = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    this.push(value === undefined ? fail("damaged", "its pickle recalls a value that it never gave") : value);
  }

  find(module: PickleValue, name: PickleValue): void {
    if (typeof module !== "string" || typeof name !== "string") return fail("damaged", "its pickle names no object");
    this.push(this.#world.find(module, name));
  }

  persistent(): void {
    this.push(this.#world.persistent(this.pop()));
  }

  call(): void {
    const [callee, args] = this.popMany(2);
    if (!isFunction(callee) || !Array.isArray(args)) return fail("damaged", "its pickle calls what is no function");
    this.push(callee.call(args));
  }

  /** The attributes of an object. Only dictionaries are built here; what PyTorch notes at them, no array needs. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Map)) fail("unsupported", "its pickle gives a state to what is no dictionary");
  }
}

function isFunction(value: PickleValue | undefined): value is PickleFunction {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "function";
}

/** Operations that only push a value, by their code. */
const values: ReadonlyMap<string, (input: Input) => PickleValue> = new Map<string, (input: Input) => PickleValue>([
  ["(", () => mark],
  ["N", () => null],
  ["\x88", () => true],
  ["\x89", () => false],
  ["K", ({ byte }) => byte()],
  ["M", ({ uint16 }) => uint16()],
  ["J", ({ int32 }) => int32()],
  ["G", ({ float64 }) => float64()],
  ["\x8a", (input) => integer(input.raw(input.byte()))],
  ["\x8b", (input) => integer(input.raw(input.uint32()))],
  ["\x8c", (input) => input.text(input.byte())],
  ["X", (input) => input.text(input.uint32())],
  ["\x8d", (input) => input.text(input.uint64())],
  ["C", (input) => input.raw(input.byte())],
  ["B", (input) => input.raw(input.uint32())],
  ["\x8e", (input) => input.raw(input.uint64())],
  [")", () => []],
  ["]", () => []],
  ["\x8f", () => []],
  ["}", () => new Map()],
]);

type Operation = (machine: Machine, input: Input) => void;

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["\x80", (_, { byte }) => void (byte() > 5 && fail("unsupported", "its pickle is of a protocol beyond 5"))],
  // A hint for those who read from streams.
  ["\x95", (_, { uint64 }) => void uint64()],
  ["0", (machine) => void machine.pop()],
  ["1", (machine) => void machine.popToMark()],
  ["2", (machine) => machine.push(machine.top())],
  ["\x85", (machine) => machine.push(machine.popMany(1))],
  ["\x86", (machine) => machine.push(machine.popMany(2))],
  ["\x87", (machine) => machine.push(machine.popMany(3))],
  ["t", (machine) => machine.push(machine.popToMark())],
  ["l", (machine) => machine.push(machine.popToMark())],
  ["\x91", (machine) => machine.push(machine.popToMark())],
  ["a", (machine) => machine.append(machine.popMany(1))],
  ["e", (machine) => machine.append(machine.popToMark())],
  ["\x90", (machine) => machine.append(machine.popToMark())],
  ["s", (machine) => machine.setItems(machine.popMany(2))],
  ["u", (machine) => machine.setItems(machine.popToMark())],
  ["q", (machine, { byte }) => machine.remember(byte())],
  ["r", (machine, { uint32 }) => machine.remember(uint32())],
  ["\x94", (machine) => machine.remember()],
  ["h", (machine, { byte }) => machine.recall(byte())],
  ["j", (machine, { uint32 }) => machine.recall(uint32())],
  ["c", (machine, input) => machine.find(input.line(), input.line())],
  ["\x93", (machine) => machine.find(...(machine.popMany(2) as [PickleValue, PickleValue]))],
  ["R", (machine) => machine.call()],
  ["\x81", (machine) => machine.call()],
  ["Q", (machine) => machine.persistent()],
  ["b", (machine) => machine.build()],
]);

function unknownOperation(operation: string): never {
  const code = operation.charCodeAt(0).toString(16);
  return fail("unsupported", `its pickle has the operation 0x${code}, which arrays have no need of`);
}

/** Wider than any integer that a tensor has; Python's go on to 2^32 bytes. */
const maxIntegerBytes = 16;

/** A little-endian integer in two's complement, as wide as its bytes. */
function integer(bytes: Uint8Array): number | bigint {
  if (bytes.length > maxIntegerBytes)
    fail("unsupported", `its pickle has an integer of more than ${maxIntegerBytes} bytes`);
  const unsigned = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const value = BigInt.asIntN(8 * bytes.length, unsigned);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
