import { execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
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
    { cwd: project.folder, env: environment, timeout: 120_000 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Build;
}

/** Bundles `main.js` of a project again whenever something changes; the function waits for the next build that fits. */
export function watchBundle(project: Project, bundler: Bundler): (fits: (build: Build) => boolean) => Promise<Build> {
  copyFileSync(driver, path.join(project.folder, "drive.mjs"));
  const child = spawn(process.execPath, ["drive.mjs", bundler, "watch"], { cwd: project.folder, env: environment });
  onTestFinished(() => void child.kill());
  let rest = "";
  let said = "";
  let waiting: ((build: Build) => void) | undefined;
  const builds: Build[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter((one) => one.startsWith('{"ok"'))) {
      const build = JSON.parse(line) as Build;
      if (waiting === undefined) builds.push(build);
      else waiting(build);
    }
  });
  return async (fits) => {
    const seen: Build[] = [];
    const last = await new Promise<Build>((resolve, reject) => {
      const take = (build: Build): void => {
        seen.push(build);
        if (fits(build)) resolve(build);
      };
      const timeout = setTimeout(
        () => reject(new Error(`${bundler} made no such build; builds: ${JSON.stringify(seen)} ${said}`)),
        30_000,
      );
      timeout.unref();
      waiting = take;
      for (const build of builds.splice(0)) take(build);
    });
    waiting = undefined;
    // Rollup tells of a build before it watches what the build has read.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return last;
  };
}

/** The bundle that was made. */
export function bundleFile({ folder }: Project): string {
  const [module, common] = ["out/main.mjs", "out/main.cjs"].map((file) => path.join(folder, file));
  return existsSync(module as string) ? (module as string) : (common as string);
}

/** What the bundle prints in Node. */
export async function runBundle(project: Project): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [bundleFile(project)], { timeout: 30_000 });
  return stdout.trim();
}

const environment = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, NODE_ENV: undefined };
