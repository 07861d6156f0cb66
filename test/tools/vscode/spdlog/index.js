import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

export function setFlushOn() {}

export async function createAsyncRotatingLogger(_name, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  let isPlain = false;
  const write = (level) => (message) => {
    appendFileSync(file, isPlain ? message : `${new Date().toISOString()} [${level}] ${message}\n`);
  };
  const levels = ["trace", "debug", "info", "warn", "error", "critical"];
  return {
    ...Object.fromEntries(levels.map((level) => [level, write(level)])),
    setLevel() {},
    setPattern() {},
    clearFormatters() {
      isPlain = true;
    },
    flush() {},
    drop() {},
  };
}
