import type { Buffer, DataBuffer, Kernel, Loop, LoopProgram, Statement, Value } from "./loops.ts";
import {
  atom,
  printArithmetic,
  printCall,
  printIndex,
  printNumber,
  printSizeValue,
  printSum,
  type Printed,
} from "./print-expression.ts";
import { block, joinLines, layerComments, layerName, type Lines } from "./print-text.ts";
import { formatSize } from "./size.ts";
import { forEachValue } from "./visit-statements.ts";

/**
 * The text of a loop program, for those who work on the compiler: a function for every kernel, headed by its layers and by
 * how it is generated, then the formulas of the functions that are called. Buffers have their own names, weights those of
 * their layers.
 */
export function printLoops(program: LoopProgram): string {
  const { batch, dims, kernels } = program;
  const sizes = dims.filter((dim) => dim !== batch?.dim).map((dim) => `// '${dim}' is known at run time`);
  const samples =
    batch === undefined ? [] : [`// '${batch.dim}' is the number of samples, at most ${batch.chunk} a call`];
  const parts = [[...sizes, ...samples], ...kernels.map(kernelLines), formulas(kernels)];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => joinLines(part))
    .join("\n\n")}\n`;
}

function kernelLines(kernel: Kernel): Lines {
  const { origins, folded, notes = [], part, inputs, output, sums, plan, body } = kernel;
  const suffix = part === undefined ? "" : `.${part.operation}`;
  const into = sums === undefined || sums.name === output.name ? "" : `, sums in ${bufferSize(sums)}`;
  const head = `${layerName(origins)}${suffix}(${inputs.map(bufferSize).join(", ")}) -> ${bufferSize(output)}${into}`;
  return [
    ...layerComments(origins, folded),
    ...notes.map((note) => `// ${note}`),
    `// ${plan.strategy}: ${plan.reason}`,
    ...block(head, statementLines(body)),
  ];
}

function bufferSize({ name, size }: DataBuffer): string {
  return `${name}[${formatSize(size)}]`;
}

/** Statements, one a line. */
function statementLines(statements: readonly Statement[]): Lines {
  return statements.flatMap((statement): Lines => {
    switch (statement.kind) {
      case "let":
      case "var":
        return assignment(`${statement.kind} ${statement.name} =`, statement.value);
      case "add":
        return assignment(`${statement.name} +=`, statement.value);
      case "set":
        return assignment(`${statement.name} =`, statement.value);
      case "index":
        return [`index ${statement.name} = ${printIndex(statement.value)}`];
      case "lookup":
        return [`index ${statement.name} = ${lookup(statement)}`];
      case "store":
        return assignment(`${access(statement.buffer, printIndex(statement.index))} =`, statement.value);
      case "for":
        return block(loopHead(statement), statementLines(statement.body));
    }
  });
}

function lookup({ value, what, size }: Extract<Statement, { kind: "lookup" }>): string {
  return what === undefined ? print(value).text : `lookup(${print(value).text}) below ${size}`;
}

function loopHead({ variable, from, to, step, part, bounds }: Loop): string {
  if (bounds !== undefined) return `for ${variable} in ${bounds.from}..${bounds.to}`;
  const end = formatSize(to);
  if (part === "odd") return `if ${end} is odd`;
  const start = part === "pairs" ? `${end} mod 2` : String(from);
  return `for ${variable} in ${start}..${end}${step === 1 ? "" : ` step ${step}`}`;
}

/** Terms that stand on one line, if that is not longer than a line is. */
const shortSum = 4;
const longestLine = 100;

function assignment(head: string, value: Value): Lines {
  const line = `${head} ${print(value).text}`;
  if (value.kind !== "sum" || (value.terms.length <= shortSum && line.length <= longestLine)) return [line];
  const [first, ...others] = value.terms.map((term) => print(term).text);
  return [head, [first as string, ...others.map((term) => `+ ${term}`)]];
}

function print(value: Value): Printed {
  switch (value.kind) {
    case "const":
      return printNumber(value.value);
    case "local":
      return atom(value.name);
    case "load":
      return atom(access(value.buffer, printIndex(value.index)));
    case "size":
      return printSizeValue(value.size);
    case "sum":
      return printSum(value.terms.map(print));
    case "call":
      return printCall(value.function.name, [print(value.argument)]);
    case "float32":
      return printCall("float32", [print(value.operand)]);
    default:
      return printArithmetic(value, print);
  }
}

function access(buffer: Buffer, position: string): string {
  if (buffer.kind !== "weights") return `${buffer.name}[${position}]`;
  const { weight, layout } = buffer;
  return `${weight.path.join(".")}${layout.kind === "panels" ? `.panels${layout.width}` : ""}[${position}]`;
}

/** `relu(x) = max(x, 0)` for every function that is called and has another name than its formula. */
function formulas(kernels: readonly Kernel[]): Lines {
  const found = new Map<string, string>();
  for (const { body } of kernels) {
    forEachValue(body, (value) => {
      if (value.kind === "call") found.set(value.function.name, value.function.formula);
    });
  }
  return [...found].flatMap(([name, formula]) => (formula === `${name}(x)` ? [] : [`${name}(x) = ${formula}`]));
}
