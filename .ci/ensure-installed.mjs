// Installs the dependencies when they are missing or are not those of package-lock.json; says so in one line. With folders as
// its arguments, those of the packages there, several at once.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folders = process.argv.length > 2 ? process.argv.slice(2) : ["."];
const atOnce = 3;

await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) await ensureInstalled(folder);
  }),
);

async function ensureInstalled(folder) {
  const root = path.join(fileURLToPath(new URL("..", import.meta.url)), folder);
  const problem = findProblem(root);
  if (problem === undefined) return;
  const where = folder === "." ? "" : ` of ${folder}`;
  // Not on stdout, which `npm pack` leaves to the name of its file.
  console.error(`Installing dependencies${where} (npm ci): ${problem} ...`);
  // npm hands its own options on to the scripts it runs: `npm pack --dry-run` installs nothing, `--omit=dev` too little.
  const options = [
    "--dry-run=false",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retries=6",
  ];
  // The package's own scripts build it, which is not asked here; those of the other folders' packages may be needed.
  const { status, output } = await npm(root, ["ci", ...options, ...(folder === "." ? ["--ignore-scripts"] : [])]);
  if (status === 0) return;
  console.error(output);
  console.error(`The dependencies${where} could not be installed. Is the npm registry reachable?`);
  process.exit(1);
}

/** Runs npm to its end. */
function npm(cwd, arguments_) {
  // The npm that runs this script, where it says so; `shell` finds npm.cmd on Windows.
  const own = process.env.npm_execpath;
  const child =
    own !== undefined && /\.[cm]?js$/.test(own)
      ? spawn(process.execPath, [own, ...arguments_], { cwd })
      : spawn("npm", arguments_, { cwd, shell: process.platform === "win32" });
  return new Promise((resolve) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", (error) => resolve({ status: undefined, output: String(error) }));
    child.once("close", (status) => resolve({ status, output }));
  });
}

/** Why the installed packages are not those of the lock file, or undefined. */
function findProblem(root) {
  const installed = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return "they are missing";
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(installed);
  for (const [name, { version, optional, dev, link }] of Object.entries(wanted)) {
    if (name === "" || link || (optional && present[name] === undefined)) continue;
    if (present[name] === undefined || !existsSync(path.join(root, name, "package.json"))) {
      return `${name.replace(/^node_modules\//, "")} is missing${dev ? " (a development dependency)" : ""}`;
    }
    if (present[name].version !== version) return `${name.replace(/^node_modules\//, "")} is not ${version}`;
  }
  return undefined;
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}
