import { fileURLToPath } from "node:url";

/** The file that a URI stands for; undefined for one of another scheme, and for what is none. */
export function filePath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
