import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { fixtureBytes, readCases } from "../../importers/support.ts";
import { hasChromium, openPage, serve, type Served } from "../chromium.ts";
import { printedCall, type PrintedCall } from "./call.ts";
import { installLayerc, makeFolder, type FreshProject } from "./project.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const createVite = path.join(here, "node_modules/create-vite/index.js");

type Dependencies = Readonly<Record<string, string>>;
interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Dependencies;
  readonly devDependencies: Dependencies;
}
const pinned = (JSON.parse(readFileSync(path.join(here, "package.json"), "utf8")) as Manifest).dependencies ?? {};

/** A project of Vite's template as `npm install` leaves it, with the versions of the package.json here: tests must not change by themselves. */
function makeProject(template: string): FreshProject {
  const parent = makeFolder();
  onTestFinished(parent.remove);
  parent.run("node", createVite, "app", "--template", template, "--no-interactive", "--no-immediate");
  const project = parent.inside("app");
  const manifest = JSON.parse(project.read("package.json")) as Manifest;
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(pinned, `package.json in ${here}`).toHaveProperty(name);
    const kind = name in manifest.devDependencies ? "devDependencies" : "dependencies";
    project.run("npm", "pkg", "set", `${kind}.${name}=${pinned[name]}`);
  }
  project.run("npm", "install");
  return project;
}

/** What Keras made of a sample. */
const recorded = readCases("models").find(({ path }) => path === "models/iris_4_16_3")!;
const sample = recorded.inputs.data.slice(0, 4);
const scores = recorded.outputs_float64.data.slice(0, 3).map((score) => Number(score).toFixed(4));

/** Puts calls behind the imports of the file that the template's page starts with: of the example, and of a trained file. */
function callModels(project: FreshProject, file: string, { load, call }: PrintedCall): void {
  project.write("src/models/iris.keras", fixtureBytes(`${recorded.path}/model.keras`));
  // As the config says that trained files are found; tsc runs before a bundler imports them.
  const config = project.read("layerc.config.ts");
  project.write("layerc.config.ts", config.replace(/(?<=^ {2}include: \[.*)\]/m, ', "src/**/*.keras"]'));

  const [imports = "", ...rest] = project.read(file).split("\n\n");
  const trained = 'import { iris } from "./models/iris.keras"';
  const show = `const scores = [...iris.forward([${sample.join(", ")}])].map((score) => score.toFixed(4));
document.title = ${call}.join() + " " + scores.join(" ");`;
  project.write(file, [`${imports}\n${load}\n${trained}`, show, ...rest].join("\n\n"));
}

/** The files of the built page by their addresses. */
function builtFiles({ folder }: FreshProject): ReadonlyMap<string, Served> {
  const root = path.join(folder, "dist");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const address = `/${path.relative(root, file)}`;
      return [address === "/index.html" ? "/" : address, { type: typeOf(file), content: readFileSync(file) }];
    }),
  );
}

function typeOf(file: string): Served["type"] {
  if (file.endsWith(".html")) return "text/html";
  return file.endsWith(".js") ? "text/javascript" : "application/octet-stream";
}

describe.runIf(hasChromium).each([
  ["react-ts", "src/main.tsx", "layerc types && tsc -b && vite build"],
  ["vanilla-ts", "src/main.ts", "layerc types && tsc && vite build"],
])("Vite's template %s", (template, main, build) => {
  test("is built with a model from the first time, and shows what it computes", async () => {
    const project = makeProject(template);
    installLayerc(project);
    callModels(project, main, printedCall(project.run("npx", "layerc", "init")));
    expect((JSON.parse(project.read("package.json")) as Manifest).scripts["build"]).toBe(build);
    project.run("npm", "run", "build");
    project.run("npm", "run", "check:models");

    const page = await openPage();
    const failures: Error[] = [];
    page.on("pageerror", (error) => failures.push(error));
    await page.goto(await serve(builtFiles(project)));
    await page.waitForFunction(`document.title === "1 ${scores.join(" ")}"`);
    // The page of the template is there too.
    expect(await page.textContent("#center")).toContain("Get started");
    expect(failures).toEqual([]);
  });
});
