import type { EmitOptions, Section } from "../emitted-module.ts";
import type { ModelUnit } from "../model-unit.ts";
import { commonJsNames, moduleKinds } from "../module-kinds.ts";
import { sharedTrainerNames, trainerExports } from "../trainer-exports.ts";
import { argumentArrays, inlineArrays, weightsReader } from "./arrays.ts";
import type { BackendCode } from "./backend.ts";
import { code, exported, from, identifier, join, render, types, type Code, type Identifier } from "./code.ts";
import { declarations, type DeclaredUnit } from "./declarations.ts";
import { declarationsHeader, header } from "./header.ts";
import { infoExpression } from "./info.ts";
import { createFunction } from "./instance.ts";
import { kernelFunction } from "./kernel-function.ts";
import { labelsCode, type LabelsCode } from "./labels.ts";
import { localNames } from "./local-names.ts";
import { infoDoc, modelDoc } from "./model-docs.ts";
import { createNames, type Names, type UnitNames } from "./names.ts";
import { createPreformatted } from "./preformatted.ts";
import { publicTypes } from "./public-types.ts";
import { createScalarFunctions } from "./scalar-functions.ts";
import { selfTestCode, type SelfTestCode } from "./self-test.ts";
import type { Support, SupportFunction } from "./support-function.ts";
import { supportFunctions } from "./support.ts";
import { createTrace } from "./trace.ts";
import type { TrainerNames } from "./training/trainer-names.ts";
import { trainerSection, type TrainerSection } from "./training/trainer-section.ts";
import { numberArrayType, sharedTrainerTypes } from "./training/trainer-types.ts";
import { exportedNames, unitNames } from "./unit-names.ts";

/** A module before formatting. */
export interface PrintedModule {
  /** The text in TypeScript or JavaScript. */
  readonly text: string;
  /** The types of JavaScript. */
  readonly declarations?: string;
  /** Puts what was kept from the formatter into formatted `text`. */
  restore(formatted: string): string;
  /** The same, cut into what comes from different places. */
  sections(formatted: string): readonly Section[];
}

/** The names of one model, and the code that not every model has. */
interface ChosenUnit {
  readonly unit: ModelUnit;
  readonly chosen: UnitNames;
  readonly backend?: BackendCode;
  readonly labels?: LabelsCode;
  readonly trainer?: TrainerSection & { readonly names: TrainerNames };
}

/** Prints the models of one file as one module: for each its types, its export, then its kernels and arrays. */
export function emitTypeScript(units: readonly ModelUnit[], options: EmitOptions): PrintedModule {
  const { language, commonJs } = moduleKinds[options.emit];
  const typescript = language === "ts";
  const locals = localNames(units);
  const taken = commonJs ? commonJsNames : [];
  const trains = units.some(({ trainer }) => trainer !== undefined);
  const ofTrainers = trains ? sharedTrainerNames : [];
  const names = createNames([...locals, ...(options.reservedNames ?? []), ...taken, ...ofTrainers]);
  const preformatted = createPreformatted();
  const claimed = new Map<string, Identifier>();
  for (const unit of units) {
    const ofTrainer = unit.trainer === undefined ? {} : prefixed("trainer ", trainerExports(unit.name));
    for (const [key, name] of Object.entries({ ...exportedNames(unit), ...ofTrainer }))
      claimed.set(`${unit.name} ${key}`, taken.includes(name) ? names.fresh(name) : names.claim(name));
  }
  const helpers = createHelpers(units, names);
  const { support } = helpers;
  const scalarFunctions = createScalarFunctions(names, typescript);

  const sections = units.map((unit) => {
    const chosen = unitNames(unit, names, { claimed, locals, prefix: units.length > 1 ? `${unit.exportName}_` : "" });
    const backend = unit.backend?.print({ names: chosen, fresh: names.fresh, support, preformatted });
    const { identifierOf: scalarFunction } = scalarFunctions;
    const context = { typescript, names: chosen, preformatted, scalarFunction, support };
    const kernels = unit.program.kernels.map((kernel) => kernelFunction(kernel, unit, context));
    const labels = labelsCode(unit, chosen, support);
    const trainer = unit.trainer && {
      names: trainerNames(unit.name, claimed),
      unit: unit.trainer,
    };
    return {
      unit,
      chosen,
      kernels,
      ...(backend === undefined ? {} : { backend }),
      ...(labels === undefined ? {} : { labels }),
      ...(trainer === undefined
        ? {}
        : {
            trainer: {
              names: trainer.names,
              ...trainerSection(trainer.unit, trainer.names, chosen.dims, { typescript, preformatted, support, names }),
            },
          }),
    };
  });

  const bodies = sections.map(({ unit, chosen, kernels, backend, labels, trainer }) => {
    const { binding } = unit;
    const ofModel = (section: Code): Code => from({ model: unit.name }, section);
    const arrays =
      binding.kind === "inline"
        ? inlineArrays(unit, binding.arrays, chosen, support, preformatted)
        : [weightsReader(unit, chosen, support), ...argumentArrays(unit, chosen, support, preformatted)];
    const instance =
      binding.kind === "inline"
        ? [
            code`${modelDoc(unit)}${exported}const ${chosen.instance}${types`: ${chosen.type}`} = /* @__PURE__ */ ${chosen.create}();`,
          ]
        : [];
    return join(
      [
        types`${ofModel(publicTypes(unit, chosen))}`,
        ...instance.map(ofModel),
        ...(labels === undefined ? [] : [ofModel(labels.module)]),
        ofModel(createFunction(unit, chosen, support, backend)),
        ...(backend?.sections ?? []).map(ofModel),
        ...kernels,
        ...arrays.map(ofModel),
        ofModel(
          code`${infoDoc(unit)}${exported}const ${chosen.info} = ${infoExpression(unit.info, moreInfo(labels, backend, "value"))}${types` as const`};`,
        ),
        ...(trainer === undefined ? [] : [types`${ofModel(trainer.types)}`, ...trainer.sections.map(ofModel)]),
      ],
      "\n\n",
    );
  });
  const selfTest =
    options.selfTest === undefined
      ? undefined
      : selfTestCode(options.selfTest, sections, { names, support, preformatted });
  const head = header(units, options.version, options.sourceName);
  const shared = [
    ...(selfTest === undefined ? [] : [selfTest.module]),
    ...scalarFunctions.definitions(),
    ...(trains && typescript ? [code`${sharedTrainerTypes}\n\n${numberArrayType}`] : []),
    ...helpers.definitions(),
    ...(commonJs ? [assignments(sections, selfTest)] : []),
  ];
  const start = commonJs ? code`${head}\n${commonJsStart}` : code`${head}`;
  const module = join([start, ...bodies, ...shared.map((each) => from(undefined, each))], "\n\n");
  const trace = createTrace();
  const sectionsOf = (formatted: string): readonly Section[] => trace.sections(preformatted.restore(formatted));
  return {
    text: render(module, commonJs ? "cjs" : language, trace.mark),
    ...(typescript
      ? {}
      : {
          declarations: declarations(
            declarationsHeader(units, options.version, options.sourceName),
            sections.map(declared),
            [...(selfTest === undefined ? [] : [selfTest.declarations]), ...(trains ? [sharedTrainerTypes] : [])],
          ),
        }),
    restore: (formatted) => textOf(sectionsOf(formatted)),
    sections: sectionsOf,
  };
}

