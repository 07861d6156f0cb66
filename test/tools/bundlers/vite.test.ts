import { spawn } from "node:child_process";
import type { SourceMapPayload } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { hasChromium, openPage } from "../chromium.ts";
import { changeUntil } from "../change-until.ts";
import { endProcess } from "../end-process.ts";
import { originOf } from "./origin-of.ts";
import { createProject, type Project } from "./project.ts";
import { blocks, changed, hiddenLine, sample, weights } from "./sample.ts";

/** A page that shows what `Used` makes of 1 and 2; it takes new models without a reload, and counts its loads. */
const page = {
  "index.html": '<!doctype html><output></output><script type="module" src="/page.js"></script>',
  "page.js": `import { used } from "./models/two.layers";

const show = (model) => {
  document.querySelector("output").textContent = [...model.forward([1, 2])].join(" ");
};
show(used);
globalThis.loads = (globalThis.loads ?? 0) + 1;
import.meta.hot?.accept("./models/two.layers", (module) => module && show(module.used));
`,
};

/** A page without a handler of its own: it is loaded again. */
const plainPage = { ...page, "page.js": page["page.js"].replace(/^import\.meta.*$/m, "") };

const server = `import { createServer } from "vite";
import layerc from "layerc/vite";
const server = await createServer({ configFile: false, plugins: [layerc()], server: { port: 0, host: "127.0.0.1" } });
await server.listen();
console.log("at " + server.resolvedUrls.local[0]);
`;

/** Starts Vite's development server in a project; the origin, and what it printed so far. */
async function serve(project: Project): Promise<{ readonly origin: string; said(): string }> {
  project.write("serve.mjs", server);
  const child = spawn(process.execPath, ["serve.mjs"], {
    cwd: project.folder,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, NODE_ENV: undefined },
  });
  onTestFinished(() => endProcess(child));
  let said = "";
  const origin = await new Promise<string>((resolve, reject) => {
    const listen = (text: string): void => {
      said += text;
      const found = /^at (\S+)\/$/m.exec(said);
      if (found !== null) resolve(found[1] as string);
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.once("exit", (code) => reject(new Error(`Vite ended with ${code}: ${said}`)));
  });
  return { origin, said: () => said };
}

async function open(files: object): Promise<{ readonly project: Project; readonly tab: Page; said(): string }> {
  const project = createProject({ ...sample, ...files });
  const { origin, said } = await serve(project);
  const tab = await openPage();
  await tab.goto(origin);
  return { project, tab, said };
}

/** Makes a change and waits until the page shows a text. */
async function shows(tab: Page, text: string, change = (): void => undefined): Promise<void> {
  // The page may be loading.
  const shown = (): Promise<unknown> => tab.evaluate(`document.querySelector("output")?.textContent`).catch(String);
  let last: unknown;
  await changeUntil(
    change,
    async () => (last = await shown()) === text,
    () => `the page shows ${String(last)}`,
  );
}

/** Makes a change and waits for Vite's overlay, which is given as text. */
async function overlay(tab: Page, change = (): void => undefined): Promise<string> {
  const window = `document.querySelector("vite-error-overlay")?.shadowRoot.querySelector(".window").innerText ?? ""`;
  let text = "";
  const look = async (): Promise<boolean> => (text = await tab.evaluate<string>(window).catch(() => "")) !== "";
  await changeUntil(change, look, () => "there is no overlay");
  return text;
}

