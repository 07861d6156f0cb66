import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { rolldown } from "rolldown";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { compile, type Source } from "../../../src/index.ts";
import { madeOnce } from "../made-once.ts";
import { exampleCases } from "./example-cases.ts";
import type { ModelCase } from "./case.ts";
import { forces, type Force } from "./force.ts";
import { outputsOfNode24, type Outputs } from "./outputs-of-node24.ts";
import { hasPrograms } from "./programs.ts";
import { variants, variantsFor, type Variant } from "./variants.ts";

const folder = fileURLToPath(new URL("../../../examples/", import.meta.url));
const host = createNodeHost(folder, nodeFileSystem);

/** Files by name, as a server, a worker's bundle or a folder on disk has them; all are ES modules. */
export type ModuleFiles = ReadonlyMap<string, string>;

/** What every runtime gets. */
export interface Built {
  /** `run-<force>.js` exports `run()`, which tries every module and returns a `RuntimeResult`. */
  readonly files: ModuleFiles;
  readonly expected: readonly ExpectedModel[];
  /** Undefined where Node 24 is not installed. */
  readonly ofNode24: Outputs | undefined;
}

/** A model that must be among the results of a variant, and how many of its values. */
export interface ExpectedModel {
  /** The name of the variant. */
  readonly variant: string;
  readonly example: string;
  readonly model: string;
  readonly values: number;
}

/** Compiles all examples in all variants, and computes what they should give: in float64, and bit by bit in Node 24. */
export async function buildModules(): Promise<Built> {
  const made = await madeOnce("modules", async (folder) =>
    writeFileSync(path.join(folder, "built"), serialize(await build())),
  );
  return deserialize(readFileSync(path.join(made, "built"))) as Built;
}

async function build(): Promise<Built> {
  const files = new Map<string, string>(await bundleProbe());
  const cases = new Map<string, readonly ModelCase[]>();
  const compiled: { readonly variant: Variant; readonly example: string; readonly caseKey: string }[] = [];
  const expected: ExpectedModel[] = [];
  for (const source of examples()) {
    const seen = new Set<string>();
    const example = source.path.replace(".layers", "");
    for (const variant of variants) {
      const result = await compile(source, { ...variant.options, emit: "js", host });
      const errors = result.diagnostics.filter(({ severity }) => severity === "error");
      if (errors.length > 0) throw new Error(`${example}, ${variant.name}: ${errors.map((e) => e.message).join("; ")}`);
      const module = result.files.find(({ name }) => name === `${example}.js`);
      // A file with blocks only has no output, and what another variant has already need not run twice.
      if (module === undefined || seen.has(module.content as string)) continue;
      seen.add(module.content as string);
      files.set(`${variant.name}/${example}.js`, module.content as string);
      files.set(
        `${variant.name}/${example}.sidecars.js`,
        `export default ${JSON.stringify(sidecarsOf(result.files))};\n`,
      );

      const caseKey = `${example}.${variant.precision}.cases.js`;
      const models = cases.get(caseKey) ?? (await exampleCases(source, host, variant.precision));
      cases.set(caseKey, models);
      files.set(caseKey, `export default ${JSON.stringify(models)};\n`);
      compiled.push({ variant, example, caseKey });
      for (const { name, sizes } of models) {
        const values = sizes.reduce(
          (sum, { outputLength, batches, expected }) =>
            sum + outputLength * (expected.length + batches.reduce((all, samples) => all + samples, 0)),
          0,
        );
        expected.push({ variant: variant.name, example, model: name, values });
      }
    }
  }
  for (const force of Object.keys(forces) as Force[]) {
    const subjects = compiled.filter(({ variant }) => variantsFor(force).includes(variant));
    files.set(`force-${force}.js`, `import { forces } from "./force.js";\nforces["${force}"]();\n`);
    files.set(`run-${force}.js`, runScript(force, subjects));
    files.set(`print-${force}.js`, `import { run } from "./run-${force}.js";\nconsole.log(JSON.stringify(run()));\n`);
  }
  return { files, expected, ofNode24: hasPrograms ? await outputsOfNode24(files) : undefined };
}

function examples(): readonly Source[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".layers"))
    .map((name) => ({ path: name, text: readFileSync(path.join(folder, name), "utf8") }));
}

/** The bytes of safetensors files by the model's `exportName`, as numbers: not every runtime decodes base64. */
function sidecarsOf(files: readonly { readonly name: string; readonly content: string | Uint8Array }[]): object {
  return Object.fromEntries(
    files.flatMap(({ name, content }) =>
      typeof content === "string" ? [] : [[name.replace(".weights.safetensors", ""), [...content]]],
    ),
  );
}

/** What is imported first runs first: the path is forced before a generated module sees the runtime. */
function runScript(
  force: Force,
  subjects: readonly { readonly variant: Variant; readonly example: string; readonly caseKey: string }[],
): string {
  const imports = subjects.flatMap(({ variant, example, caseKey }, at) => [
    `import * as module${at} from "./${variant.name}/${example}.js";`,
    `import sidecars${at} from "./${variant.name}/${example}.sidecars.js";`,
    `import cases${at} from "./${caseKey}";`,
  ]);
  const items = subjects.map(
    ({ variant, example }, at) =>
      `  { variant: "${variant.name}", example: "${example}", module: module${at}, models: cases${at}, sidecars: sidecars${at} },`,
  );
  return [
    `import "./force-${force}.js";`,
    'import { probe } from "./probe.js";',
    ...imports,
    "export const run = () => probe([",
    ...items,
    "]);",
    "",
  ].join("\n");
}

/** The scripts of this folder that run in the runtimes, as JavaScript. */
async function bundleProbe(): Promise<ModuleFiles> {
  const input = Object.fromEntries(
    ["probe", "force"].map((name) => [name, fileURLToPath(new URL(`${name}.ts`, import.meta.url))]),
  );
  const bundle = await rolldown({ input, platform: "neutral" });
  const { output } = await bundle.generate({ format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name].js" });
  await bundle.close();
  return new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file.code] as const] : [])));
}
