import { execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { changeUntil } from "../change-until.ts";
import { endProcess } from "../end-process.ts";
import type { Project } from "./project.ts";

export const bundlers = ["vite", "rollup", "rolldown", "esbuild", "webpack", "rspack"] as const;
export type Bundler = (typeof bundlers)[number];

/** A build of `main.js`. */
export interface Build {
  readonly ok: boolean;
  /** What the bundler says: errors, warnings. */
  readonly text: string;
}

const driver = fileURLToPath(new URL("drive.mjs", import.meta.url));

/** Bundles `main.js` of a project. The options are those of layerc's plugin. */
export async function bundle(project: Project, bundler: Bundler, options: object = {}): Promise<Build> {
  copyFileSync(driver, path.join(project.folder, "drive.mjs"));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["drive.mjs", bundler, "build", JSON.stringify(options)],
    { cwd: project.folder, env: environment },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Build;
}

/** A bundler that watches. */
export interface BundleWatch {
  /** Makes a change and waits until the bundle prints a text. */
  gives(output: string, change?: () => void): Promise<void>;
  /** Makes a change and waits until the bundler says an error with a text. */
  refuses(text: string, change: () => void): Promise<void>;
}

/** Bundles `main.js` of a project again whenever something changes. */
export function watchBundle(project: Project, bundler: Bundler): BundleWatch {
  copyFileSync(driver, path.join(project.folder, "drive.mjs"));
  const child = spawn(process.execPath, ["drive.mjs", bundler, "watch"], { cwd: project.folder, env: environment });
  onTestFinished(() => endProcess(child));
  let rest = "";
  let said = "";
  let last: Build | undefined;
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter((one) => one.startsWith('{"ok"'))) last = JSON.parse(line) as Build;
  });
  let tried: Build | undefined;
  return {
    async gives(output, change = () => undefined) {
      let printed = "";
      const fits = async (): Promise<boolean> => {
        if (last?.ok !== true || last === tried) return false;
        tried = last;
        // The next build may be writing it.
        printed = await runBundle(project).catch(String);
        return printed === output;
      };
      await changeUntil(change, fits, () => `${bundler} gives ${printed} ${JSON.stringify(last)} ${said}`);
    },
    async refuses(text, change) {
      const fits = async (): Promise<boolean> => last?.ok === false && last.text.includes(text);
      await changeUntil(change, fits, () => `${bundler} says ${JSON.stringify(last)} ${said}`);
    },
  };
}

/** The bundle that was made. */
export function bundleFile({ folder }: Project): string {
  const [module, common] = ["out/main.mjs", "out/main.cjs"].map((file) => path.join(folder, file));
  return existsSync(module as string) ? (module as string) : (common as string);
}

/** What the bundle prints in Node. */
export async function runBundle(project: Project): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [bundleFile(project)]);
  return stdout.trim();
}

const environment = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, NODE_ENV: undefined };
