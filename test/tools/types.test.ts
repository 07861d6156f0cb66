import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "./bundlers/project.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const compilers = {
  "TypeScript 5.9": path.join(root, "test/tools/bundlers/node_modules/typescript/bin/tsc"),
  "TypeScript 7": path.join(root, "node_modules/typescript/bin/tsc"),
} as const;

/** One model's result has another shape than its input: only with true types is the last line an error. */
const use = `import { xor, xorInfo } from "./xor.layers";
const result: Float32Array = xor.forward([0, 1]);
export const parameters: 9 | number = xorInfo.parameterCount;
export const first: number | undefined = result[0];
// @ts-expect-error
xor.forward(xor.forward([0, 1]));
`;

interface Run {
  readonly exitCode: number;
  readonly output: string;
}

async function run(script: string, argv: readonly string[], cwd: string): Promise<Run> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...argv], { cwd });
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout: string; stderr: string };
    return { exitCode: code ?? -1, output: stdout + stderr };
  }
}

const layerc = (project: Project, ...argv: readonly string[]): Promise<Run> =>
  run(path.join(project.folder, "node_modules/layerc/dist/cli.js"), argv, project.folder);

async function projectWithTypes(ending: string): Promise<Project> {
  const project = createProject({ "models/use.ts": use });
  expect(await layerc(project, "init")).toMatchObject({ exitCode: 0 });
  expect(await layerc(project, "types", "--ending", ending)).toMatchObject({ exitCode: 0 });
  return project;
}

/** How each ending is found. `layers.d.ts` is an extension added to the name, which ES modules of Node don't have. */
const settings = [
  ["d.layers.ts", "bundler", true, "fine"],
  ["d.layers.ts", "node16", true, "fine"],
  ["d.layers.ts", "nodenext", true, "fine"],
  ["d.layers.ts", "bundler", false, "TS6263"],
  ["d.layers.ts", "nodenext", false, "TS6263"],
  ["layers.d.ts", "bundler", false, "fine"],
  ["layers.d.ts", "bundler", true, "fine"],
  ["layers.d.ts", "node16", false, "TS2307"],
  ["layers.d.ts", "nodenext", true, "TS2307"],
] as const;

describe.each(Object.entries(compilers))("%s finds the declarations that layerc types writes", (_, tsc) => {
  test.each(["d.layers.ts", "layers.d.ts"] as const)("named %s", async (ending) => {
    const project = await projectWithTypes(ending);
    for (const [written, resolution, arbitrary, expected] of settings) {
      if (written !== ending) continue;
      const compilerOptions = {
        module: resolution === "bundler" ? "esnext" : resolution,
        moduleResolution: resolution,
        allowArbitraryExtensions: arbitrary,
        target: "es2022",
        lib: ["es2023"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        verbatimModuleSyntax: true,
        noEmit: true,
        // The declarations themselves are to be right, too.
        skipLibCheck: false,
      };
      project.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["models"] }));
      const { exitCode, output } = await run(tsc, ["-p", "."], project.folder);
      const setting = `${resolution}, allowArbitraryExtensions ${arbitrary}`;
      if (expected === "fine") expect({ setting, exitCode, output }).toEqual({ setting, exitCode: 0, output: "" });
      else expect({ setting, output }).toEqual({ setting, output: expect.stringContaining(`error ${expected}`) });
    }
  });
});

test("the declarations are those of build --emit js, with the default export of plugins", async () => {
  const project = await projectWithTypes("d.layers.ts");
  expect(await layerc(project, "build", "--emit", "js")).toMatchObject({ exitCode: 0 });
  // The first line has a checksum of the others.
  const read = (name: string): string => project.read(name).replace(/(?<=@generated )[0-9a-f]{8}/, "");
  expect(read("models/xor.d.layers.ts")).toBe(`${read("models/xor.d.ts")}\nexport { xor as default };\n`);
  expect(await layerc(project, "types", "--check")).toEqual({ exitCode: 0, output: "" });
});

/** Every option that the comments of the config offer. */
const offered = (config: string): string => config.replace(/^ {2}\/\/ (?=\w+: .*,$)/gm, "  ");

describe.each(Object.entries(compilers))("%s knows the type of a config", (_, tsc) => {
  test.each(["layerc.config.ts", "layerc.config.mjs"])("in the %s of layerc init", async (name) => {
    const project = createProject(name.endsWith("ts") ? { "tsconfig.json": "{}" } : {});
    expect(await layerc(project, "init")).toMatchObject({ exitCode: 0 });
    const compilerOptions = {
      module: "nodenext",
      target: "es2022",
      lib: ["es2023", "dom"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      allowJs: true,
      checkJs: true,
      noEmit: true,
      skipLibCheck: false,
    };
    project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: [name] }));
    const config = offered(project.read(name));
    project.write(name, config);
    expect(await run(tsc, ["-p", "."], project.folder)).toEqual({ exitCode: 0, output: "" });
    project.write(name, config.replace('target: "typescript"', 'target: "wsam"'));
    expect((await run(tsc, ["-p", "."], project.folder)).output).toMatch(
      /error TS2322: [^]*Type '"wsam"' is not assignable/,
    );
  });
});
