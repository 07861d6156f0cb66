import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { ModuleFiles } from "./build.ts";
import { programs } from "./programs.ts";

const worker = `import { run } from "./run-as-it-is.js";
export default { fetch: () => Response.json(run()) };
`;

/** Serves modules, which lie in a folder, as a worker; returns what it answers to a request. */
export async function askWorkerd(folder: string, files: ModuleFiles): Promise<unknown> {
  writeFileSync(path.join(folder, "worker.js"), worker);
  const modules = ["worker.js", ...files.keys()].map((name) => `(name = "${name}", esModule = embed "${name}")`);
  writeFileSync(
    path.join(folder, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [
    ${modules.join(",\n    ")},
  ],
);
`,
  );
  // It tells the port that the system chose on a file of its own.
  const server = spawn(programs.workerd, ["serve", "--control-fd=3", "worker.capnp"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let said = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  try {
    const port = await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.once("exit", (code) => reject(new Error(`workerd ended with ${code}: ${said}`)));
      createInterface(server.stdio[3] as Readable).on("line", (line) => {
        const { event, port } = JSON.parse(line) as { readonly event: string; readonly port?: number };
        if (event === "listen" && port !== undefined) resolve(port);
      });
    });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    if (!response.ok) throw new Error(`workerd answered ${response.status}: ${said}`);
    return await response.json();
  } finally {
    server.kill();
  }
}
