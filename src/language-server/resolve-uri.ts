/** Whether a path of a document is a URI, because no file system has it. A drive of Windows is no scheme. */
export function isUri(path: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(path);
}

/** The URI of a path that is written in a document with a URI; undefined where that has no folders, as `untitled:` has none. */
export function resolveUri(from: string, relative: string): string | undefined {
  try {
    return new URL(relative, from).href;
  } catch {
    return undefined;
  }
}
