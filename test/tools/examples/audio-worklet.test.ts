import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { compile } from "../../../src/index.ts";
import { modelOf, runModule } from "../../targets/support/run-module.ts";
import { hasChromium, openPage } from "../chromium.ts";
import { installExample } from "./project.ts";

const folder = fileURLToPath(new URL("../../../examples/audio-worklet/src/", import.meta.url));

/** From -4 to 4, over several blocks of 128 samples, the last one not full. */
const ramp = Array.from({ length: 1000 }, (_, at) => Math.fround((at - 500) / 125));
/** What train.mjs teaches the network. */
const curve = (x: number): number => (x < 0 ? 0.8 * Math.tanh(x / 0.8) : Math.tanh(x));

/** Plays the ramp through the worklet, in the second channel at half the loudness. */
const render = `(async () => {
  const ramp = ${JSON.stringify(ramp)};
  const context = new OfflineAudioContext(2, ramp.length, 48000);
  await context.audioWorklet.addModule("dist/processor.js");
  const buffer = new AudioBuffer({ numberOfChannels: 2, length: ramp.length, sampleRate: 48000 });
  buffer.copyToChannel(Float32Array.from(ramp), 0);
  buffer.copyToChannel(Float32Array.from(ramp, (x) => x / 2), 1);
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(new AudioWorkletNode(context, "tape")).connect(context.destination);
  source.start();
  const rendered = await context.startRendering();
  return [0, 1].map((channel) => [...rendered.getChannelData(channel)]);
})()`;

test.runIf(hasChromium)("the worklet gives what the model gives, and the page plays and shows it", async () => {
  const project = installExample("audio-worklet");
  project.run("build");
  const url = await project.start("esbuild", ["--serve=127.0.0.1:0", "--servedir=www"], /http:\/\/127\.0\.0\.1:\d+\//);

  const page = await openPage();
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(url);

  const [left, right] = (await page.evaluate(render)) as readonly (readonly number[])[];
  const tape = await compileTape();
  ramp.forEach((x, at) => {
    // An engine's tanh may differ from another's in the last digit.
    expect(Math.abs(left![at]! - tape.forward([x])[0]!)).toBeLessThan(1e-6);
    expect(Math.abs(right![at]! - tape.forward([x / 2])[0]!)).toBeLessThan(1e-6);
    expect(Math.abs(left![at]! - curve(x))).toBeLessThan(1e-3);
  });

  const level = (id: string): string => `document.querySelector("#${id}").value`;
  expect(await page.evaluate(level("after"))).toBe(-60);
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(`${level("before")} > -6 && ${level("after")} > -6`);
  await page.getByLabel("Drive").fill("16");
  // The tape lets nothing above 1, which is 0 dB, whatever comes in.
  await page.waitForFunction(`${level("before")} > 6 && ${level("after")} <= 0.1`);
  expect(await page.locator("#drive-text").textContent()).toBe("16 dB");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.waitForFunction(`${level("before")} === -60 && ${level("after")} === -60`);
  expect(problems).toEqual([]);
});

async function compileTape(): Promise<ReturnType<typeof modelOf>> {
  const source = { path: "tape.layers", text: readFileSync(`${folder}tape.layers`, "utf8") };
  const { files } = await compile(source, { emit: "js", host: createNodeHost(folder, nodeFileSystem) });
  return modelOf(await runModule(files[0]!.content as string), "tape");
}

test("the training gives the curve", () => {
  const project = installExample("audio-worklet");
  const file = `${project.folder}/src/tape.safetensors`;
  const committed = readFileSync(file);
  rmSync(file);
  const [, difference] = /^largest difference from the curve: (0\.\d+)$/.exec(project.run("train").trim()) ?? [];
  expect(Number(difference)).toBeLessThan(1e-3);
  expect(readFileSync(file).length).toBe(committed.length);
  project.run("build:models");
});
