import { contractionAxes, strideIn } from "../../gradients/loops/contraction-axes.ts";
import { resultStatements, type BufferOf } from "../../gradients/loops/nest-loops.ts";
import { addIndex, indexConstant, indexVariable, substituteIndex, type Index } from "../../ir/index-expression.ts";
import { substituteVariable } from "../../ir/rewrite.ts";
import { isStatic, staticSize } from "../../ir/size.ts";
import type { NestOperation } from "../../ir/step-graph.ts";
import { axesIndex } from "../../ops/axes.ts";
import { addProduct, constant, declare, loadVector, local } from "../build.ts";
import { lanes, type VectorStatement, type VectorValue } from "../vector-loops.ts";
import { inPanels, overAxes } from "./panels.ts";
import { resultVectors } from "./result-vectors.ts";

/** Columns whose sums a row has at once: so many vectors of the right operand meet one of the left. */
const tileColumns = 4;

/**
 * A contraction along an axis on which both operands lie side by side, as the gradient by a layer's input has it: sums in
 * the lanes of vectors, joined at the end. Undefined for any other nest.
 */
export function dotContractionVectors(nest: NestOperation, bufferOf: BufferOf): readonly VectorStatement[] | undefined {
  const axes = contractionAxes(nest);
  const [along, ...others] = axes?.reduced ?? [];
  if (axes?.row === undefined || along === undefined || others.length > 0 || !isStatic(along.size)) return undefined;
  const { left, right, kept, column } = axes;
  const isNext = (operand: number): boolean => {
    const stride = strideIn(along, operand);
    return isStatic(stride) && stride.factor === 1;
  };
  if (!isNext(left) || !isNext(right)) return undefined;
  const outer = kept.filter((axis) => axis !== column);
  const all = [...kept, along];
  const length = along.size.factor;
  const whole = length - (length % lanes);
  const start = (operand: number): number => nest.operands[operand]?.start?.factor ?? 0;
  const bufferAt = (operand: number) => bufferOf((nest.operands[operand] as NestOperation["operands"][number]).tensor);
  const results = resultStatements(nest, bufferOf, kept);

  const tile = (first: Index, count: number): readonly VectorStatement[] => {
    const columns = Array.from({ length: count }, (_, at) => at);
    const place = (index: Index, at: number): Index =>
      column === undefined ? index : substituteIndex(index, column.variable, addIndex(first, indexConstant(at)));
    const load = (operand: number, at: number, k: Index): VectorValue =>
      loadVector(
        bufferAt(operand),
        substituteIndex(place(axesIndex(all, operand, start(operand)), at), along.variable, k),
      );
    const products = (k: Index, masked: number | undefined): readonly VectorStatement[] => {
      const part = (operand: VectorValue): VectorValue =>
        masked === undefined ? operand : { kind: "first", count: masked, operand, rest: 0 };
      return [
        { kind: "let", name: "x", value: part(load(left, 0, k)) },
        ...columns.map((at) => addProduct(`sum${at}`, local("x"), part(load(right, at, k)))),
      ];
    };
    return [
      ...columns.map((at) => declare(`sum${at}`, constant(0))),
      ...(whole === 0
        ? []
        : [
            {
              kind: "for",
              variable: along.variable,
              from: 0,
              to: staticSize(whole),
              step: lanes,
              body: products(indexVariable(along.variable), undefined),
            } as const,
          ]),
      ...(whole < length ? products(indexConstant(whole), length - whole) : []),
      ...columns.flatMap((at): readonly VectorStatement[] => {
        const total: VectorStatement = {
          kind: "var",
          name: "sum",
          value: { kind: "across", combine: "sum", operand: local(`sum${at}`) },
        };
        const placed =
          column === undefined
            ? results
            : substituteVariable(results, column.variable, addIndex(first, indexConstant(at)));
        return [total, ...resultVectors(placed, "", indexConstant(0), 1)];
      }),
    ];
  };
  const body = column === undefined ? tile(indexConstant(0), 1) : inPanels(column, tileColumns, tile);
  return overAxes(outer, body);
}
