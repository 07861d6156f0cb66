import { execFile, spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The server of VS Code that is in the package code-server; it needs nothing built for the machine. */
const vscode = fileURLToPath(new URL("node_modules/code-server/lib/vscode/", import.meta.url));
const serverMain = path.join(vscode, "out/server-main.js");

/** A VS Code that runs, with an extension installed. */
export interface CodeServer {
  /** Makes a folder with some files; answers its path. */
  addFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string;
  /** The page with the editor of a folder. */
  urlOf(folder: string): string;
  stop(): Promise<void>;
}

/** Its settings are those of somebody who has set nothing, but for what would get in the way of a test. */
const settings = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "git.enabled": false,
  "chat.commandCenter.enabled": false,
  "files.autoSave": "off",
};

/** Starts it with the extension in a `.vsix`, and some more settings. */
export async function startCodeServer(vsix: string, own: Readonly<Record<string, unknown>> = {}): Promise<CodeServer> {
  const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-vscode-")));
  const data = path.join(base, "data");
  write(path.join(data, "User/settings.json"), JSON.stringify({ ...settings, ...own }));
  linkModules();

  const extensions = path.join(base, "extensions");
  const places = ["--server-data-dir", data, "--user-data-dir", data, "--extensions-dir", extensions];
  const arguments_ = [serverMain, "--accept-server-license-terms", ...places];
  // As the extension host would be told by an editor in whose terminal the tests run.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VSCODE|NODE_OPTIONS|VITEST)/.test(name)),
  );
  await promisify(execFile)(process.execPath, [...arguments_, "--install-extension", vsix], { env });
  const listening = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token"];
  const server = spawn(process.execPath, [...arguments_, ...listening], { env, stdio: ["ignore", "pipe", "pipe"] });
  const port = await portOf(server);
  return {
    addFolder(name, files) {
      const folder = path.join(base, name);
      for (const [file, content] of Object.entries(files)) write(path.join(folder, file), content);
      return folder;
    },
    urlOf: (folder) => `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      fs.rmSync(base, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

/** The server looks for its packages beside itself; they are installed where those of the test are. */
function linkModules(): void {
  // Of the extensions it is TypeScript's that have packages: the language server of the generated modules.
  for (const [folder, target] of [
    [vscode, "../../.."],
    [path.join(vscode, "extensions"), "../../../.."],
  ] as const) {
    try {
      fs.symlinkSync(target, path.join(folder, "node_modules"), "dir");
    } catch (error) {
      // Another test file, or an earlier run, has made it.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (text: string): void => {
      said += text;
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    };
    server.stdout?.setEncoding("utf8").on("data", listen);
    server.stderr?.setEncoding("utf8").on("data", listen);
    server.once("exit", () => reject(new Error(`the server has ended:\n${said}`)));
  });
}

function write(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
