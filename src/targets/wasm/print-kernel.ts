import { samplesDim } from "../../ir/samples.ts";
import type { VectorLoop, VectorStatement } from "../../vectors/vector-loops.ts";
import { forEachStatement } from "../../vectors/visit-vectors.ts";
import {
  offsetAtom,
  printAddress,
  printIndex,
  printSize,
  times,
  type AdvancingLoop,
  type KernelScope,
  type Printing,
} from "./print-address.ts";
import { printValue } from "./print-value.ts";
import { get, i32, op, set, tee, type Wat } from "./wat.ts";

/**
 * `(func $name ...)` of one or more kernels; gives an i32 error code, 0 for none, where it looks something up.
 */
export function printKernels(
  name: string,
  bodies: readonly (readonly VectorStatement[])[],
  parameters: readonly string[],
  scope: KernelScope,
): Wat {
  const vectors = new Set<string>();
  const math = scope.math(vectors);
  const printing: Printing = {
    ...scope,
    math,
    vectors,
    integers: new Set(),
    addresses: new Map(),
    fresh: { addresses: 0 },
  };
  const statements = bodies.flatMap((body) => printStatements(body, printing));
  const fails = bodies.some(canFail);
  const used = withoutSingleUses([...statements, ...(fails ? [i32(0)] : [])], printing.integers);
  return [
    "func",
    `$${name}`,
    ...parameters.map((parameter) => op("param", `$${parameter}`, "i32")),
    ...(fails ? [op("result", "i32")] : []),
    ...[...printing.integers]
      .filter((local) => used.locals.has(`$${local}`))
      .map((local) => op("local", `$${local}`, "i32")),
    ...[...printing.vectors].map((local) => op("local", `$${local}`, "v128")),
    ...used.statements,
  ];
}

/** Whether a kernel looks indices up in data, which may be wrong. */
export function canFail(body: readonly VectorStatement[]): boolean {
  let found = false;
  forEachStatement(body, (statement) => {
    found ||= statement.kind === "lookup" && statement.what !== undefined;
  });
  return found;
}

function printStatements(statements: readonly VectorStatement[], outer: Printing): readonly Wat[] {
  const addresses = new Map(outer.addresses);
  const printing: Printing = { ...outer, addresses };
  return statements.flatMap((statement) => printStatement(statement, printing, addresses));
}

function printStatement(
  statement: VectorStatement,
  printing: Printing,
  addresses: Map<string, string>,
): readonly Wat[] {
  const integer = (name: string): string => {
    // An address that was computed from an earlier value of the variable is another one now.
    for (const key of addresses.keys()) {
      if (key.startsWith(`${name}*`) || key.includes(`+${name}*`)) addresses.delete(key);
    }
    printing.integers.add(name);
    return name;
  };
  switch (statement.kind) {
    case "let":
    case "var":
    case "set":
      printing.vectors.add(statement.name);
      return [set(statement.name, printValue(statement.value, printing, addresses))];
    case "index":
      return [set(integer(statement.name), printIndex(statement.value, 1, printing))];
    case "at-most": {
      const value = printIndex(statement.value, 1, printing);
      const { end } = statement;
      const limit = difference("local" in end ? get(end.local) : printSize(end, printing), statement.margin);
      const name = integer(statement.name);
      return [set(name, op("select", value, limit, op("i32.lt_s", value, limit)))];
    }
    case "whole": {
      const size = printSize(statement.size, printing);
      return [set(integer(statement.name), op("i32.and", size, i32(-statement.step)))];
    }
    case "lookup":
      return printLookup(statement, printing, addresses, integer(statement.name));
    case "store":
      return printStore(statement, printing, addresses);
    case "if-at-least": {
      const test = op("i32.ge_s", printSize(statement.size, printing), i32(statement.count));
      const then: Wat = ["then", ...printStatements(statement.then, printing)];
      const otherwise: Wat = ["else", ...printStatements(statement.otherwise, printing)];
      return [["if", test, then, otherwise]];
    }
    case "for":
      return printLoop(statement, printing, integer(statement.variable));
  }
}

function printLoop(loop: VectorLoop, printing: Printing, variable: string): readonly Wat[] {
  const from = typeof loop.from === "number" ? i32(loop.from) : get(loop.from.local);
  const isKnown = takesAStep(loop);
  const to = "local" in loop.to ? get(loop.to.local) : printSize(loop.to, printing);
  const own = new Set(loop.body.flatMap((statement) => (isInteger(statement) ? [statement.name] : [])));
  const advancing: AdvancingLoop = { variable, from: loop.from, step: loop.step, own, starts: [], advances: [] };
  const isInnermost = loop.body.every(({ kind }) => kind !== "for" && kind !== "if-at-least");
  const { loop: _, ...outer } = printing;
  const statements = printStatements(loop.body, isInnermost ? { ...printing, loop: advancing } : outer);
  const entered = (...body: readonly Wat[]): readonly Wat[] =>
    // A loop of a known number of steps takes at least one.
    isKnown ? body : [["if", op("i32.lt_s", from, to), ["then", ...body]]];
  const next = (test: Wat): Wat => op("br_if", `$${variable}`, test);
  const advance = (pointers: AdvancingLoop["advances"]): readonly Wat[] =>
    pointers.map(({ name, bytes }) => set(name, op("i32.add", get(name), i32(bytes))));

  const [counted, ...others] = advancing.advances;
  if (counted === undefined || reads(statements, variable)) {
    const again = next(op("i32.lt_s", tee(variable, op("i32.add", get(variable), i32(loop.step))), to));
    const start = set(variable, from);
    const body: Wat = ["loop", `$${variable}`, ...statements, ...advance(advancing.advances), again];
    return entered(start, ...advancing.starts, body);
  }
  // Nothing needs the variable itself: an address that moves with it says when the loop ends.
  const end = integerName(`${variable}End`, printing);
  const endAt = set(end, op("i32.add", get(counted.name), distance(loop, counted.bytes / loop.step, printing)));
  const again = next(op("i32.lt_u", tee(counted.name, op("i32.add", get(counted.name), i32(counted.bytes))), get(end)));
  return entered(...advancing.starts, endAt, ["loop", `$${variable}`, ...statements, ...advance(others), again]);
}

