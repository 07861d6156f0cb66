import {
  atom,
  printArithmetic,
  printCall,
  printIndex,
  printNumber,
  printSizeValue,
  type Printed,
} from "../ir/print-expression.ts";
import { block, joinLines, layerComments, layerName, type Lines } from "../ir/print-text.ts";
import { samplesDim } from "../ir/samples.ts";
import { formatSize } from "../ir/size.ts";
import { fewestMany, type Samples } from "./all-samples.ts";
import type { Bound, VectorBuffer, VectorLoop, VectorProgram, VectorStatement, VectorValue } from "./vector-loops.ts";

/**
 * The text of a program on vectors, for those who work on the compiler: a function for every kernel, headed by its layers.
 * `x[i:4]` are four elements from `i` on, `splat(x[i])` is one of them four times, `fma(a, b, c)` is `a * b + c`.
 */
export function printVectors({ kernels, dims }: VectorProgram, samples: Samples = "any"): string {
  const sizes = [heads[samples], ...dims.map((dim) => `// '${dim}' is known at run time`)];
  const functions = kernels.map(({ origins, folded, inputs, output, body }): Lines => {
    const buffers = inputs.map(({ name, size }) => `${name}[${formatSize(size)}]`).join(", ");
    const head = `${layerName(origins)}(${buffers}) -> ${output.name}[${formatSize(output.size)}]`;
    return [...layerComments(origins, folded), ...block(head, vectorLines(body))];
  });
  const text = [sizes, ...functions].map((part) => joinLines(part)).join("\n\n");
  return `${text.replaceAll(samplesDim, "samples")}\n`;
}

const heads: Readonly<Record<Samples, string>> = {
  any: "// for any number of samples",
  many: `// for ${fewestMany} samples or more`,
  one: "// for one sample",
};

/** Statements, one a line. */
function vectorLines(statements: readonly VectorStatement[]): Lines {
  return statements.flatMap((statement): Lines => {
    switch (statement.kind) {
      case "let":
      case "var":
        return [`${statement.kind} ${statement.name} = ${print(statement.value).text}`];
      case "set":
        return [`${statement.name} = ${print(statement.value).text}`];
      case "index":
        return [`index ${statement.name} = ${printIndex(statement.value)}`];
      case "at-most": {
        const limit = `${printBound(statement.end)}${statement.margin === 0 ? "" : ` - ${statement.margin}`}`;
        return [`index ${statement.name} = min(${printIndex(statement.value)}, ${limit})`];
      }
      case "whole":
        return [`index ${statement.name} = ${formatSize(statement.size)} in whole ${statement.step}s`];
      case "lookup":
        return statement.what === undefined
          ? [`index ${statement.name} = word(${print(statement.value).text})`]
          : [`index ${statement.name} = lookup(${print(statement.value).text}) below ${statement.size}`];
      case "store": {
        const { buffer, index, count, value } = statement;
        return [`${buffer.name}[${printIndex(index)}${count === 1 ? "" : `:${count}`}] = ${print(value).text}`];
      }
      case "if-at-least":
        return [
          `if ${formatSize(statement.size)} >= ${statement.count} {`,
          vectorLines(statement.then),
          "} else {",
          vectorLines(statement.otherwise),
          "}",
        ];
      case "for":
        return block(loopHead(statement), vectorLines(statement.body));
    }
  });
}

function loopHead({ variable, from, to, step }: VectorLoop): string {
  const [start, end] = [typeof from === "number" ? String(from) : from.local, printBound(to)];
  return `for ${variable} in ${start}..${end}${step === 1 ? "" : ` step ${step}`}`;
}

function printBound(bound: Bound): string {
  return "local" in bound ? bound.local : formatSize(bound);
}

function print(value: VectorValue): Printed {
  switch (value.kind) {
    case "const":
      return printNumber(value.value);
    case "local":
      return atom(value.name);
    case "size":
      return printSizeValue(value.size);
    case "load": {
      const [name, position] = [bufferName(value.buffer), printIndex(value.index)];
      return atom(value.access === "vector" ? `${name}[${position}:4]` : `splat(${name}[${position}])`);
    }
    case "half":
      return printCall(value.half, [print(value.operand)]);
    case "integers":
      return printCall(value.operator.replaceAll("-", "_"), value.operands.map(print));
    case "multiply-add":
      return printCall("fma", [value.a, value.b, value.c].map(print));
    case "across":
      return printCall(`${value.combine}_across`, [print(value.operand)]);
    case "lane":
      return printCall(`lane${value.lane}`, [print(value.operand)]);
    case "first":
      return printCall(`first${value.count}`, [print(value.operand), printNumber(value.rest)]);
    default:
      return printArithmetic(value, print);
  }
}

function bufferName(buffer: VectorBuffer): string {
  if (buffer.kind !== "weights") return buffer.name;
  return `${buffer.weight.path.join(".")}${suffixes[buffer.layout.kind]}`;
}

const suffixes = { "row-major": "", panels: ".panels8", blocks: ".blocks" } as const;
