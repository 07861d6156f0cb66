import { counted } from "../../diagnostics/counted.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import { formatShape } from "../../ir/shape.ts";
import { defaultPrecision } from "../../ir/storage-types.ts";
import { generatedBy } from "../generated-mark.ts";
import type { ModelUnit } from "../model-unit.ts";
import { code, lineComments, trustedText, type Code } from "./code.ts";
import { commentText } from "./comment-text.ts";

/** The comment at the top of a module: where it comes from, each model as a table, and the arithmetic. */
export function header(units: readonly ModelUnit[], version: string, sourceName: string): Code {
  return code`${origin(units, version, sourceName)}${lineComments(["", ...arithmetic(units)])}`;
}

/** The same for declarations, which compute nothing. */
export function declarationsHeader(units: readonly ModelUnit[], version: string, sourceName: string): Code {
  return origin(units, version, sourceName);
}

function origin(units: readonly ModelUnit[], version: string, sourceName: string): Code {
  // Tools shall see its `@generated`, and nothing that a file's name has.
  const first = trustedText(`// ${generatedBy(version, commentText(sourceName))}\n`);
  return code`${first}${lineComments(units.flatMap((unit) => ["", ...table(unit)]))}`;
}

function arithmetic(units: readonly ModelUnit[]): readonly string[] {
  const rounded = `${loopArithmetic(units)}; results are rounded to float32.`;
  const backends = new Map(
    units.flatMap(({ backend }) =>
      backend === undefined ? [] : [[`${backend.title} ${backend.otherwise}`, backend] as const],
    ),
  );
  if (backends.size === 0) return [`Arithmetic is ${rounded}`];
  const plain = units.filter(({ backend }) => backend === undefined);
  const others = plain.length === 0 ? "" : `, and in ${names(plain)}`;
  return [...backends.values()].flatMap(({ title, arithmetic: computes, otherwise }) => {
    const own = units.filter(({ backend }) => backend?.title === title && backend.otherwise === otherwise);
    const which = own.length === units.length ? "" : ` (${names(own)})`;
    return [`Arithmetic is ${computes}${which}. ${otherwise}${others},`, `it is ${rounded}`];
  });
}

/** `float64 on float32 and bfloat16 weights`: of the models' arrays as they are stored. */
function loopArithmetic(units: readonly ModelUnit[]): string {
  const stored = units.flatMap(({ weights }) => weights.map(({ precision = defaultPrecision }) => precision));
  if (stored.length === 0) return "float64";
  return `float64 on ${list([...new Set(stored)].toSorted().toReversed())} weights`;
}

function names(units: readonly ModelUnit[]): string {
  return list(units.map(({ name }) => name));
}

function list(items: readonly string[]): string {
  return new Intl.ListFormat("en").format(items);
}

function table(unit: ModelUnit): readonly string[] {
  const rows = unit.summary.map((row) => [row.layer, row.outputShape, formatCount(row.parameters)]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => [...(row[column] as string)].length)));
  const shapes = `${formatShape(unit.inputShape)} -> ${formatShape(unit.outputShape)}`;
  const lines = rows.map(
    ([layer = "", shape = "", parameters = ""]) =>
      `  ${layer.padEnd(widths[0] as number)}  ${shape.padEnd(widths[1] as number)}  ${parameters.padStart(widths[2] as number)}`,
  );
  return [`${unit.name}: ${shapes}, ${counted(unit.parameterCount, "parameter")}`, ...lines];
}
