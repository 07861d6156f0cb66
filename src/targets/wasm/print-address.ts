import { indexConstant, indexVariable, substituteIndex, termsKey, type Index } from "../../ir/index-expression.ts";
import { samplesDim } from "../../ir/samples.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import type { VectorBuffer, VectorLoop } from "../../vectors/vector-loops.ts";
import type { VectorMath } from "./math/vector-function.ts";
import { get, i32, op, set, tee, type Wat } from "./wat.ts";

/** What a kernel's function is printed with. */
export interface KernelScope {
  /** What vector functions are printed with in a function, which may need v128 locals for it. */
  math(vectors: Set<string>): VectorMath;
  /** The WebAssembly parameter that holds a run-time dim. */
  dim(name: string): string;
  /** The first byte of a buffer: a number, or the parameter that holds it. */
  base(buffer: VectorBuffer): number | string;
  /** Whether stores to the end of a buffer may run over it: nothing lies there yet. */
  readonly overruns: boolean;
  /** The number of a lookup, which its error code is. */
  lookupCode(what: string, size: number): number;
}

/** Statements and locals of a function while it is printed. */
export interface Printing extends Omit<KernelScope, "math"> {
  readonly math: VectorMath;
  /** v128 locals. */
  readonly vectors: Set<string>;
  /** i32 locals. */
  readonly integers: Set<string>;
  /** How many locals for addresses there are. */
  readonly fresh: { addresses: number };
  /** Addresses that locals hold, by what they are computed from. */
  readonly addresses: ReadonlyMap<string, string>;
  /** The innermost loop around the statements, whose steps advance addresses. */
  readonly loop?: AdvancingLoop;
}

/** A loop without others in it: the addresses that its variable is part of move on by a constant in each step. */
export interface AdvancingLoop {
  readonly variable: string;
  /** The variable's first value: a number, or the local that holds it. */
  readonly from: VectorLoop["from"];
  readonly step: number;
  /** Integer locals that a step sets: what depends on them is not known before it. */
  readonly own: ReadonlySet<string>;
  /** Set before the loop, where the variable has its first value. */
  readonly starts: Wat[];
  /** What is added to each address at the end of a step. */
  readonly advances: { readonly name: string; readonly bytes: number }[];
}

/** The constant part of an address, and the rest, which a local holds from its first use on. */
export function printAddress(
  buffer: VectorBuffer,
  index: Index,
  printing: Printing,
  addresses: Map<string, string>,
): readonly [number, Wat] {
  const base = printing.base(buffer);
  const pointer = advancingAddress(base, index, printing, addresses);
  if (pointer !== undefined) return [4 * index.constant, get(pointer)];
  const terms = index.terms.length > 0;
  if (!terms && index.constant >= 0) {
    return typeof base === "number" ? [base + 4 * index.constant, i32(0)] : [4 * index.constant, get(base)];
  }
  // The base is part of the local: immediate offsets are short then. They are unsigned.
  const early = Math.min(0, 4 * index.constant);
  const key = `${termsKey(index)}+${base}+${early}`;
  const known = addresses.get(key);
  const offset = 4 * index.constant - early;
  if (known !== undefined) return [offset, get(known)];
  const name = freshAddress(printing);
  addresses.set(key, name);
  const distance = printIndex({ constant: 0, terms: index.terms }, 4, printing);
  const start = typeof base === "number" ? i32(base + early) : plus(get(base), early);
  return [offset, tee(name, terms ? op("i32.add", distance, start) : start)];
}

function plus(value: Wat, bytes: number): Wat {
  return bytes === 0 ? value : op("i32.add", value, i32(bytes));
}

function freshAddress({ integers, fresh }: Printing): string {
  const name = `p${fresh.addresses++}`;
  integers.add(name);
  return name;
}

/** The local that holds the address of an element of an innermost loop, and moves on with it. */
function advancingAddress(
  base: number | string,
  index: Index,
  printing: Printing,
  addresses: Map<string, string>,
): string | undefined {
  const { loop } = printing;
  const term = index.terms.find(({ variable }) => variable === loop?.variable);
  if (loop === undefined || term === undefined || !isStatic(term.stride) || index.constant < 0) return undefined;
  if (index.terms.some(({ variable }) => loop.own.has(variable))) return undefined;
  const key = `${termsKey(index)}+advancing+${base}`;
  const known = addresses.get(key);
  if (known !== undefined) return known;
  const name = freshAddress(printing);
  addresses.set(key, name);
  const first = typeof loop.from === "number" ? indexConstant(loop.from) : indexVariable(loop.from.local);
  const { constant, terms } = substituteIndex({ constant: 0, terms: index.terms }, loop.variable, first);
  const start = typeof base === "number" ? i32(base + 4 * constant) : plus(get(base), 4 * constant);
  const distance = printIndex({ constant: 0, terms }, 4, printing);
  loop.starts.push(set(name, terms.length > 0 ? op("i32.add", distance, start) : start));
  loop.advances.push({ name, bytes: 4 * term.stride.factor * loop.step });
  return name;
}

export function offsetAtom(offset: number): readonly Wat[] {
  return offset === 0 ? [] : [`offset=${offset}`];
}

/** An index times a number of bytes. */
export function printIndex(index: Index, bytes: number, printing: Printing): Wat {
  const terms = index.terms.map(({ variable, stride }) => {
    const scaled = { ...stride, factor: stride.factor * bytes };
    if (!isStatic(scaled)) return op("i32.mul", get(variable), printSize(scaled, printing));
    return times(get(variable), scaled.factor);
  });
  if (index.constant !== 0 || terms.length === 0) terms.push(i32(index.constant * bytes));
  return terms.reduce((sum, term) => op("i32.add", sum, term));
}

export function times(value: Wat, factor: number): Wat {
  if (factor === 1) return value;
  if (typeof value !== "string" && value[0] === "i32.const") return i32(Number(value[1]) * factor);
  const shift = Math.log2(factor);
  return Number.isInteger(shift) ? op("i32.shl", value, i32(shift)) : op("i32.mul", value, i32(factor));
}

/** A size as an i32. */
export function printSize(size: Size, printing: Pick<KernelScope, "dim">): Wat {
  const [first, ...rest] = size.dims.map((dim) => get(dim === samplesDim ? "samples" : printing.dim(dim)));
  if (first === undefined) return i32(size.factor);
  return times(
    rest.reduce((product, dim) => op("i32.mul", product, dim), first),
    size.factor,
  );
}