/** How far all steps of a loop move an address, in bytes. */
function distance({ from, to }: VectorLoop, bytes: number, printing: Printing): Wat {
  if (from === 0 && !("local" in to)) return printSize({ ...to, factor: to.factor * bytes }, printing);
  const end = "local" in to ? get(to.local) : printSize(to, printing);
  return times(typeof from === "number" ? difference(end, from) : op("i32.sub", end, get(from.local)), bytes);
}

/** Whether a statement sets an integer local. */
function isInteger(
  statement: VectorStatement,
): statement is Extract<VectorStatement, { kind: "index" | "at-most" | "whole" | "lookup" }> {
  return ["index", "at-most", "whole", "lookup"].includes(statement.kind);
}

/** Whether a loop has a first step whatever the call: there is at least one sample, but a run-time dim may be 0. */
function takesAStep({ from, to, entered }: VectorLoop): boolean {
  if (entered === true) return true;
  if (typeof from !== "number") return false;
  return !("local" in to) && to.dims.every((dim) => dim === samplesDim) && to.factor > from;
}

function integerName(name: string, { integers }: Printing): string {
  integers.add(name);
  return name;
}

/** Whether statements read a local. */
function reads(statements: readonly Wat[], name: string): boolean {
  return statements.some(
    (wat) =>
      typeof wat !== "string" && ((wat[0] === "local.get" && wat[1] === `$${name}`) || reads(wat.slice(1), name)),
  );
}

/** Stores the refused value and ends the function, unless the value is an index; what the compiler has made is one. */
function printLookup(
  { value, size, what }: Extract<VectorStatement, { kind: "lookup" }>,
  printing: Printing,
  addresses: Map<string, string>,
  name: string,
): readonly Wat[] {
  if (what === undefined) {
    if (value.kind !== "load") throw new Error("a word that is read from nowhere");
    const [offset, address] = printAddress(value.buffer, value.index, printing, addresses);
    return [set(name, op("i32.load", ...offsetAtom(offset), address))];
  }
  const element = `${name}.value`;
  printing.vectors.add(element);
  const number = op("f32x4.extract_lane", "0", get(element));
  const index = op("i32.trunc_sat_f32_s", number);
  const isIndex = op(
    "i32.and",
    op("f32.eq", op("f32.convert_i32_s", get(name)), number),
    op("i32.lt_u", get(name), i32(size)),
  );
  const refuse = [op("f32.store", i32(0), number), op("return", i32(printing.lookupCode(what, size)))];
  return [
    set(element, printValue(value, printing, addresses)),
    set(name, index),
    ["if", op("i32.eqz", isIndex), ["then", ...refuse]],
  ];
}

function printStore(
  { buffer, index, count, value }: Extract<VectorStatement, { kind: "store" }>,
  printing: Printing,
  addresses: Map<string, string>,
): readonly Wat[] {
  const [offset, address] = printAddress(buffer, index, printing, addresses);
  const printed = printValue(value, printing, addresses);
  const isLast = index.terms.length === 0 && index.constant + count === buffer.size.factor;
  if (count === 4 || (printing.overruns && isLast)) return [op("v128.store", ...offsetAtom(offset), address, printed)];
  if (count === 1) return [op("v128.store32_lane", ...offsetAtom(offset), "0", address, printed)];
  if (count === 2) return [op("v128.store64_lane", ...offsetAtom(offset), "0", address, printed)];
  const element = "stored";
  printing.vectors.add(element);
  const pair = op("v128.store64_lane", ...offsetAtom(offset), "0", address, tee(element, printed));
  const [, again] = printAddress(buffer, index, printing, addresses);
  return [pair, op("v128.store32_lane", ...offsetAtom(offset + 8), "2", again, get(element))];
}

function difference(value: Wat, margin: number): Wat {
  if (margin === 0) return value;
  if (typeof value !== "string" && value[0] === "i32.const") return i32(Number(value[1]) - margin);
  return op("i32.sub", value, i32(margin));
}

/** Takes out addresses that are set by a `tee` and never read; gives the locals that are left. */
function withoutSingleUses(
  statements: readonly Wat[],
  integers: ReadonlySet<string>,
): { readonly statements: readonly Wat[]; readonly locals: ReadonlySet<string> } {
  const read = new Set<string>();
  const note = (wat: Wat): void => {
    if (typeof wat === "string") return;
    if (wat[0] === "local.get") read.add(wat[1] as string);
    wat.forEach(note);
  };
  statements.forEach(note);
  const dropped = new Set(
    [...integers].map((name) => `$${name}`).filter((name) => /^\$p\d+$/.test(name) && !read.has(name)),
  );
  const locals = new Set<string>();
  const rebuild = (wat: Wat): Wat => {
    if (typeof wat === "string") return wat;
    const [name, local, value] = wat;
    if (name === "local.tee" && dropped.has(local as string)) return rebuild(value as Wat);
    if (typeof name === "string" && name.startsWith("local.")) locals.add(local as string);
    return wat.map(rebuild);
  };
  return { statements: statements.map(rebuild), locals };
}
