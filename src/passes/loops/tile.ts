import { addIndex, indexConstant, indexVariable, type Index } from "../../ir/index-expression.ts";
import type { Loop, PanelLayout, Statement, Value, WeightBuffer } from "../../ir/loops.ts";
import { panelStride } from "../../ir/panels.ts";
import { renameLocals, substituteVariable } from "../../ir/rewrite.ts";
import { mapValues } from "../../ir/visit-statements.ts";
import { isStatic, staticSize } from "../../ir/size.ts";
import { innerVariable, rowVariable, unitVariable } from "../../ops/dense.ts";
import { shareWeights } from "./share-weights.ts";
import { numbered } from "./unroll.ts";

/** Units of a panel. A single row has an accumulator for each: eight hide the time that an addition takes. */
const panelUnits = 8;
/** Rows computed side by side, so that each weight is read once for all of them. */
const rowTile = 2;
/** Units computed side by side for each of these rows: as many accumulators again. */
const rowUnits = panelUnits / rowTile;
/** Inputs a step where a layer has too few units to keep several additions going. */
const narrowInputs = 4;
const narrowUnits = 3;

/** The loop over the parts of a panel that several rows compute one after the other. */
const halfVariable = "half";

export interface TileOptions {
  /** What panels are padded to a multiple of; see `PanelLayout`. */
  readonly lanes: number;
  /** Whether two rows at once are worth their code. */
  readonly pairs: boolean;
}

/**
 * Turns a contraction into tiles: each input is read once for several units, each weight once for two rows, and the
 * kernel, packed panel by panel, is read from front to back. Every sum has its terms in the same order in all tiles, so that
 * a row's result does not depend on the rows beside it.
 */
export function tile(statements: readonly Statement[], { lanes, pairs }: TileOptions): readonly Statement[] {
  const layout: PanelLayout = { kind: "panels", width: panelUnits, lanes };
  const [loop] = statements;
  if (loop?.kind !== "for" || loop.variable !== rowVariable) return tileUnits(unitLoop(statements), layout, 1);
  return pairs ? tileRows(loop, layout) : [{ ...loop, body: tileUnits(unitLoop(loop.body), layout, 1) }];
}

/** The first row by itself if their number is odd, at constant places; two rows a step. */
function tileRows(loop: Loop, layout: PanelLayout): readonly Statement[] {
  const pairs: Loop = { ...loop, step: rowTile, body: tileUnits(unitLoop(loop.body), layout, rowTile) };
  if (loop.to.factor % rowTile === 0) return [pairs];
  const atFirst = substituteVariable(loop.body, rowVariable, indexConstant(0));
  const first = tileUnits(unitLoop(atFirst), layout, 1);
  return isStatic(loop.to)
    ? [...first, { ...pairs, from: 1 }]
    : [
        { ...loop, body: first, part: "odd" },
        { ...pairs, part: "pairs" },
      ];
}

/** The loop over units; a layer of one unit has only its body. */
function unitLoop(statements: readonly Statement[]): Loop {
  const [loop] = statements;
  if (loop?.kind === "for" && loop.variable === unitVariable) return loop;
  return { kind: "for", variable: unitVariable, from: 0, to: staticSize(1), step: 1, body: statements };
}

/** Whole panels in a loop, and the panel of the units that are left. */
function tileUnits(loop: Loop, layout: PanelLayout, rows: number): readonly Statement[] {
  const units = loop.to.factor;
  const whole = units - (units % panelUnits);
  const panelAt = (start: number): readonly Statement[] => panel(loop.body, layout, { units, start, rows });
  const rest = whole < units ? atUnit(panelAt(whole), whole) : [];
  if (whole > panelUnits) return [{ ...loop, to: staticSize(whole), step: panelUnits, body: panelAt(0) }, ...rest];
  // A suffix keeps the locals apart from those of the spelt-out first panel.
  if (whole === panelUnits) return [...atUnit(panelAt(0), 0), ...renameLocals(rest, (name) => `${name}_rest`)];
  return rest;
}

function atUnit(body: readonly Statement[], unit: number): readonly Statement[] {
  return substituteVariable(body, unitVariable, indexConstant(unit));
}

interface Panel {
  /** Of the layer. */
  readonly units: number;
  /** The first unit of the panel, or of the first of equal panels. */
  readonly start: number;
  readonly rows: number;
}

