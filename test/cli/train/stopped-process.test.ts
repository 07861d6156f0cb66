import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { readCheckpoint } from "../../../src/fit/checkpoint/read-checkpoint.ts";
import { irisModel, irisRows } from "./training-sandbox.ts";

/** The command as it is installed: `npm test` builds it before. */
const cli = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

beforeAll(() => {
  if (!fs.existsSync(cli)) throw new Error("dist/cli.js is missing: run npm run build first");
});

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-train-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, "iris.layers"), irisModel);
  fs.writeFileSync(path.join(folder, "iris.csv"), irisRows(500));
  return folder;
}

/** Trains without end until a line of the third epoch is printed, then sends a signal. */
async function stopInThirdEpoch(
  folder: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; stdout: string }> {
  const argv = ["train", "iris.layers", "--data", "iris.csv", "--epochs", "1000000", "--target", "typescript"];
  const child = spawn(process.execPath, [cli, ...argv], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const isFirst = !stdout.includes("Epoch 3/");
    stdout += text;
    if (isFirst && stdout.includes("Epoch 3/")) child.kill(signal);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout };
}

function goOn(folder: string, epochs: number): string {
  const argv = ["train", "iris.layers", "--data", "iris.csv", "--resume", "--epochs", String(epochs)];
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...argv], { cwd: folder, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

function checkpointIn(folder: string) {
  return readCheckpoint(fs.readFileSync(path.join(folder, "iris.checkpoint.safetensors")));
}

// Windows ends a process at once, whatever the signal is.
test.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
  "%s ends a training behind the step, with a checkpoint from which it goes on",
  async (signal) => {
    const folder = makeFolder();
    const { code, stdout } = await stopInThirdEpoch(folder, signal);
    expect(code).toBe(130);
    expect(stdout).toMatch(
      /Stopped after epoch \d+.*\nIris -> iris\.safetensors\n[^]*The same command goes on with --resume\n$/,
    );
    const { epoch } = checkpointIn(folder).progress;
    expect(epoch).toBeGreaterThanOrEqual(2);
    expect(goOn(folder, epoch + 2)).toMatch(
      new RegExp(`Going on after epoch ${epoch}[^]*\nEpoch ${epoch + 2}/${epoch + 2} - `),
    );
    expect(fs.readdirSync(folder).toSorted()).toEqual([
      "iris.checkpoint.safetensors",
      "iris.csv",
      "iris.layers",
      "iris.safetensors",
    ]);
  },
);

test("a process that is killed leaves a whole checkpoint", async () => {
  const folder = makeFolder();
  const { code } = await stopInThirdEpoch(folder, "SIGKILL");
  expect(code).toBeNull();
  const { epoch } = checkpointIn(folder).progress;
  expect(goOn(folder, epoch + 1)).toContain(`Epoch ${epoch + 1}/${epoch + 1} - `);
});
