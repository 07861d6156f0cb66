import { addIndex, indexConstant, indexVariable } from "../ir/index-expression.ts";
import type { Loop, Statement, Value, WeightBuffer } from "../ir/loops.ts";
import { mapValues, renameLocals, substituteVariable } from "../ir/rewrite.ts";
import { staticSize } from "../ir/size.ts";
import { innerVariable, unitVariable } from "../ops/dense.ts";
import { numbered } from "./unroll.ts";

/** Units computed side by side, each with its own accumulator; also the width of a weight panel. */
const unitTile = 4;
/** Inputs consumed a step. */
const innerTile = 2;

/**
 * Turns a contraction into panels of units: each input is read once for several accumulators, and the kernel, packed
 * panel by panel, is read from front to back.
 */
export function tile(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "for") return [statement];
    if (statement.variable === unitVariable) return tileUnits(statement);
    return [{ ...statement, body: tile(statement.body) }];
  });
}

function tileUnits(loop: Loop): readonly Statement[] {
  const units = loop.to.factor;
  const whole = units - (units % unitTile);
  const tiles: Statement[] = [];
  if (whole > unitTile) {
    tiles.push({ ...loop, to: staticSize(whole), step: unitTile, body: panel(loop.body, unitTile) });
  } else if (whole === unitTile) {
    tiles.push(...atUnit(panel(loop.body, unitTile), 0));
  }
  if (whole < units) {
    // A suffix of its own keeps the locals apart from those of a spelt-out first panel.
    const rest = renameLocals(panel(loop.body, units - whole), (name) => `${name}_rest`);
    tiles.push(...atUnit(rest, whole));
  }
  return tiles;
}

function atUnit(body: readonly Statement[], unit: number): readonly Statement[] {
  return substituteVariable(body, unitVariable, indexConstant(unit));
}

/** `width` copies of the body of one unit, interleaved, on packed weights. */
function panel(body: readonly Statement[], width: number): readonly Statement[] {
  const copies = Array.from({ length: width }, (_, offset) => {
    const shifted = substituteVariable(
      body,
      unitVariable,
      addIndex(indexVariable(unitVariable), indexConstant(offset)),
    );
    return packedLoads(
      renameLocals(shifted, (name) => numbered(name, offset)),
      width,
      offset,
    );
  });
  return interleave(copies).flatMap((statement) =>
    statement.kind === "for" && statement.variable === innerVariable ? tileInner(statement) : [statement],
  );
}

/** Reads the kernel from its panel: element `[k, unit + offset]` is at `unit * inputs + k * width + offset`. */
function packedLoads(statements: readonly Statement[], width: number, offset: number): readonly Statement[] {
  return mapValues(statements, (value): Value => {
    if (value.kind !== "load" || value.buffer.kind !== "weights") return value;
    const { shape } = value.buffer.weight;
    if (shape.length !== 2) return value;
    const buffer: WeightBuffer = { ...value.buffer, layout: { kind: "panels", width: unitTile } };
    const start = indexVariable(unitVariable, staticSize(shape[0] as number));
    // A contraction over a single input has no loop over k.
    const k = shape[0] === 1 ? indexConstant(0) : indexVariable(innerVariable, staticSize(width));
    return { ...value, buffer, index: addIndex(addIndex(start, k), indexConstant(offset)) };
  });
}

/** Puts equal statements of several copies side by side, and merges their loops. */
function interleave(copies: readonly (readonly Statement[])[]): readonly Statement[] {
  const [first = []] = copies;
  return first.flatMap((statement, position): readonly Statement[] => {
    const column = copies.map((copy) => copy[position] as Statement);
    if (statement.kind !== "for") return column;
    const bodies = column.map((loop) => (loop as Loop).body);
    return [{ ...statement, body: interleave(bodies) }];
  });
}

/** Takes several inputs a step; inputs left over are added after the loop. */
function tileInner(loop: Loop): readonly Statement[] {
  const inputs = loop.to.factor;
  const whole = inputs - (inputs % innerTile);
  const steps = Array.from({ length: innerTile }, (_, offset) =>
    substituteVariable(loop.body, innerVariable, addIndex(indexVariable(innerVariable), indexConstant(offset))),
  );
  const rest = Array.from({ length: inputs - whole }, (_, offset) =>
    substituteVariable(loop.body, innerVariable, indexConstant(whole + offset)),
  );
  const main: Loop = { ...loop, to: staticSize(whole), step: innerTile, body: joinAdditions(steps.flat()) };
  return [...(whole > 0 ? [main] : []), ...rest.flat()];
}

/** One statement for all that is added to a local, so that the chain of dependent additions is shorter. */
function joinAdditions(statements: readonly Statement[]): readonly Statement[] {
  const added = new Map<string, Value[]>();
  const others: Statement[] = [];
  for (const statement of statements) {
    if (statement.kind !== "add") others.push(statement);
    else added.set(statement.name, [...(added.get(statement.name) ?? []), statement.value]);
  }
  const sums = [...added].map(([name, terms]): Statement => ({
    kind: "add",
    name,
    value: terms.length === 1 ? (terms[0] as Value) : { kind: "sum", terms },
  }));
  return [...others, ...sums];
}
