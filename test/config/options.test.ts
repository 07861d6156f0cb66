import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import type { CompileOptions } from "../../src/compile.ts";
import type { OptionDefinition } from "../../src/config/options/definition.ts";
import { options } from "../../src/config/options/table.ts";
import { optionNames, type OptionName } from "../../src/config/options/values.ts";
import { createFileSettings } from "../../src/unplugin/file-settings.ts";
import { checkOptions, type LayersOptions } from "../../src/unplugin/options.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import type { Host } from "../../src/load/host.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import type { Compiler } from "../../src/node/environment.ts";
import { fakeCompiler } from "../cli/fake-compiler.ts";
import { makeSandbox, type RunOptions, type Sandbox } from "../cli/sandbox.ts";
import { quickCompiler } from "../support/quick-compiler.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every option with its values, the default first; paths are asked for where paths are. */
const all = optionNames.map((name): readonly [OptionName, OptionDefinition] => [name, options[name]]);
const words = all.flatMap(([name, option]) => valuesOf(option).map((value) => [name, value, option] as const));
/** What a command needs to be run at all. */
const needed: Readonly<Record<string, readonly string[]>> = {
  verify: ["--against", "cases.json"],
  export: ["--format", "onnx"],
};

describe("every option of the table works wherever its entry says so:", () => {
  test.each(words.filter(([, , { compile: told }]) => told))("build --%s %s", async (name, value, option) => {
    expect(option.commands.build).toBeDefined();
    const { told, run } = await build(project(), argvOf(option, value));
    expect(run.stderr).toBe("");
    expect(told).toEqual([expect.objectContaining({ [name]: value })]);
  });

  test.each(words.filter(([, , { config, compile: told }]) => config === "file" && told))(
    "the config's %s: %s, for all files, in an override, and behind the command line",
    async (name, value, option) => {
      const other = valuesOf(option).find((one) => one !== value);
      const expected = [expect.objectContaining({ [name]: value })];
      expect((await build(project({ [name]: value }))).told).toEqual(expected);
      const override = { [name]: other, overrides: [{ files: "*.layers", [name]: value }] };
      expect((await build(project(override))).told).toEqual(expected);
      expect((await build(project({ [name]: other }), argvOf(option, value))).told).toEqual(expected);
    },
  );

  test.each(all.flatMap(([name, option]) => Object.keys(option.commands).map((command) => [command, name] as const)))(
    "layerc %s takes %s, refuses other words with exit code 2, and says so in its help",
    async (command, name) => {
      const option: OptionDefinition = options[name];
      const { flag, values } = option;
      expect(commands.map((one) => one.name)).toContain(command);
      const sandbox = project();
      const help = (await sandbox.run([command, "--help"])).stdout.replaceAll(/\s+/g, " ");
      expect(help).toContain(`${flag} `);
      if (values === "path") return;
      const given = [command, "a.layers", ...(needed[command] ?? [])];
      if (values === "switch") expect(help).toContain(`--no-${flag.slice(2)} `);
      else {
        expect(help).toContain(`${values.map((value) => `"${value}"`).join(", ")}`);
        const wrong = await sandbox.run([...given, ...argvOf(option, "no-such-word")]);
        expect(wrong.exitCode).toBe(2);
        expect(wrong.stderr).toContain(`${flagOf(flag)} is 'no-such-word', expected ${values[0]}`);
      }
      for (const value of valuesOf(option)) {
        const run = await sandbox.run([...given, ...argvOf(option, value)]);
        expect(run.stderr).not.toContain(flagOf(flag));
      }
    },
  );

  test.each(all.filter(([, { config }]) => config !== false))("the config refuses others for %s", async (name) => {
    const run = await project({ [name]: 3 }).run(["build", "a.layers"]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`error[config-wrong-value]: '${name}' is the number 3, expected `);
  });

  test.each(all.filter(([, { config }]) => config !== "file"))("the config's overrides don't take %s", async (name) => {
    const run = await project({ overrides: [{ files: "*", [name]: "x" }] }).run(["build", "a.layers"]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`'${name}' is not a key of 'overrides[0]'`);
  });

  test.each(all.filter(([, { config }]) => config === false))("the config does not take %s", async (name) => {
    const run = await project({ [name]: "x" }).run(["build", "a.layers"]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`'${name}' is not a key of the config`);
  });

  test.each(all)("the plugin's %s", async (name, option) => {
    const { plugin, compile: told } = option;
    const wrong = { [name]: "no-such-word" } as unknown as LayersOptions;
    expect(() => checkOptions(wrong)).toThrow(plugin === false ? `no option '${name}'` : `for '${name}', found`);
    if (plugin === false) return;
    for (const value of plugin === "same" ? valuesOf(option) : plugin) {
      const given = { [name]: value } as LayersOptions;
      expect(() => checkOptions(given)).not.toThrow();
      const { folder } = project();
      const settings = await createFileSettings(given)(path.join(folder, "a.layers"), folder);
      if (told) expect(settings.options).toEqual({ [name]: value });
      // What it is not given comes from the config.
      const configured = project({ [name]: value }).folder;
      const found = await createFileSettings({})(path.join(configured, "a.layers"), configured);
      if (told) expect(found.options).toEqual({ [name]: value });
    }
  });
});

