/** How far into a file its origin is looked for, bytes. */
const reach = 1024;

/** Whether layerc wrote a module: its first line is a comment that names layerc. Other files are never overwritten. */
export function isGenerated(content: Uint8Array): boolean {
  const [firstLine = ""] = new TextDecoder().decode(content.subarray(0, reach)).split(/\r?\n/, 1);
  return /^(\/\/|\/\*).*\blayerc\b/.test(firstLine);
}
