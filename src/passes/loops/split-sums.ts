import { indexConstant, type Index } from "../../ir/index-expression.ts";
import { inputName } from "../../ir/kernel-names.ts";
import { load, type Buffer, type DataBuffer, type Kernel, type Statement, type Value } from "../../ir/loops.ts";
import { staticSize } from "../../ir/size.ts";
import { forEachValue } from "../../ir/visit-statements.ts";
import { forEachNode, mapValue } from "../../ir/visit-values.ts";
import { elementKey, elementNames } from "./element-names.ts";

export interface SplitOptions {
  /** Inputs of a block, at most. */
  readonly size: number;
  /** A name that no buffer of the program has. */
  readonly sums: string;
}

/**
 * Takes the inputs of straight-line sums in blocks, as equal as possible: each unit adds the terms of one block to its sum so
 * far. That lies in its place in the output meanwhile, or in a buffer of its own where the output is the caller's float32 array.
 * So a block of inputs is in locals at a time, and not all: the compiler of JavaScriptCore for hot code keeps its running sum on
 * the stack where there are 16. The terms of a sum stay in their order, so that it keeps its bits. Code that is anything else than
 * units, each with a store, stays as it is.
 */
export function splitSums(kernel: Kernel, options: SplitOptions): Kernel {
  const { output } = kernel;
  let sums: DataBuffer | undefined;
  let most = 0;
  const inList = (statements: readonly Statement[]): readonly Statement[] => {
    if (statements.some(({ kind }) => kind === "for")) {
      return statements.map((one) => (one.kind === "for" ? { ...one, body: inList(one.body) } : one));
    }
    const units = unitsOf(statements, kernel);
    const elements = units === undefined ? [] : elementsRead(statements, kernel.inputs);
    if (units === undefined || elements.filter(({ local }) => local).length <= options.size) return statements;
    // The largest list of a kernel says how many there are.
    const size = staticSize(Math.max(most, units.length));
    const buffer: DataBuffer = output.kind === "scratch" ? output : { kind: "scratch", name: options.sums, size };
    const blocks = inBlocks(units, elements, { size: options.size, output, sums: buffer });
    if (blocks === undefined) return statements;
    most = size.factor;
    sums = buffer;
    return blocks;
  };
  const body = inList(kernel.body);
  return sums === undefined ? kernel : { ...kernel, body, sums };
}

/** What one element of the output is computed by. */
interface Unit {
  /** The sum that it begins with, by its terms and the local that holds it. */
  readonly sum?: { readonly name: string; readonly terms: readonly Value[] };
  /** All else: the last of it stores the element. */
  readonly rest: readonly Statement[];
  /** Where it is stored. */
  readonly index: Index;
}

/** Statements as several units that do not need each other; undefined where they are something else. */
function unitsOf(statements: readonly Statement[], { output }: Kernel): readonly Unit[] | undefined {
  const units: Unit[] = [];
  const declared = new Set<string>();
  let start = 0;
  for (const [at, statement] of statements.entries()) {
    if (statement.kind !== "let" && statement.kind !== "store") return undefined;
    if (statement.kind === "let") continue;
    const own = statements.slice(start, at + 1);
    if (needsOthers(own, declared, output)) return undefined;
    for (const one of own) if (one.kind === "let") declared.add(one.name);
    units.push(unitOf(own, statement.index));
    start = at + 1;
  }
  const places = new Set(units.map(({ index }) => elementKey(index)));
  const isWhole = start === statements.length && places.size === units.length;
  return isWhole && units.length > 1 ? units : undefined;
}

/** Whether statements read locals of others, or what has been written. */
function needsOthers(statements: readonly Statement[], others: ReadonlySet<string>, output: DataBuffer): boolean {
  let found = false;
  forEachValue(statements, (value) => {
    found ||= value.kind === "local" && others.has(value.name);
    found ||= value.kind === "load" && isSame(value.buffer, output);
  });
  return found;
}

/** A sum that is too long for a statement has several, `let sum = a + b` and `let sum_1 = sum + c`. */
function unitOf(statements: readonly Statement[], index: Index): Unit {
  let sum: Unit["sum"];
  for (const [at, statement] of statements.entries()) {
    const terms = statement.kind === "let" && statement.value.kind === "sum" ? statement.value.terms : [];
    const [first, ...others] = terms;
    const goesOn = sum === undefined || (first?.kind === "local" && first.name === sum.name);
    if (statement.kind !== "let" || first === undefined || !goesOn) {
      return { ...(sum === undefined ? {} : { sum }), rest: statements.slice(at), index };
    }
    sum = { name: statement.name, terms: sum === undefined ? terms : [...sum.terms, ...others] };
  }
  throw new Error("a unit without a store");
}

