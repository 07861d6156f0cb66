import path from "node:path";

/** The command for a script of `children/`, bundled beside the running one and run by the same Node. */
export function childScript(name: string, ...options: readonly string[]): readonly string[] {
  return [process.execPath, path.join(path.dirname(process.argv[1] ?? ""), "children", `${name}.js`), ...options];
}

/** The line of a process's stderr that says what went wrong. */
export function errorLine(stderr: string): string {
  const missing = /Cannot find package '([^']+)'/.exec(stderr)?.[1];
  if (missing !== undefined) return `${missing} is not installed; remove test/bench/node_modules to install it anew`;
  const lines = stderr.trim().split("\n");
  const error =
    lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
  return error ?? "its process failed";
}
