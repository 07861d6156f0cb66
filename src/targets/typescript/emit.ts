import type { Kernel } from "../../ir/loops.ts";
import type { ScalarFunction } from "../../ir/scalar.ts";
import type { ModelUnit } from "../model-unit.ts";
import { argumentArrays, inlineArrays, weightsReader } from "./arrays.ts";
import { code, docComment, join, render, trustedText, types, type Code, type Identifier } from "./code.ts";
import { header } from "./header.ts";
import { infoExpression, infoType } from "./info.ts";
import { createFunction } from "./instance.ts";
import { kernelFunction } from "./kernel-function.ts";
import { localNames } from "./local-names.ts";
import { createNames } from "./names.ts";
import { createPreformatted } from "./preformatted.ts";
import { printScalarFunction } from "./print-scalar-function.ts";
import { publicTypes } from "./public-types.ts";
import { selfTestCode, type SelfTest } from "./self-test.ts";
import { supportFunction, supportNames, type SupportName } from "./support.ts";
import { exportedNames, unitNames, type UnitNames } from "./unit-names.ts";
import { isWasmUnit, wasmRunner } from "./wasm-runner.ts";

export interface EmitOptions {
  readonly emit: "ts" | "js";
  readonly version: string;
  /** The source's name without its folder, for the header: `digits.layers`. */
  readonly sourceName: string;
  /** Samples for an exported `selfTest()`. */
  readonly selfTest?: SelfTest;
}

/** A module before formatting. */
export interface EmittedModule {
  /** The `.ts` or the `.js` text. */
  readonly text: string;
  /** The `.d.ts` text, with `emit: "js"`. */
  readonly declarations?: string;
  /** To be applied to `text` after it has been formatted. */
  restore(formatted: string): string;
  /** The names of the functions of a model's kernels. */
  readonly kernelNames: ReadonlyMap<Kernel, string>;
}

/** Prints the models of one file as one module: for each its types, its export, then its kernels and arrays. */
export function emitTypeScript(units: readonly ModelUnit[], options: EmitOptions): EmittedModule {
  const typescript = options.emit === "ts";
  const locals = localNames(units);
  const names = createNames(locals);
  const preformatted = createPreformatted();
  const claimed = new Map<string, Identifier>();
  for (const unit of units) {
    for (const [key, name] of Object.entries(exportedNames(unit)))
      claimed.set(`${unit.name} ${key}`, names.claim(name));
  }
  const supportIdentifiers = new Map(supportNames.map((name) => [name, names.fresh(name)]));
  const usedSupport = new Set<SupportName>();
  const support = (name: SupportName): Identifier => {
    usedSupport.add(name);
    return supportIdentifiers.get(name) as Identifier;
  };
  const scalarFunctions = new Map<string, { readonly identifier: Identifier; readonly definition: ScalarFunction }>();
  const scalarFunction = (definition: ScalarFunction): Identifier => {
    const known = scalarFunctions.get(definition.name);
    if (known !== undefined) return known.identifier;
    const identifier = names.fresh(definition.name);
    scalarFunctions.set(definition.name, { identifier, definition });
    return identifier;
  };

  const kernelNames = new Map<Kernel, string>();
  const sections = units.map((unit) => {
    const chosen = unitNames(unit, names, { claimed, locals, prefix: units.length > 1 ? `${unit.exportName}_` : "" });
    for (const [kernel, name] of chosen.kernels) kernelNames.set(kernel, name.text);
    const kernels = unit.program.kernels.map((kernel) =>
      kernelFunction(kernel, { typescript, names: chosen, preformatted, scalarFunction, support, model: unit.name }),
    );
    return { unit, chosen, kernels };
  });

  const bodies = sections.map(({ unit, chosen, kernels }) => {
    const { binding } = unit;
    const arrays =
      binding.kind === "inline"
        ? inlineArrays(unit, binding.arrays, chosen, support, preformatted)
        : [weightsReader(unit, chosen, support), argumentArrays(unit, chosen, support)];
    const instance =
      binding.kind === "inline"
        ? [code`export const ${chosen.instance}${types`: ${chosen.type}`} = /* @__PURE__ */ ${chosen.create}();`]
        : [];
    return join(
      [
        types`${publicTypes(unit, chosen)}`,
        ...instance,
        createFunction(unit, chosen, support),
        ...(isWasmUnit(unit) ? wasmRunner(unit, chosen, support, preformatted) : []),
        ...kernels,
        ...arrays,
        code`${infoDoc(unit)}export const ${chosen.info} = ${infoExpression(unit.info, backend(unit, chosen))}${types` as const`};`,
      ],
      "\n\n",
    );
  });
  const selfTest =
    options.selfTest === undefined
      ? undefined
      : selfTestCode(options.selfTest, sections, { names, support, preformatted });
  const head = header(units, options.version, options.sourceName);
  const module = join(
    [
      code`${head}`,
      ...bodies,
      ...(selfTest === undefined ? [] : [selfTest.module]),
      ...[...scalarFunctions.values()].map(({ identifier, definition }) =>
        scalarFunctionCode(identifier, definition, typescript),
      ),
      // One after the other: a function may take others of the list behind it into the module.
      ...supportNames.flatMap((name) =>
        usedSupport.has(name) ? [supportFunction(name, supportIdentifiers.get(name) as Identifier, support)] : [],
      ),
    ],
    "\n\n",
  );
  return {
    text: render(module, options.emit),
    ...(typescript ? {} : { declarations: declarations(head, sections, selfTest?.declarations) }),
    restore: preformatted.restore,
    kernelNames,
  };
}

