import { blockInputs, blockSize, blockUnits, firstInputAt, wholePanels } from "../../ir/blocks.ts";
import type { Blocks } from "../../ir/graph.ts";
import { addIndex, indexConstant, indexVariable, type Index } from "../../ir/index-expression.ts";
import { load, type Loop, rowMajor, type Statement, type Value, type WeightBuffer } from "../../ir/loops.ts";
import { renameLocals, substituteVariable } from "../../ir/rewrite.ts";
import { staticSize } from "../../ir/size.ts";
import { mapValues } from "../../ir/visit-statements.ts";
import { innerVariable, rowVariable, unitVariable } from "../../ops/dense.ts";
import { numbered } from "./unroll.ts";

const panelVariable = "panel";
const blockVariable = "block";
/** Integers that a panel's part of the index says. */
const [firstBlock, endBlock] = ["firstBlock", "endBlock"];

/** The blocks of the kernel that a contraction reads, where loops skip the others. */
export function blocksOf(statements: readonly Statement[]): Blocks | undefined {
  let found: Blocks | undefined;
  mapValues(statements, (value) => {
    if (value.kind === "load" && value.buffer.kind === "weights") found ??= value.buffer.weight.blocks;
    return value;
  });
  return found;
}

/**
 * Turns a contraction into a loop over the blocks of each panel of 8 units: what lies between them is 0. Every row is computed
 * by itself, and every unit adds up four products at a time.
 */
export function tileBlocks(statements: readonly Statement[], blocks: Blocks): readonly Statement[] {
  const [loop] = statements;
  if (loop?.kind !== "for" || loop.variable !== rowVariable) return panels(statements, blocks);
  return [{ ...loop, body: panels(loop.body, blocks) }];
}

/** Whole panels in a loop; then the units that are left over, whose panel is the last of the index. */
function panels(statements: readonly Statement[], blocks: Blocks): readonly Statement[] {
  const [loop] = statements;
  const isLoop = loop?.kind === "for" && loop.variable === unitVariable;
  const [units, body] = isLoop ? [loop.to.factor, loop.body] : [1, statements];
  const whole = wholePanels(units);
  const panel = (at: Index, unit: Index, width: number): readonly Statement[] => [
    lookup(firstBlock, blocks, at, blocks.count + 1),
    lookup(endBlock, blocks, addIndex(at, indexConstant(2)), blocks.count + 1),
    ...panelUnits(body, blocks, unit, width),
  ];
  const rest = units - whole * blockUnits;
  const overWhole: Loop = {
    kind: "for",
    variable: panelVariable,
    from: 0,
    to: staticSize(whole),
    step: 1,
    body: [
      lookup(
        unitVariable,
        blocks,
        addIndex(indexVariable(panelVariable, staticSize(2)), indexConstant(1)),
        units - blockUnits + 1,
      ),
      ...panel(indexVariable(panelVariable, staticSize(2)), indexVariable(unitVariable), blockUnits),
    ],
  };
  return [
    ...(whole > 0 ? [overWhole] : []),
    ...(rest > 0 ? panel(indexConstant(2 * whole), indexConstant(whole * blockUnits), rest) : []),
  ];
}

/** A number of the index, below `size`. */
function lookup(name: string, { index }: Blocks, at: Index, size: number): Statement {
  const buffer = rowMajor(index);
  return { kind: "lookup", name, value: load(buffer, at), size };
}

/** The sums of some units from one on: what comes before the loop over inputs, that over blocks, and what comes after it. */
function panelUnits(body: readonly Statement[], blocks: Blocks, unit: Index, width: number): readonly Statement[] {
  const copies = Array.from({ length: width }, (_, offset) => {
    const copy = substituteVariable(body, unitVariable, addIndex(unit, indexConstant(offset)));
    return renameLocals(copy, (name) => numbered(name, offset));
  });
  const at = body.findIndex((statement) => statement.kind === "for");
  const across = (from: number, to: number): readonly Statement[] =>
    Array.from({ length: to - from }, (_, position) => copies.map((copy) => copy[from + position] as Statement)).flat();
  return [
    ...across(0, at),
    overBlocks(
      copies.map((copy) => copy[at] as Loop),
      blocks,
    ),
    ...across(at + 1, body.length),
  ];
}

/** One loop over blocks in place of loops over all inputs, one for each unit. */
function overBlocks(loops: readonly Loop[], blocks: Blocks): Loop {
  const inputs = loops[0]?.to.factor as number;
  const places = Array.from({ length: blockInputs }, (_, place) => place);
  const block = indexVariable(blockVariable);
  const read: Statement[] = [];
  const additions = loops.map((loop, unit): Statement => {
    const terms = places.map((place): Value => {
      const [statement] = substituteVariable(
        loop.body,
        innerVariable,
        addIndex(indexVariable(innerVariable), indexConstant(place)),
      );
      if (statement?.kind !== "add" || statement.value.kind !== "binary") throw new Error("no product is added up");
      const { left, right } = statement.value;
      if (left.kind !== "load" || left.buffer.kind !== "weights") throw new Error("no weight is multiplied");
      const name = `x${place}`;
      if (unit === 0) read.push({ kind: "let", name, value: right });
      const weights: WeightBuffer = { ...left.buffer, layout: { kind: "blocks", blocks } };
      const position = addIndex(
        indexVariable(blockVariable, staticSize(blockSize)),
        indexConstant(place * blockUnits + unit),
      );
      return { kind: "binary", operator: "mul", left: load(weights, position), right: { kind: "local", name } };
    });
    const [{ name }] = loop.body as readonly [Extract<Statement, { kind: "add" }>];
    return { kind: "add", name, value: { kind: "sum", terms } };
  });
  return {
    kind: "for",
    variable: blockVariable,
    from: 0,
    to: staticSize(blocks.count),
    step: 1,
    bounds: { from: firstBlock, to: endBlock },
    body: [
      lookup(innerVariable, blocks, addIndex(block, indexConstant(firstInputAt(blocks))), inputs - blockInputs + 1),
      ...read,
      ...additions,
    ],
  };
}
