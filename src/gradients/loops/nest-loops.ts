import { addIndex, indexConstant, indexVariable, type Index } from "../../ir/index-expression.ts";
import { load, type DataBuffer, type Statement, type Value } from "../../ir/loops.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { shareScalars } from "../../ir/share-scalars.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import type { NestOperand, NestOperation, NestResult, StepTensor } from "../../ir/step-graph.ts";
import { axesIndex, type NamedAxis } from "../../ops/axes.ts";
import { loop } from "../../ops/loop-nest.ts";
import { localsOf } from "../substitute.ts";
import { isOne } from "../broadcast.ts";
import { nestLoopAxes } from "./nest-axes.ts";

/** Where values lie. */
export type BufferOf = (tensor: StepTensor) => DataBuffer;

/** The plain loops of a nest. Elements are read as far outside as they can be. */
export function nestLoops(nest: NestOperation, bufferOf: BufferOf): readonly Statement[] {
  const { kept, reduced } = nestLoopAxes(nest);
  const { reduction } = nest;
  const reads = operandReads(nest, bufferOf, [...kept, ...reduced]);
  if (reduction === undefined) return nested(kept, reads, storeStatements(nest, bufferOf, kept));
  const inTerm = localsOf([reduction.term]);
  const ofTerm = reads.filter(({ names }) => names.some((name) => inTerm.has(name)));
  const summed = new Set(reduced.map(({ variable }) => variable));
  const inner = ofTerm.filter(({ variables }) => variables.some((name) => summed.has(name)));
  const outer = ofTerm.filter((read) => !inner.includes(read));
  const early = new Set(ofTerm.flatMap(({ names }) => names));
  return nested(kept, outer, [
    ...reductionStatements(reduction, reduced, inner),
    ...resultStatements(nest, bufferOf, kept, early),
  ]);
}

/** The sum or the maximum of a term along axes, as the local `sum`. */
function reductionStatements(
  { combine, term, divisor }: NonNullable<NestOperation["reduction"]>,
  axes: readonly NamedAxis[],
  reads: readonly Read[],
): readonly Statement[] {
  const { lets, values } = sharedValues([term], "term");
  const value = values[0] as Value;
  // A sum of one term is that.
  if (axes.every(({ size }) => isOne(size))) {
    const kind = divisor === undefined || isOne(divisor) ? "let" : "var";
    return nested(axes, reads, [...lets, { kind, name: "sum", value }]);
  }
  const sum: Value = { kind: "local", name: "sum" };
  const update: Statement =
    combine === "max"
      ? { kind: "set", name: "sum", value: { kind: "binary", operator: "max", left: sum, right: value } }
      : { kind: "add", name: "sum", value };
  return [
    { kind: "var", name: "sum", value: { kind: "const", value: combine === "max" ? -Infinity : 0 } },
    ...nested(axes, reads, [...lets, update]),
  ];
}

/** What is made of the sum of a reduction, the local `sum`: reads of all operands but those of `early`, and the stores. */
export function resultStatements(
  nest: NestOperation,
  bufferOf: BufferOf,
  kept: readonly NamedAxis[],
  early: ReadonlySet<string> = new Set(),
): readonly Statement[] {
  const { reduction, results } = nest;
  const needed = localsOf(results.map(({ value }) => value));
  const reads = operandReads(nest, bufferOf, kept).filter(
    ({ names }) => names.some((name) => needed.has(name)) && !names.some((name) => early.has(name)),
  );
  const divisor = reduction?.divisor;
  const sum: Value = { kind: "local", name: "sum" };
  const mean = (size: Size): Statement => ({
    kind: "set",
    name: "sum",
    value: { kind: "binary", operator: "div", left: sum, right: sizeValue(size) },
  });
  return [
    ...(divisor === undefined || isOne(divisor) ? [] : [mean(divisor)]),
    ...reads.flatMap(({ statements }) => statements),
    ...storeStatements(nest, bufferOf, kept),
  ];
}