/** An element of an input, and the local that holds it where it is read more than once. */
interface Element {
  readonly key: string;
  readonly value: Extract<Value, { kind: "load" }>;
  readonly local?: Extract<Value, { kind: "local" }>;
}

/** The elements that statements read, input by input, each in the order of its places. */
function elementsRead(statements: readonly Statement[], inputs: readonly DataBuffer[]): readonly Element[] {
  return inputs.flatMap((input, position) => {
    const found = new Map<string, { readonly value: Element["value"]; count: number }>();
    forEachValue(statements, (value) => {
      if (value.kind !== "load" || !isSame(value.buffer, input)) return;
      const key = elementKey(value.index);
      const entry = found.get(key);
      if (entry === undefined) found.set(key, { value, count: 1 });
      else entry.count++;
    });
    const sorted = [...found.values()].sort((a, b) => a.value.index.constant - b.value.index.constant);
    const shared = sorted.filter(({ count }) => count > 1).map(({ value }) => value.index);
    const names = elementNames(shared, inputName(position), new Set());
    return sorted.map(({ value }): Element => {
      const name = names.get(elementKey(value.index));
      return { key: keyOf(value), value, ...(name === undefined ? {} : { local: { kind: "local", name } }) };
    });
  });
}

function isSame(buffer: Buffer, data: DataBuffer): boolean {
  return buffer.kind === data.kind && buffer.name === data.name;
}

/** Tells the elements of all inputs apart. */
function keyOf({ buffer, index }: Element["value"]): string {
  return `${buffer.kind === "weights" ? "" : buffer.name}[${elementKey(index)}]`;
}

/** Undefined where no sum goes from one block to another. */
function inBlocks(
  units: readonly Unit[],
  elements: readonly Element[],
  { size, output, sums }: { readonly size: number; readonly output: DataBuffer; readonly sums: DataBuffer },
): readonly Statement[] | undefined {
  const count = Math.ceil(elements.length / size);
  const blocks: Statement[][] = Array.from({ length: count }, () => []);
  const places = new Map(elements.map(({ key }, at) => [key, Math.floor((at * count) / elements.length)]));
  const locals = new Map(elements.map(({ key, local }) => [key, local]));
  for (const { key, value, local } of elements) {
    if (local !== undefined) blocks[places.get(key) as number]?.push({ kind: "let", name: local.name, value });
  }
  /** The last block of which a value needs an input; -1 where it needs none. */
  const blockOf = (value: Value): number => {
    let last = -1;
    forEachNode(value, (node) => {
      if (node.kind === "load") last = Math.max(last, places.get(keyOf(node)) ?? -1);
    });
    return last;
  };
  const read = (value: Value): Value =>
    mapValue(value, (node) => (node.kind === "load" ? (locals.get(keyOf(node)) ?? node) : node));

  let goesOn = false;
  units.forEach(({ sum, rest, index: place }, at) => {
    const unfinished = { buffer: sums, index: sums === output ? place : indexConstant(at) };
    const parts = sum === undefined ? [] : partsOf(sum.terms, blockOf);
    goesOn ||= parts.length > 1;
    let block = 0;
    parts.forEach((part, position) => {
      const terms = [...(position === 0 ? [] : [load(unfinished.buffer, unfinished.index)]), ...part.terms.map(read)];
      const value: Value = terms.length === 1 ? (terms[0] as Value) : { kind: "sum", terms };
      block = Math.max(block, part.block);
      blocks[block]?.push(
        position < parts.length - 1
          ? { kind: "store", ...unfinished, value }
          : { kind: "let", name: (sum as NonNullable<Unit["sum"]>).name, value },
      );
    });
    for (const statement of rest) {
      if (statement.kind !== "let" && statement.kind !== "store") continue;
      block = Math.max(block, blockOf(statement.value));
      blocks[block]?.push({ ...statement, value: read(statement.value) });
    }
  });
  return goesOn ? blocks.flat() : undefined;
}

/** Terms that are added in one block, and in which one. */
interface Part {
  block: number;
  readonly terms: Value[];
}

/** Terms in their order, cut where a later block begins. What needs no input goes with what follows it. */
function partsOf(terms: readonly Value[], blockOf: (value: Value) => number): readonly Part[] {
  const parts: Part[] = [];
  for (const term of terms) {
    const block = blockOf(term);
    const last = parts.at(-1);
    if (last === undefined || (last.block >= 0 && block > last.block)) {
      parts.push({ block, terms: [term] });
    } else {
      last.terms.push(term);
      last.block = Math.max(last.block, block);
    }
  }
  return parts;
}
