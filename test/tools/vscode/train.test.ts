import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, hasErrors } from "../../../src/index.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { hasChromium } from "../chromium.ts";
import { example } from "./installed.ts";
import { withCodeServer, type Opened } from "./with-workbench.ts";
import { seen, textOf } from "./workbench.ts";

const iris = example("train/iris.layers").toString();
const plain = iris.replace(/ {2}weights .*\n/, "");
const data = { "data/other.csv": "x,y\n1,2\n", "iris.csv": example("train/iris.csv") };
const command = "Layers: Train Model...";

/** Chooses the samples, which are asked for behind the command. */
async function choose({ page }: Opened, file: string): Promise<void> {
  const row = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${file}"]`);
  await row.waitFor();
  // Those beside the model come first.
  await page.locator(".quick-input-list .monaco-list-row").first().filter({ hasText: file }).click();
}

describe.runIf(hasChromium)("training in VS Code", () => {
  const open = withCodeServer();

  test("a model is trained on a file, its curves are shown, and it is made to bind the weights", async () => {
    const opened = await open({ "iris.layers": plain, ...data });
    const { openFile, run, message, webview, path, problems } = opened;
    const source = await openFile("iris.layers");
    await run(command);
    await choose(opened, "iris.csv");
    await message(/Iris: accuracy 0\.\d+ -> (?:0\.9\d+|1\.0000); the weights are in iris\.safetensors/).waitFor();
    const curves = webview().locator("svg.layerc-curves");
    await curves.locator("[data-result=accuracy] path.layerc-training").last().waitFor();
    expect(await curves.locator("desc").textContent()).toMatch(/^100 epochs; the last one: loss 0\./);
    expect(await webview().locator("[role=status]").textContent()).toContain("Iris: accuracy");
    expect(fs.existsSync(path("iris.safetensors"))).toBe(true);

    await webview().getByRole("button", { name: 'Add weights "./iris.safetensors"' }).click();
    await seen(() => textOf(source), /model Iris \{\n {2}weights ".\/iris.safetensors"\n {2}input \[4\]/);
    await seen(problems, /No problems/);
  });

  test("a training is stopped with a whole checkpoint, and goes on from it", async () => {
    const settings = JSON.stringify({ "layerc.train.arguments": ["--epochs", "10000000"] });
    const opened = await open({ "iris.layers": iris, ...data, ".vscode/settings.json": settings });
    const { openFile, run, message, webview, path } = opened;
    await openFile("iris.layers");
    await run(command);
    await choose(opened, "iris.csv");
    const status = webview().locator("[role=status]");
    const epoch = async (): Promise<number> =>
      Number(/^Epoch (\d+)/.exec((await status.textContent()) ?? "")?.[1] ?? 0);
    const after = async (before: number): Promise<number> => {
      await expect.poll(epoch).toBeGreaterThan(before);
      return epoch();
    };
    const first = await after(0);
    const later = await after(first);
    const drawn = webview().locator("svg.layerc-curves desc");
    expect(await drawn.textContent()).toMatch(/^\d+ epochs; the last one: loss /);
    await webview().getByRole("button", { name: "Stop" }).click();
    await message(/The training of Iris was stopped; the weights are in iris\.safetensors/).waitFor();
    const { diagnostics, inlined } = await compile(
      { path: path("iris.layers"), text: iris },
      { host: createNodeHost(path("."), nodeFileSystem) },
    );
    expect([hasErrors(diagnostics), inlined.length]).toEqual([false, 1]);

    await webview().getByRole("button", { name: "Go On" }).click();
    await after(later);
    // The panel that is closed takes its training along.
    const checkpoint = (): string => fs.readFileSync(path("iris.checkpoint.safetensors")).toString("base64");
    await run("View: Close All Editors");
    await message(/was stopped/)
      .last()
      .waitFor();
    const left = checkpoint();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(checkpoint()).toBe(left);
  });

  test("what is in the way is told, with the line to add", async () => {
    const opened = await open({ "iris.layers": plain.replace(/ {2}compile\([^]*?\n {2}\)\n/, ""), ...data });
    const { openFile, run, message, page } = opened;
    const source = await openFile("iris.layers");
    await run(command);
    await choose(opened, "iris.csv");
    await message(/error\[train-not-compiled\]: Iris has no compile clause/).waitFor();
    await page
      .locator(".notification-toast")
      .getByRole("button", { name: /^Add compile/ })
      .click();
    await seen(() => textOf(source), /compile\(optimizer=adam, loss=sparse_categorical_crossentropy/);
    await run(command);
    await choose(opened, "iris.csv");
    await message(/Iris: accuracy 0\.\d+ -> 0\.\d+/).waitFor();
  });
});