describe.runIf(hasChromium)("Vite's development server", () => {
  test("takes an edited model, import and weight file into the running page", async () => {
    const { project, tab } = await open(page);
    await shows(tab, "6 12");
    await shows(tab, "10 20", () => project.write("models/used.safetensors", weights(5)));
    await shows(tab, "20 40", () => project.write("models/blocks.layers", blocks.replace("2", "4")));
    const longer = changed("  Tail()", "  Tail()\n  Rescaling(10)");
    await shows(tab, "200 400", () => project.write("models/two.layers", longer));
    await shows(tab, "40 80", () => project.write("models/used.safetensors", weights(1)));
    expect(await tab.evaluate("globalThis.loads")).toBe(1);
  });

  test("loads a page again that takes no new models", async () => {
    const { project, tab } = await open(plainPage);
    await shows(tab, "6 12");
    await tab.evaluate("globalThis.before = true");
    await shows(tab, "10 20", () => project.write("models/used.safetensors", weights(5)));
    expect(await tab.evaluate("globalThis.before")).toBe(undefined);
  });

  test("shows an error with its lines over the page, and the page when it is mended", async () => {
    const { project, tab, said } = await open(page);
    await shows(tab, "6 12");
    const misspelt = changed("Dense(2)", "Densee(2)");
    const text = await overlay(tab, () => project.write("models/two.layers", misspelt));
    expect(text).toContain("[plugin:layerc] error[unknown-layer]: There is no layer, block or model 'Densee'");
    expect(text).toContain(`${hiddenLine} |   hidden: Densee(2)`);
    expect(text).toContain("^^^^^^");
    expect(text).toContain("did you mean 'Dense'?");
    expect(text).toContain(`models/two.layers:${hiddenLine}:10`);
    expect(text).not.toContain("node_modules");
    expect(said()).toContain(`${hiddenLine} |   hidden: Densee(2)`);

    const mended = changed("Dense(2)", "Dense(2, activation=linear)");
    await changeUntil(
      () => project.write("models/two.layers", mended),
      async () =>
        (await tab
          .locator("vite-error-overlay")
          .count()
          .catch(() => 1)) === 0,
      () => "the overlay stays",
    );
    await shows(tab, "14 28", () => project.write("models/used.safetensors", weights(7)));
  });

  test("a page that failed at first works when another file is mended", async () => {
    const { project, tab } = await open({ ...page, "models/blocks.layers": "block Tail() {\n  Rescalin(2)\n}\n" });
    const text = await overlay(tab);
    expect(text).toContain("did you mean 'Rescaling'?");
    expect(text).toContain("models/blocks.layers:2:2");
    await shows(tab, "6 12", () => project.write("models/blocks.layers", blocks));
  });

  test("a weight file that was missing is noticed when it comes", async () => {
    const { "models/used.safetensors": missing, ...rest } = sample;
    const project = createProject({ ...rest, ...page });
    const { origin } = await serve(project);
    const tab = await openPage();
    await tab.goto(origin);
    expect(await overlay(tab)).toContain("used.safetensors");
    await shows(tab, "6 12", () => project.write("models/used.safetensors", missing as Uint8Array));
  });

  test("takes a changed config", async () => {
    const { project, tab } = await open({ ...page, "layerc.config.json": '{ "target": "wasm" }' });
    await shows(tab, "6 12");
    const served = async (): Promise<string> =>
      (await tab.evaluate(`fetch("/models/two.layers?import&t=" + Date.now()).then((r) => r.text())`)) as string;
    expect(await served()).toContain("WebAssembly");
    await changeUntil(
      () => project.write("layerc.config.json", '{ "target": "typescript" }'),
      async () => !(await served()).includes("WebAssembly"),
      () => "the config is that of before",
    );
  });

  test("maps the served module to the lines of the model", async () => {
    const { tab } = await open(page);
    await shows(tab, "6 12");
    const code = (await tab.evaluate(`fetch("/models/two.layers?import").then((r) => r.text())`)) as string;
    const data = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(code)?.[1] ?? "";
    const map = JSON.parse(Buffer.from(data, "base64").toString()) as SourceMapPayload;
    expect(map.sourcesContent[map.sources.indexOf("two.layers")]).toBe(sample["models/two.layers"]);
    const { originalSource, originalLine } = originOf(/\b6 \* \w/, code, map);
    expect(originalSource).toBe("two.layers");
    expect(originalLine + 1).toBe(hiddenLine);

    // The browser's debugger has it.
    const session = await tab.context().newCDPSession(tab);
    const scripts: { readonly scriptId: string; readonly url: string; readonly sourceMapURL?: string }[] = [];
    session.on("Debugger.scriptParsed", (script) => scripts.push(script));
    await session.send("Debugger.enable");
    expect(scripts.find(({ url }) => url.includes("two.layers"))?.sourceMapURL).toContain("base64");
  });
});