function infoDoc(unit: ModelUnit): Code {
  return docComment([`What ${unit.name} is made of: shapes, parameters, and every argument of its layers.`]);
}

/** What the model is compiled to: known when the module is made, or found out by the runtime. */
function backend(unit: ModelUnit, names: UnitNames): Code {
  if (!isWasmUnit(unit)) return code`backend: "typescript"`;
  return code`get backend()${types`: ${backends}`} {\nreturn ${names.wasm.compile}().backend;\n}`;
}

function backendType(unit: ModelUnit): Code {
  return code`readonly backend: ${isWasmUnit(unit) ? backends : code`"typescript"`}`;
}

const backends = code`"wasm-relaxed-simd" | "wasm-simd" | "typescript"`;

function scalarFunctionCode(name: Identifier, definition: ScalarFunction, typescript: boolean): Code {
  const text = printScalarFunction(definition.body, {
    typescript,
    buffer: () => "x",
    dim: (dim) => dim,
    scalarFunction: (inner) => inner.name,
  });
  return code`${docComment([definition.formula])}function ${name}(x${types`: number`})${types`: number`} {\n${trustedText(text)}\n}`;
}

/** The `.d.ts` file of a module. */
function declarations(
  head: Code,
  sections: readonly { readonly unit: ModelUnit; readonly chosen: UnitNames }[],
  selfTest: Code | undefined,
): string {
  const parts = sections.map(({ unit, chosen }) => {
    const values =
      unit.binding.kind === "inline"
        ? [code`export declare const ${chosen.instance}: ${chosen.type};`]
        : [
            code`export declare function ${chosen.create}(weights: ${chosen.weights}): ${chosen.type};`,
            code`export declare function ${chosen.read}(bytes: ArrayBuffer | Uint8Array): ${chosen.weights};`,
          ];
    return join(
      [
        publicTypes(unit, chosen),
        ...values,
        code`${infoDoc(unit)}export declare const ${chosen.info}: ${infoType(unit.info, backendType(unit))};`,
      ],
      "\n\n",
    );
  });
  return render(join([head, ...parts, ...(selfTest === undefined ? [] : [selfTest])], "\n\n"), "ts");
}
