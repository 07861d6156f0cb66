import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { npmEnvironment } from "../npm-environment.ts";
import { endProcess } from "../end-process.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** What is told to the servers, so that each takes a free port; and what they say when they listen. */
const servers = {
  "audio-worklet": { argv: ["--serve=127.0.0.1:0"], ready: /http:\/\/127\.0\.0\.1:\d+\//, then: "start" },
  "edge-worker": {
    argv: ["--socket-addr=http=127.0.0.1:0", "--control-fd=1"],
    ready: /"port": ?\d+/,
    then: "start",
  },
  train: { argv: ["--host", "127.0.0.1", "--port", "0"], ready: /http:\/\/127\.0\.0\.1:\d+\//, then: "dev" },
  "vite-digits": { argv: ["--host", "127.0.0.1", "--port", "0"], ready: /http:\/\/127\.0\.0\.1:\d+\//, then: "dev" },
} as const;

/** npm says what it needs of a run in its environment, which is not that of a newcomer's shell. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"))),
  ...npmEnvironment,
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
};

let clone = "";

beforeAll(() => {
  clone = mkdtempSync(path.join(os.tmpdir(), "layerc-clone-"));
  // As git would clone it, with what is not committed yet.
  const argv = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  for (const name of execFileSync("git", argv, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean)) {
    cpSync(path.join(root, name), path.join(clone, name), { recursive: true });
  }
});
afterAll(() => rmSync(clone, { recursive: true, force: true, maxRetries: 5 }));

const npm = (folder: string, ...argv: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync("npm", argv, { cwd: folder, encoding: "utf8", env: environment });

/** The commands of a page's first block. */
function commandsOf(folder: string): readonly string[] {
  const [, block = ""] = /```sh\n(.*?)```/s.exec(readFileSync(path.join(folder, "README.md"), "utf8")) ?? [];
  return block
    .trim()
    .split("\n")
    .map((line) => line.replace(/#.*|&$/g, "").trim());
}

test.each(["node-script", ...(Object.keys(servers) as (keyof typeof servers)[])] as const)(
  "%s installs and runs in a clone as its README says",
  async (example) => {
    const folder = path.join(clone, "examples", example);
    const [install, ...commands] = commandsOf(folder);
    expect(install).toBe("npm install");
    const installed = npm(folder, "install");
    expect(installed.status, installed.stderr).toBe(0);

    if (example === "node-script") {
      expect(commands).toEqual(["npm start", "npm run check:models"]);
      const { status, stdout, stderr } = npm(folder, "start");
      expect(status, stderr).toBe(0);
      expect(stdout).toMatch(/% {2}virginica\n$/);
      expect(npm(folder, "run", "check:models").status).toBe(0);
      return;
    }
    if (example === "train") {
      expect(commands.shift()).toBe("npm run train");
      expect(npm(folder, "run", "train").status).toBe(0);
    }
    const built = npm(folder, "run", "build");
    expect(built.status, built.stdout + built.stderr).toBe(0);
    const { then, argv, ready } = servers[example];
    expect(commands[0]).toBe(then === "start" ? "npm start" : `npm run ${then}`);
    await listens(folder, ["run", then, "--", ...argv], ready);
  },
);

/** Resolves when a server, which ends with the test, says that it listens. */
function listens(folder: string, argv: readonly string[], ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", argv, { cwd: folder, env: environment, detached: true });
    // npm's child is in its group.
    onTestFinished(() => endProcess(child, { isLeader: true }));
    let said = "";
    const listen = (text: string): void => {
      said += text;
      if (ready.test(said)) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`npm ${argv.join(" ")} ended with ${code}: ${said}`)));
  });
}
