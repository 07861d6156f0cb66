import { counted } from "../../diagnostics/counted.ts";
import type { ModelUnit } from "../model-unit.ts";
import { selfTestNames, type SelfTest } from "../self-test.ts";
import type { BackendCode } from "./backend.ts";
import { longString } from "./arrays.ts";
import { numbersToBase64 } from "./base64.ts";
import {
  code,
  docComment,
  empty,
  exported,
  join,
  quoted,
  trustedText,
  types,
  type Code,
  type Identifier,
} from "./code.ts";
import { propertyKey } from "./info.ts";
import type { Names } from "./names.ts";
import { float64Literal } from "./numbers.ts";
import type { Preformatted } from "./preformatted.ts";
import type { Support } from "./support-function.ts";
import type { UnitNames } from "./names.ts";

/** The parts of a module that test it. */
export interface SelfTestCode {
  readonly name: Identifier;
  /** For the module: the report's type, `selfTest`, the samples as base64. */
  readonly module: Code;
  /** For the declaration file. */
  readonly declarations: Code;
}

/** Prints `selfTest()`. A model whose weights are not in the module is a parameter of it. */
export function selfTestCode(
  { sourceName, tolerance, models }: SelfTest,
  units: readonly { readonly unit: ModelUnit; readonly chosen: UnitNames; readonly backend?: BackendCode }[],
  { names, support, preformatted }: { names: Names; support: Support; preformatted: Preformatted },
): SelfTestCode {
  const self = names.claim(selfTestNames.function);
  const report = names.claim(selfTestNames.report);
  const testSamples = names.fresh("testSamples");
  const tested = models.flatMap((model) => {
    const found = units.find(({ unit }) => unit.name === model.model);
    return found === undefined ? [] : [{ ...model, ...found }];
  });
  const constants: Code[] = [];
  const constant = (name: string, comment: string, data: Float32Array): Identifier => {
    const identifier = names.fresh(name);
    const text = trustedText(preformatted.add(longString(identifier.text, numbersToBase64(data))));
    constants.push(code`${docComment([comment])}${text}`);
    return identifier;
  };
  const calls = tested.map(({ unit, chosen, samples, inputs, outputs, dims }) => {
    const prefix = units.length > 1 ? `${unit.exportName}_` : "";
    const what = (side: string): string =>
      `${side} of ${counted(samples, "sample")} for ${unit.name}, little-endian float32 as base64`;
    const given = constant(`${prefix}selfTestInputs`, what("Inputs"), inputs);
    const expected = constant(`${prefix}selfTestOutputs`, what("Expected outputs"), outputs);
    const dimValues = unit.dims.map((dim) => code`${propertyKey(dim)}: ${dims[dim] ?? 0}`);
    const dimArguments = dimValues.length === 0 ? empty : code`, undefined, { ${join(dimValues, ", ")} }`;
    const decoded = (name: Identifier): Code => code`new Float32Array(${support("decodeBase64")}(${name}, 4).buffer)`;
    const run = code`${chosen.instance}.forwardBatch(${decoded(given)}${dimArguments})`;
    return code`${testSamples}(${quoted(unit.name)}, ${samples}, ${run}, ${decoded(expected)}),`;
  });
  const unbound = tested.filter(({ unit }) => unit.binding.kind !== "inline").map(({ chosen }) => chosen);
  const instances = unbound.map(({ instance, type }) => code`${instance}${types`: ${type}`}`);
  const list = new Intl.ListFormat("en").format(tested.map(({ model }) => model));
  const doc = docComment([`Runs ${list} on the samples of ${sourceName} and compares the results.`]);
  const parameters = join([...instances, code`tolerance = ${trustedText(float64Literal(tolerance))}`], ", ");

  const intact = join(
    tested.flatMap(({ backend }) => (backend === undefined ? [] : [code` && !(${backend.isDamaged})`])),
    "",
  );
  // What waits for its first samples is compiled now, so that it is what the samples test.
  const compiled = join(
    tested.flatMap(({ unit, backend }) =>
      backend === undefined || unit.backend?.waits === undefined ? [] : [code`${backend.compile};\n`],
    ),
    "",
  );
  const test = code`${doc}${exported}function ${self}(${parameters})${types`: ${report}`} {
${compiled}const models = [
${join(calls, "\n")}
];
const maxError = Math.max(...models.map((tested) => tested.maxError));
return { passed: maxError <= tolerance${intact}, tolerance, maxError, models };
}`;
  const declaredParameters = join(
    [...unbound.map(({ instance, type }) => code`${instance}: ${type}`), code`tolerance?: number`],
    ", ",
  );
  return {
    name: self,
    module: join([types`${reportType(report)}`, test, comparison(testSamples, report), ...constants], "\n\n"),
    declarations: join(
      [reportType(report), code`${doc}export declare function ${self}(${declaredParameters}): ${report};`],
      "\n\n",
    ),
  };
}

function reportType(report: Identifier): Code {
  return code`${docComment(["What `selfTest` found."])}export interface ${report} {
${docComment(["Whether no error is above the tolerance, and no model's `backendReason` is damaged."])}readonly passed: boolean;
readonly tolerance: number;
${docComment([
  "The largest |computed - expected| / max(1, |expected|) of all models; NaN and",
  "infinity agree with themselves only, any other difference from them is infinite.",
])}readonly maxError: number;
readonly models: readonly {
readonly model: string;
readonly samples: number;
readonly maxError: number;
${docComment(["The sample of the largest error, counted from 0; -1 when all agree exactly."])}readonly worstSample: number;
}[];
}`;
}

function comparison(self: Identifier, report: Identifier): Code {
  return code`${docComment(["Finds the largest error of a model and the sample it is in."])}function ${self}(
model${types`: string`},
samples${types`: number`},
computed${types`: Float32Array`},
expected${types`: Float32Array`},
)${types`: ${report}["models"][number]`} {
let maxError = 0;
let worstSample = -1;
expected.forEach((value, at) => {
const found = computed[at]${types`!`};
if (Object.is(found, value)) return;
const error = Math.abs(found - value) / Math.max(1, Math.abs(value));
const counted = error >= 0 ? error : Infinity;
if (counted > maxError) {
maxError = counted;
worstSample = Math.floor((at * samples) / expected.length);
}
});
return { model, samples, maxError, worstSample };
}`;
}