function declared({ unit, chosen, backend, labels, trainer }: ChosenUnit): DeclaredUnit {
  return {
    unit,
    chosen,
    ...(labels === undefined ? {} : { labels }),
    moreInfo: moreInfo(labels, backend, "type"),
    ...(trainer === undefined ? {} : { trainer: trainer.declarations }),
  };
}

/** Names of a record under longer keys. */
function prefixed(prefix: string, record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([key, name]) => [prefix + key, name]));
}

function trainerNames(model: string, claimed: ReadonlyMap<string, Identifier>): TrainerNames {
  const named = (key: keyof TrainerNames): Identifier => claimed.get(`${model} trainer ${key}`) as Identifier;
  return {
    create: named("create"),
    type: named("type"),
    options: named("options"),
    weights: named("weights"),
    metrics: named("metrics"),
  };
}

/** The whole text of sections. */
export function textOf(sections: readonly Section[]): string {
  return sections.map(({ text }) => text).join("");
}

/** The functions of a module that depend on no model: those that something asks for. */
function createHelpers(
  units: readonly ModelUnit[],
  names: Names,
): { readonly support: Support; definitions(): readonly Code[] } {
  const backends = new Set(
    units.flatMap(({ backend, trainer }) => [...(backend?.support ?? []), ...(trainer?.engine?.support ?? [])]),
  );
  const functions = supportFunctions([...backends]);
  const identifiers = new Map(functions.map(({ name }) => [name, names.fresh(name)]));
  const used = new Set<string>();
  const support = (wanted: string | SupportFunction): Identifier => {
    const name = typeof wanted === "string" ? wanted : wanted.name;
    used.add(name);
    return identifiers.get(name) as Identifier;
  };
  return {
    support,
    // One after the other: a function may take others of the list behind it into the module.
    definitions: () =>
      functions.flatMap(({ name, print }) =>
        used.has(name) ? [print(identifiers.get(name) as Identifier, support)] : [],
      ),
  };
}

/** What a model is compiled to: known when the module is made, or found out by the runtime. */
function compiledTo(backend: BackendCode | undefined): BackendCode["info"] {
  return backend?.info ?? { value: code`backend: "typescript"`, type: code`readonly backend: "typescript"` };
}

/** The properties of `<model>Info` beside what its layers say: the labels, which lie apart, and what it is compiled to. */
function moreInfo(
  labels: LabelsCode | undefined,
  backend: BackendCode | undefined,
  side: "value" | "type",
): readonly Code[] {
  const list = labels?.names.list;
  const own =
    list &&
    (side === "value" ? code`labels: ${list}${types` as typeof ${list}`}` : code`readonly labels: typeof ${list}`);
  return [...(own === undefined ? [] : [own]), compiledTo(backend)[side]];
}

/** What a module of CommonJS begins with: ES modules are strict, and tools tell by the mark what it exports. */
const commonJsStart = code`"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });`;

/** The exports of a module of CommonJS, in a form that Node and bundlers find without running it. */
function assignments(sections: readonly ChosenUnit[], selfTest: SelfTestCode | undefined): Code {
  const lines = sections.flatMap(({ unit, chosen, labels, trainer }) => [
    ...(unit.binding.kind === "inline"
      ? [code`exports.${identifier(unit.exportName)} = ${chosen.instance};`]
      : [chosen.create, chosen.read].map(assigned)),
    ...(labels === undefined ? [] : [labels.names.list, labels.names.classify].map(assigned)),
    assigned(chosen.info),
    ...(trainer === undefined ? [] : [assigned(trainer.names.create)]),
  ]);
  return join([...lines, ...(selfTest === undefined ? [] : [assigned(selfTest.name)])], "\n");
}

function assigned(name: Identifier): Code {
  return code`exports.${name} = ${name};`;
}
