import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  denseWeights,
  layerc,
  leftovers,
  makeProject,
  outputsOf,
  startLayerc,
  tenModels,
  writeFiles,
} from "./project.ts";

const argv = ["build", "*.layers", "--weights", "file", "--out-dir", "o"];

test.each([
  ["into a new folder", []],
  ["without a cache", ["--no-cache"]],
])("ten builds at once on the same folder give what one gives, %s", async (_, options) => {
  const alone = makeProject(tenModels(2));
  layerc(alone, argv);
  const project = makeProject({ "package.json": "{}", "node_modules/.keep": "", ...tenModels(1) });
  if (options.length > 0) expect(layerc(project, argv).status).toBe(0);
  writeFiles(project, tenModels(2));

  const builds = Array.from({ length: 10 }, () => startLayerc(project, [...argv, ...options]).done);
  for (const { status, stderr } of await Promise.all(builds))
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(outputsOf(path.join(project, "o"))).toEqual(outputsOf(path.join(alone, "o")));
  expect(leftovers(project)).toEqual([]);
  expect(layerc(project, [...argv, "--check"])).toMatchObject({ status: 0, stdout: "" });
});

test("weights that are written while builds read them give one state or the other, or a message", async () => {
  const [inputs, units] = [256, 256];
  const states = [1, 2].map((value) => {
    const project = makeProject({
      "m.layers": `model M {\n  weights "m.safetensors"\n  input [${inputs}]\n  Dense(${units})\n}\n`,
      "m.safetensors": denseWeights(inputs, units, value),
    });
    expect(layerc(project, argv).status).toBe(0);
    return { project, outputs: outputsOf(path.join(project, "o")) };
  });
  const [first, second] = states;
  if (first === undefined || second === undefined) throw new Error("two states were made");
  const { project } = first;
  const copies = states.map(({ project: from }, index) => {
    const copy = path.join(project, `state${index}`);
    fs.copyFileSync(path.join(from, "m.safetensors"), copy);
    return copy;
  });

  // Another program overwrites the file in place, a part at a time, now with one state and now with the other.
  const writer = spawn(process.execPath, ["-e", writeForever, path.join(project, "m.safetensors"), ...copies], {
    stdio: "inherit",
  });
  onTestFinished(() => void writer.kill("SIGKILL"));

  const seen = { fine: 0, refused: 0 };
  for (let time = 0; time < 12; time++) {
    const before = outputsOf(path.join(project, "o"));
    const { status, stderr } = layerc(project, argv);
    const after = outputsOf(path.join(project, "o"));
    if (status === 0) {
      seen.fine += 1;
      expect([first.outputs, second.outputs]).toContainEqual(after);
    } else {
      seen.refused += 1;
      expect(stderr).toMatch(/^error\[(?:input-keeps-changing|weights-damaged|weights-\w+)\]: .*m\.safetensors/);
      expect(after).toEqual(before);
    }
  }
  writer.kill("SIGKILL");
  console.log(`of 12 builds ${seen.fine} gave a state, ${seen.refused} a message`);

  fs.copyFileSync(copies[1] as string, path.join(project, "m.safetensors"));
  expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
  expect(outputsOf(path.join(project, "o"))).toEqual(second.outputs);
});

/** Writes two states over a file by turns: 64 kB and then 20 ms of nothing, and a rest of random length after each state. */
const writeForever = `
const fs = require("node:fs");
const [target, ...copies] = process.argv.slice(1);
const states = copies.map((copy) => fs.readFileSync(copy));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  for (let turn = 0; ; turn++) {
    const state = states[turn % 2];
    const file = fs.openSync(target, "r+");
    for (let at = 0; at < state.length; at += 65536) {
      fs.writeSync(file, state, at, Math.min(65536, state.length - at), at);
      await sleep(20);
    }
    fs.closeSync(file);
    await sleep(Math.random() * 1500);
  }
})();
`;
