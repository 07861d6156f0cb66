/** The URI of the folder that a client names by a path, as of Windows (`C:\models`, `\\server\models`) as of others. */
export function rootPathUri(path: string): string {
  const isWindows = /^(?:[a-z]:|\\\\)/i.test(path);
  const parts = (isWindows ? path.replaceAll("\\", "/") : path).split("/");
  const [first = "", ...rest] = parts.map((part, at) =>
    at === 0 && /^[a-z]:$/i.test(part) ? part : encodeURIComponent(part),
  );
  const encoded = [first, ...rest].join("/");
  // A share of Windows has its server at the place of the host.
  if (isWindows && encoded.startsWith("//")) return `file:${encoded}`;
  return `file://${encoded.startsWith("/") ? "" : "/"}${encoded}`;
}
