import { floor, plainNumber, type PythonNumber } from "./formula.ts";
import { isNumber, type PythonValue } from "./values.ts";

type PureFunction = (...args: readonly PythonValue[]) => PythonValue | undefined;

const numeric =
  (compute: (...numbers: readonly number[]) => number, isInteger?: boolean): PureFunction =>
  (...args) => {
    const numbers = numbersOf(args);
    if (numbers === undefined || numbers.length === 0) return undefined;
    const value = compute(...numbers.map((number) => number.value));
    if (!Number.isFinite(value)) return undefined;
    const isWhole = isInteger ?? numbers.every((number) => number.isInteger);
    return isWhole && !Number.isSafeInteger(value) ? undefined : { kind: "number", ...plainNumber(value, isWhole) };
  };

/** Numbers, alone or in one list. */
function numbersOf(args: readonly PythonValue[]): readonly PythonNumber[] | undefined {
  const [first, ...others] = args;
  const isList = first !== undefined && (first.kind === "list" || first.kind === "tuple") && others.length === 0;
  if (isList && first.why !== undefined) return undefined;
  const items = isList ? first.items.slice(0, mostNumbers) : args;
  return items.every(isNumber) ? items : undefined;
}

/** Longer lists are no sizes of a model. */
const mostNumbers = 1000;

const floorOf: PureFunction = (value) => (value?.kind === "number" ? { kind: "number", ...floor(value) } : undefined);

const product = numeric((...numbers) => numbers.reduce((all, number) => all * number, 1));

/** Functions of numbers and lists that change nothing and ask nobody: they are computed. */
const pureFunctions: Readonly<Record<string, PureFunction>> = {
  // Toward zero, which is down for what is not negative.
  int: (value) => {
    if (value?.kind !== "number") return undefined;
    if (value.isInteger || value.value >= 0) return floorOf(value);
    return { kind: "number", ...plainNumber(Math.trunc(value.value), true) };
  },
  float: (value) => (value?.kind === "number" ? { ...value, isInteger: false } : undefined),
  floor: floorOf,
  ceil: numeric((number = Number.NaN) => Math.ceil(number), true),
  sqrt: numeric((number = Number.NaN) => Math.sqrt(number), false),
  prod: product,
  abs: numeric((number = Number.NaN) => Math.abs(number)),
  min: numeric((...numbers) => Math.min(...numbers)),
  max: numeric((...numbers) => Math.max(...numbers)),
  sum: numeric((...numbers) => numbers.reduce((all, number) => all + number, 0)),
  len: (value) => {
    const isList = value?.kind === "list" || value?.kind === "tuple";
    return isList && value.why === undefined ? { kind: "number", ...plainNumber(value.items.length, true) } : undefined;
  },
  tuple: (value) => copied(value, "tuple"),
  list: (value) => copied(value, "list"),
};

function copied(value: PythonValue | undefined, kind: "list" | "tuple"): PythonValue | undefined {
  if (value === undefined) return { kind, items: [] };
  return value.kind === "list" || value.kind === "tuple" ? { ...value, kind } : undefined;
}

const modules: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["builtins", new Set("int float abs min max sum len tuple list".split(" "))],
  ["math", new Set(["floor", "ceil", "sqrt", "prod"])],
  ["numpy", new Set(["floor", "ceil", "sqrt", "prod"])],
]);

/** Names that Python itself has. */
const builtinNames: ReadonlySet<string> = new Set(
  `int float abs min max sum len tuple list dict print str bool type isinstance range enumerate zip map filter sorted round repr
  id dir set getattr hasattr open input super object property format any all iter next vars`.split(/\s+/),
);

export function isBuiltin(name: string): boolean {
  return builtinNames.has(name);
}

/** The function at a path of Python's library or numpy, if it is one that is computed. */
export function pureFunction(path: string): PureFunction | undefined {
  const [module = "", name = "", ...more] = path.split(".");
  return more.length === 0 && modules.get(module)?.has(name) === true ? pureFunctions[name] : undefined;
}

/** Numbers of libraries. */
export const libraryNumbers: Readonly<Record<string, number>> = {
  "math.pi": Math.PI,
  "math.e": Math.E,
  "numpy.pi": Math.PI,
  "numpy.e": Math.E,
};
