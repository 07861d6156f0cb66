import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/language-server/commands/index.ts";
import { readSettings } from "../../src/language-server/settings.ts";

const folder = new URL("../../editors/vscode/", import.meta.url);
const read = (name: string): string => fs.readFileSync(new URL(name, folder), "utf8");

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const { contributes } = manifest;
const names = contributes.commands.map(({ command }) => command);
const readme = read("README.md");

describe("the manifest of the extension for VS Code", () => {
  test("has each command that the sources have, and no other", () => {
    const sources = fs
      .readdirSync(new URL("src/commands", folder))
      .flatMap((file) => /^ {2}name: "(layerc\.\w+)",$/m.exec(read(`src/commands/${file}`))?.[1] ?? []);
    expect(names.toSorted()).toEqual(sources.toSorted());
    const inMenus = Object.values(contributes.menus).flatMap((entries) => entries.map(({ command }) => command));
    expect(names).toEqual(expect.arrayContaining(inMenus));
  });

  test("takes the names of the server's commands for those alone that code lenses and the palette share with it", () => {
    const ofServer = commands.map(({ name }) => name);
    const index = read("src/commands/index.ts");
    const [, handled = ""] = /serverCommands[^=]*= \[([^\]]*)\]/.exec(index) ?? [];
    const shared = handled.split(", ").map((name) => `layerc.${name}`);
    expect(ofServer).toEqual(expect.arrayContaining(shared));
    expect(names.filter((name) => ofServer.includes(name)).toSorted()).toEqual(shared.toSorted());
  });

  test("lets run nothing of a folder that is not trusted", () => {
    const trusted = contributes.commands.filter(({ enablement }) => enablement === "isWorkspaceTrusted");
    expect(trusted.map(({ command }) => command)).toEqual([
      "layerc.build",
      "layerc.buildAll",
      "layerc.check",
      "layerc.train",
    ]);
  });

  test("has the settings of the server, with its defaults", () => {
    // What is not for the server.
    const {
      "layerc.trace.server": _,
      "layerc.train.arguments": __,
      ...settings
    } = contributes.configuration.properties;
    const { inlayHints, codeLens } = readSettings(undefined);
    expect(Object.fromEntries(Object.entries(settings).map(([name, { default: value }]) => [name, value]))).toEqual({
      "layerc.inlayHints.shapes": inlayHints.shapes,
      "layerc.inlayHints.parameterNames": inlayHints.parameterNames,
      "layerc.codeLens": codeLens,
    });
  });

  test("is for the editor whose types its sources are checked with", () => {
    const { devDependencies } = JSON.parse(fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    expect(manifest.engines.vscode.replace("^", "~")).toBe(devDependencies["@types/vscode"]);
  });

  test("is told in the README: every command and setting", () => {
    for (const { title } of contributes.commands) expect(readme).toContain(`| ${title} |`);
    for (const name of Object.keys(contributes.configuration.properties)) expect(readme).toContain(`| \`${name}\` |`);
  });
});