/** The units of one panel for some rows: at once for a single row, in groups for several rows. */
function panel(body: readonly Statement[], layout: PanelLayout, { units, start, rows }: Panel): readonly Statement[] {
  const width = Math.min(panelUnits, units - start);
  const inputsStep = units <= narrowUnits ? narrowInputs : 1;
  const packed = packedLoads(body, layout, panelStride(layout, units, start));
  const group = (from: Index, first: number, end: number): readonly Statement[] =>
    shareWeights(tileGroup(substituteUnit(packed, from), { first, end, rows, inputsStep }));
  const atStart = indexConstant(0);
  if (rows === 1 || width <= rowUnits) return group(atStart, 0, width);
  if (width === panelUnits) {
    const half = indexVariable(halfVariable);
    return [
      {
        kind: "for",
        variable: halfVariable,
        from: 0,
        to: staticSize(panelUnits),
        step: rowUnits,
        body: group(half, 0, rowUnits),
      },
    ];
  }
  return [...group(atStart, 0, rowUnits), ...group(atStart, rowUnits, width)];
}

/** The unit within the panel, as an index of its own beside that of the panel's first unit. */
const offsetVariable = "offset";

function substituteUnit(body: readonly Statement[], from: Index): readonly Statement[] {
  return substituteVariable(body, offsetVariable, addIndex(from, indexVariable(offsetVariable)));
}

/**
 * Reads the kernel from its panel: element `[k, unit + offset]` is at `unit * inputs + k * stride + offset`, where `unit` is
 * the panel's first.
 */
function packedLoads(statements: readonly Statement[], layout: PanelLayout, stride: number): readonly Statement[] {
  const offset = indexVariable(offsetVariable);
  const moved = substituteVariable(statements, unitVariable, addIndex(indexVariable(unitVariable), offset));
  return mapValues(moved, (value): Value => {
    if (value.kind !== "load" || value.buffer.kind !== "weights") return value;
    const { shape } = value.buffer.weight;
    if (shape.length !== 2) return value;
    const buffer: WeightBuffer = { ...value.buffer, layout };
    const start = indexVariable(unitVariable, staticSize(shape[0] as number));
    // A contraction over a single input has no loop over k.
    const k = shape[0] === 1 ? indexConstant(0) : indexVariable(innerVariable, staticSize(stride));
    return { ...value, buffer, index: addIndex(addIndex(start, k), offset) };
  });
}

interface Group {
  /** Units of the panel: from `first` up to `end`. */
  readonly first: number;
  readonly end: number;
  readonly rows: number;
  readonly inputsStep: number;
}

/** Copies of the body of one unit for some units and rows, interleaved. */
function tileGroup(body: readonly Statement[], { first, end, rows, inputsStep }: Group): readonly Statement[] {
  const copies = Array.from({ length: end - first }, (_, at) => {
    const unit = first + at;
    const ofUnit = substituteVariable(body, offsetVariable, indexConstant(unit));
    const renamed = renameLocals(ofUnit, (name) => numbered(name, unit));
    return Array.from({ length: rows }, (_row, row) => {
      if (rows === 1) return renamed;
      const ofRow = addIndex(indexVariable(rowVariable), indexConstant(row));
      return renameLocals(substituteVariable(renamed, rowVariable, ofRow), (name) => numbered(name, row));
    });
  });
  return interleave(copies.flat()).flatMap((statement) =>
    statement.kind === "for" && statement.variable === innerVariable ? tileInner(statement, inputsStep) : [statement],
  );
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
function tileInner(loop: Loop, step: number): readonly Statement[] {
  if (step === 1) return [loop];
  const inputs = loop.to.factor;
  const whole = inputs - (inputs % step);
  const steps = Array.from({ length: step }, (_, offset) =>
    substituteVariable(loop.body, innerVariable, addIndex(indexVariable(innerVariable), indexConstant(offset))),
  );
  const rest = Array.from({ length: inputs - whole }, (_, offset) =>
    substituteVariable(loop.body, innerVariable, indexConstant(whole + offset)),
  );
  const main: Loop = { ...loop, to: staticSize(whole), step, body: joinAdditions(steps.flat()) };
  return [...(whole > 0 ? [main] : []), ...joinAdditions(rest.flat())];
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
