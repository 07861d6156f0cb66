import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { findMends, mayHaveDialects } from "../../src/syntax/dialects/find-mends.ts";
import { readScript } from "../../src/syntax/dialects/script.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { touch } from "./touch.ts";
import { checkMistake, mistakenPath, type Round } from "./check-mistake.ts";
import { describeRounds } from "./describe-rounds.ts";
import { printMistakes, readMistakes, type Mistake } from "./mistake-file.ts";

/**
 * Model files with one mistake each, as people make them who come from elsewhere, slip, or have not read the reference. The
 * files `*.txt` hold them by kind, with what is reported today and what its fixes make of them:
 * `npx vitest run --config test/vitest.config.ts test/mistakes -u` writes the reports anew. To add a mistake write
 * `=== what is wrong` and the source below it.
 */
const folder = new URL("./", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".txt"))
  .toSorted();

interface CheckedMistake extends Mistake {
  /** `bodies/repeat: a repeat without a count` */
  readonly name: string;
  readonly rounds: readonly Round[];
}
const corpus = new Map<string, readonly CheckedMistake[]>();

beforeAll(async () => {
  for (const file of files) {
    const mistakes: CheckedMistake[] = [];
    for (const mistake of readMistakes(readFileSync(new URL(file, folder), "utf8"))) {
      const name = `${file.replace(/\.txt$/, "")}: ${mistake.title}`;
      mistakes.push({ ...mistake, name, rounds: await checkMistake(mistake.source) });
    }
    corpus.set(file, mistakes);
  }
});

const all = (): readonly CheckedMistake[] => [...corpus.values()].flat();

/** The names of the mistakes of which a fix, or all fixes of a round, leave so many errors that `holds`. */
function whereFixesLeave(holds: (before: number, after: number) => boolean): readonly string[] {
  const isHeld = (rounds: readonly Round[]): boolean =>
    rounds.some(({ errors, leftByOne }, at) => {
      const next = rounds[at + 1];
      return [...leftByOne, ...(next === undefined ? [] : [next.errors])].some((after) => holds(errors, after));
    });
  return all()
    .filter(({ rounds }) => isHeld(rounds))
    .map(({ name }) => name);
}

test.each(files)("%s is reported as recorded", async (file) => {
  const mistakes = corpus.get(file) ?? [];
  const reported = mistakes.map((mistake) => ({ ...mistake, report: describeRounds(mistake.rounds) }));
  await expect(printMistakes(reported)).toMatchFileSnapshot(file);
});

describe("the corpus", () => {
  test("has hundreds of mistakes, each once", () => {
    expect(all().length).toBeGreaterThanOrEqual(600);
    expect(new Set(all().map(({ name }) => name)).size).toBe(all().length);
    expect(new Set(all().map(({ source }) => source)).size).toBe(all().length);
  });

  test("files are short", () => {
    const long = files.filter((file) => readFileSync(new URL(file, folder), "utf8").split("\n").length > 300);
    expect(long).toEqual([]);
  });
});

describe("every habit of another language", () => {
  test("is looked for also where the grammar finds nothing wrong", () => {
    for (const { name, source } of all()) {
      const file = { path: mistakenPath, text: source };
      const script = readScript(file);
      if (script === undefined || findMends(script) === undefined || mayHaveDialects(source)) continue;
      expect.soft(parseSource(file).diagnostics.length, name).toBeGreaterThan(0);
    }
  });
});

describe("every diagnostic", () => {
  test("has a place in the mistaken file and a message in one line", () => {
    for (const { name, rounds } of all()) {
      for (const { source, diagnostics } of rounds) {
        for (const { span, message, label = "" } of diagnostics) {
          expect.soft(span?.file, name).toBe(mistakenPath);
          expect.soft(span?.start, name).toBeGreaterThanOrEqual(0);
          expect.soft(span?.end, name).toBeGreaterThanOrEqual(span?.start ?? 0);
          expect.soft(span?.end, name).toBeLessThanOrEqual(source.length);
          expect.soft(message, name).toMatch(/^\S.*\S$/);
          expect.soft(label, name).not.toMatch(/[\r\n]/);
        }
      }
    }
  });

  test("has a fix of edits that lie in the file and don't overlap, if any", () => {
    for (const { name, rounds } of all()) {
      for (const { source, diagnostics } of rounds) {
        for (const { fix } of diagnostics) {
          for (const [at, edit] of (fix?.edits ?? []).entries()) {
            const { span } = edit;
            expect.soft(span.file, name).toBe(mistakenPath);
            expect.soft(span.start, name).toBeGreaterThanOrEqual(0);
            expect.soft(span.end, name).toBeGreaterThanOrEqual(span.start);
            expect.soft(span.end, name).toBeLessThanOrEqual(source.length);
            expect
              .soft(
                fix?.edits.slice(at + 1).some((other) => touch(edit, other)),
                name,
              )
              .toBe(false);
          }
        }
      }
    }
  });
});

describe("applying fixes", () => {
  test("changes the source", () => {
    for (const { name, rounds } of all()) {
      const sources = rounds.map(({ source }) => source);
      expect.soft(new Set(sources).size, name).toBe(sources.length);
    }
  });

  test("never leaves as many errors as before, or more", () => {
    expect(whereFixesLeave((before, after) => before > 0 && after >= before)).toEqual([]);
    expect(whereFixesLeave((before, after) => after > before)).toEqual([]);
  });
});
