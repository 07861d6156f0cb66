import type { Connection } from "vscode-languageserver";
import { within } from "../within.ts";
import { pageFileBytes } from "./page-files.ts";

/** What the server asks a page that says `readsFiles` for a file that it has not given: `{ uri }`. */
const readFileMethod = "layerc/readFile";

/** Milliseconds to wait for a file: whatever else is asked waits with it. */
const patience = 10_000;

/** A file of the page, or why there is none. */
type AskedFile = { readonly bytes: Uint8Array } | { readonly reason: string };

const noFile: AskedFile = { reason: "no such file" };
const noAnswer: AskedFile = { reason: "the page has not answered" };

/** Asks the page for files. One that it leaves unanswered is waited for once, until it is answered; the answer is then the next read's. */
export function createAskPage(connection: Connection): (uri: string) => Promise<AskedFile> {
  const unanswered = new Set<string>();
  const late = new Map<string, AskedFile>();
  return async (uri) => {
    if (unanswered.has(uri)) return noAnswer;
    const known = late.get(uri);
    late.delete(uri);
    if (known !== undefined) return known;
    const asked = ask(uri, connection);
    const answered = await within(patience, asked);
    if (answered !== undefined) return answered;
    unanswered.add(uri);
    void asked.then((file) => {
      unanswered.delete(uri);
      late.set(uri, file);
    });
    return noAnswer;
  };
}

/** Never rejects: a page that fails to answer has no such file. */
async function ask(uri: string, connection: Connection): Promise<AskedFile> {
  try {
    const bytes = pageFileBytes(await connection.sendRequest(readFileMethod, { uri }));
    return bytes === undefined ? noFile : { bytes };
  } catch {
    return noFile;
  }
}
