import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** An engine that runs one script, which prints a line of JSON. */
export interface EngineProgram {
  readonly name: string;
  /** Which of the engines that layerc knows it is. */
  readonly engine: "v8" | "jsc" | "spidermonkey" | "interpreter";
  /** The command for a script's file; `page` engines open a page instead. */
  readonly command: (script: string) => readonly string[];
  /** What the command needs. */
  readonly files: readonly string[];
  /** Opens a page that has the script, in place of the script. */
  readonly isBrowser?: true;
}

// The benchmarks run at the root of the repository.
const runtimes = path.resolve("test/tools/runtimes");
const installed = (file: string): string => path.join(runtimes, "node_modules", file);
const node24 = installed("node24/bin/node");

/** The engines of the tests of runtimes: those that are there, with a word about the others. */
export function enginePrograms(names: readonly string[] | undefined): readonly EngineProgram[] {
  const ensure = path.resolve(".ci/ensure-installed.mjs");
  spawnSync(process.execPath, [ensure, "test/tools/runtimes"], { stdio: "inherit" });
  const unknown = names?.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new Error(`no engine ${unknown}; there are ${all.map(({ name }) => name).join(", ")}`);
  return all.filter(({ name, files }) => {
    if (names !== undefined && !names.includes(name)) return false;
    const missing = files.filter((file) => !existsSync(file));
    if (missing.length > 0) console.error(`without ${name}: there is no ${missing.join(", ")}`);
    return missing.length === 0;
  });
}

function program(name: string, engine: EngineProgram["engine"], file: string): EngineProgram {
  return { name, engine, command: (script) => [file, script], files: [file] };
}

const quickjs = path.join(runtimes, "quickjs.mjs");
const firefox = "/usr/bin/firefox-esr";

const all: readonly EngineProgram[] = [
  program("node24", "v8", node24),
  program("node20", "v8", installed("node20/bin/node")),
  program("bun", "jsc", installed("@oven/bun-linux-x64-baseline/bin/bun")),
  program("webkitgtk", "jsc", "/usr/bin/jsc"),
  {
    name: "firefox",
    engine: "spidermonkey",
    command: (url) => [node24, path.join(runtimes, "firefox.mjs"), firefox, url],
    files: [node24, firefox],
    isBrowser: true,
  },
  program("hermes", "interpreter", installed("hermes-engine-cli/linux64-bin/hermes")),
  {
    name: "quickjs",
    engine: "interpreter",
    command: (script) => [node24, quickjs, script],
    files: [node24, installed("quickjs-emscripten/package.json")],
  },
];