describe("a build with another value is not answered from the cache:", () => {
  test.each(all.filter(([, { commands, cacheKey }]) => commands.build !== undefined && cacheKey))(
    "%s",
    async (_, option) => {
      const given = option.values === "path" ? ["a.json", "b.json"] : valuesOf(option);
      const sandbox = project();
      for (const value of given) {
        const argv = argvOf(option, value);
        expect((await build(sandbox, argv)).told.length, argv.join(" ")).toBe(1);
        expect((await build(sandbox, argv)).told.length, argv.join(" ")).toBe(0);
      }
    },
  );
});

describe("the compiler obeys", () => {
  const compiled = all.filter(([, { compile: told }]) => told);
  const files = createNodeHost(path.join(root, "examples"), nodeFileSystem);
  // Weights of which one is 0.
  const wide = writeSafetensors([
    { name: "dense.kernel", shape: [9, 3], data: Float32Array.from({ length: 27 }, (_, at) => at) },
    { name: "dense.bias", shape: [3], data: Float32Array.of(1, 2, 3) },
  ]);
  const host: Host = {
    ...files,
    readBytes: async (file) =>
      file.endsWith("wide.safetensors") ? { ok: true, content: wide } : files.readBytes(file),
  };
  const example = readFileSync(path.join(root, "examples/xor.layers"), "utf8");
  // Beside it, a model that engines and zeros make a difference to.
  const text = `${example.replace(/\}\s*$/, "  compile(optimizer=sgd, loss=mse)\n}\n")}model Wide { weights "wide.safetensors"  input [9]  Dense(3) }\n`;
  const outputs = async (given: CompileOptions): Promise<string> => {
    const { files, diagnostics } = await quickCompiler.compile({ path: "xor.layers", text }, { ...given, host });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    return JSON.stringify(files.map(({ name, content }) => [name, Buffer.from(content).toString("base64")]));
  };

  test("options by that name", () => expect(compiled.length).toBeGreaterThan(3));

  test.each(compiled)("%s: another value gives other files, the first one those of none", async (name, option) => {
    const [standard, ...others] = valuesOf(option);
    const plain = await outputs({});
    expect(await outputs({ [name]: standard })).toBe(plain);
    const changed = await Promise.all(others.map((value) => outputs({ [name]: value })));
    expect(changed.some((output) => output !== plain)).toBe(true);
  });
});

/** A project with a cache and a config, to build `a.layers` in. */
function project(config: Readonly<Record<string, unknown>> = {}): Sandbox {
  return makeSandbox({
    "package.json": "{}",
    "node_modules/.keep": "",
    "a.layers": "model A",
    "a.json": "{}",
    "b.json": "{}",
    "cases.json": "{}",
    "layerc.config.json": JSON.stringify(config),
  });
}

/** Builds `a.layers`, and answers what the compiler was told. */
async function build(sandbox: Sandbox, argv: readonly string[] = []) {
  const told: CompileOptions[] = [];
  const compiler: Compiler = {
    ...fakeCompiler,
    compile(source, given = {}) {
      told.push(given);
      return fakeCompiler.compile(source, given);
    },
  };
  const given: RunOptions = { compiler, environment: { compilerId: () => "1" } };
  const run = await sandbox.run(["build", "a.layers", ...argv], given);
  return { told, run };
}

/** The values of an option, the default first; none of a path. */
function valuesOf({ values }: OptionDefinition): readonly (string | boolean)[] {
  return values === "path" ? [] : values === "switch" ? [false, true] : values;
}

/** What gives an option a value on the command line. */
function argvOf({ flag }: OptionDefinition, value: string | boolean): readonly string[] {
  if (typeof value === "string") return [flagOf(flag), value];
  return [value ? flag : `--no-${flag.slice(2)}`];
}

/** `--target` of `--target <name>` */
function flagOf(flag: string): string {
  return flag.split(" ", 1)[0] as string;
}