/** An element that is read, under the names of all operands that it is. */
interface Read {
  readonly names: readonly string[];
  /** The loop variables that it depends on. */
  readonly variables: readonly string[];
  readonly statements: readonly Statement[];
}

/** Operands that are the same element of the same value are read once. */
function operandReads(nest: NestOperation, bufferOf: BufferOf, axes: readonly NamedAxis[]): readonly Read[] {
  const found = new Map<string, { readonly operand: NestOperand; readonly at: number; readonly names: string[] }>();
  nest.operands.forEach((operand, at) => {
    const key = JSON.stringify([operand.tensor.id, axes.map(({ strides }) => strides[at]), operand.start]);
    const before = found.get(key);
    if (before === undefined) found.set(key, { operand, at, names: [operand.name] });
    else before.names.push(operand.name);
  });
  return [...found.values()].map(({ operand, at, names }) => {
    const [first = "", ...others] = names;
    const { index, offset } = startingAt(axesIndex(axes, at), operand.start, operand.name);
    return {
      names,
      variables: index.terms.map(({ variable }) => variable),
      statements: [
        ...offset,
        { kind: "let", name: first, value: load(bufferOf(operand.tensor), index) },
        ...others.map((name): Statement => ({ kind: "let", name, value: { kind: "local", name: first } })),
      ],
    };
  });
}

/** An index that begins at an element; a place known only at run time is an index of its own. */
function startingAt(
  index: Index,
  start: Size | undefined,
  name: string,
): { readonly index: Index; readonly offset: readonly Statement[] } {
  if (start === undefined || start.factor === 0) return { index, offset: [] };
  if (isStatic(start)) return { index: addIndex(index, indexConstant(start.factor)), offset: [] };
  const offset = `at${name}`;
  const one = `${offset}One`;
  return {
    index: addIndex(index, indexVariable(offset)),
    offset: [
      { kind: "index", name: one, value: indexConstant(1) },
      { kind: "index", name: offset, value: { constant: 0, terms: [{ variable: one, stride: start }] } },
    ],
  };
}

/** Loops over the axes; each read stands in the outermost list in which all that it depends on is known. */
function nested(axes: readonly NamedAxis[], reads: readonly Read[], body: readonly Statement[]): readonly Statement[] {
  const [axis, ...others] = axes;
  const inner = new Set(axes.map(({ variable }) => variable));
  const ready = reads.filter(({ variables }) => !variables.some((name) => inner.has(name)));
  const left = reads.filter((read) => !ready.includes(read));
  const statements = ready.flatMap((read) => read.statements);
  if (axis === undefined) return [...statements, ...body];
  return [...statements, ...loop(axis.variable, axis.size, nested(others, left, body))];
}

function storeStatements(nest: NestOperation, bufferOf: BufferOf, kept: readonly NamedAxis[]): readonly Statement[] {
  const { operands, results } = nest;
  const { lets, values } = sharedValues(
    results.map(({ value }) => value),
    "value",
  );
  return [
    ...lets,
    ...results.flatMap((result, at) =>
      storeOf(result, bufferOf, axesIndex(kept, operands.length + at), values[at] as Value, at),
    ),
  ];
}

function storeOf(
  { tensor, addedFrom }: NestResult,
  bufferOf: BufferOf,
  place: Index,
  value: Value,
  at: number,
): readonly Statement[] {
  const buffer = bufferOf(tensor);
  const { index, offset } = startingAt(place, addedFrom, `Result${at}`);
  const stored: Value =
    addedFrom === undefined ? value : { kind: "binary", operator: "add", left: load(buffer, index), right: value };
  return [...offset, { kind: "store", buffer, index, value: stored }];
}

function sizeValue(size: Size): Value {
  return isStatic(size) ? { kind: "const", value: size.factor } : { kind: "size", size };
}

/** Expressions, behind a local for each part that is used more than once. */
function sharedValues(bodies: readonly Scalar[], prefix: string) {
  const { locals, values } = shareScalars(bodies, prefix);
  return { lets: locals.map((local): Statement => ({ kind: "let", ...local })), values };
}
