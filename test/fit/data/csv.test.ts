import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxShownBytes } from "../../../src/fit/limits.ts";
import { dataFile, readText, wantedData } from "./read-text.ts";

const header = "sepal_length,sepal_width,petal_length,petal_width,species";

/** A file of samples of iris. */
function iris(...rows: readonly string[]): string {
  return [header, ...rows, ""].join("\n");
}

describe("samples of a CSV file", () => {
  test("inputs are the columns but the last, targets numbers of its labels", async () => {
    const { samples, printed } = await readText(dataFile(iris("5.1,3.5,1.4,0.2,setosa", "6,3,4.8,1.8,virginica")));
    expect(printed).toBe("");
    expect(samples).toEqual([
      { inputs: [5.1, 3.5, 1.4, 0.2].map(Math.fround), targets: [0], weight: 1 },
      { inputs: [6, 3, 4.8, 1.8].map(Math.fround), targets: [2], weight: 1 },
    ]);
  });

  test("the target is the column that is called like one, weights are sample_weight, a column without a name is none", async () => {
    const text = "a,b,label,c,d,sample_weight,\n1,2,setosa,3,4,0.5,9\n";
    expect((await readText(dataFile(text))).samples).toEqual([{ inputs: [1, 2, 3, 4], targets: [0], weight: 0.5 }]);
  });

  test("columns are taken in the order in which they are chosen, and numbers may be inputs and targets at once", async () => {
    const wanted = wantedData({ loss: "mean_squared_error", inputShape: [2], outputShape: [2], labels: [] });
    const choice = { inputs: ["c", "a"], targets: ["a", "b"] };
    expect((await readText(dataFile("a,b,c\n1,2,3\n"), wanted, choice)).samples).toEqual([
      { inputs: [3, 1], targets: [1, 2], weight: 1 },
    ]);
  });

  test("a loss that takes several numbers has the last columns", async () => {
    const wanted = wantedData({ loss: "mean_squared_error", inputShape: [2], outputShape: [2], labels: [] });
    expect((await readText(dataFile("a,b,y,z\n1,2,3,4\n"), wanted)).samples).toEqual([
      { inputs: [1, 2], targets: [3, 4], weight: 1 },
    ]);
  });

  test("a class becomes a number for each class where the loss takes those, or the file has them", async () => {
    const wanted = wantedData({ loss: "categorical_crossentropy" });
    expect((await readText(dataFile(iris("1,2,3,4,versicolor")), wanted)).samples?.[0]?.targets).toEqual([0, 1, 0]);
    const columns = "a,b,c,d,is_a,is_b,is_c\n1,2,3,4,True,False,0.5\n";
    expect((await readText(dataFile(columns), wanted)).samples?.[0]?.targets).toEqual([1, 0, 0.5]);
  });

  test("labels that are numbers are words, others are counted from 0", async () => {
    const numbers = wantedData({ labels: ["7", "8", "9"] });
    expect(
      (await readText(dataFile(iris("1,2,3,4,8", "1,2,3,4,9.0")), numbers)).samples?.map((s) => s.targets),
    ).toEqual([[1], [2]]);
    expect((await readText(dataFile(iris("1,2,3,4,1")), numbers)).codes).toEqual(["data-class-unknown"]);
    expect((await readText(dataFile(iris("1,2,3,4,2", "1,2,3,4,setosa")))).samples?.map((s) => s.targets)).toEqual([
      [2],
      [0],
    ]);
    expect((await readText(dataFile(iris("1,2,3,4,3")))).codes).toEqual(["data-class-unknown"]);
  });

  test("true and false are labels of these names, in capitals or not, and no numbers of classes", async () => {
    const truths = wantedData({ outputShape: [2], labels: ["false", "true"] });
    const rows = iris("1,2,3,4,True", "1,2,3,4,FALSE", "1,2,3,4,true", "1,2,3,4,0");
    expect((await readText(dataFile(rows), truths)).samples?.map((s) => s.targets)).toEqual([[1], [0], [1], [0]]);
    const capitals = wantedData({ outputShape: [2], labels: ["True", "False"] });
    expect((await readText(dataFile(iris("1,2,3,4,false")), capitals)).samples?.map((s) => s.targets)).toEqual([[1]]);
    const words = wantedData({ outputShape: [2], labels: ["yes", "no"] });
    expect((await readText(dataFile(iris("1,2,3,4,true")), words)).printed).toContain(
      "Column 'species' has the text 'true', expected a label of Iris",
    );
    const none = wantedData({ outputShape: [2], labels: [] });
    expect((await readText(dataFile(iris("1,2,3,4,True", "1,2,3,4,False")), none)).printed).toContain(
      'name the classes in the model: labels ["False", "True"]',
    );
  });

  test.each([
    ["semicolons, CRLF and a byte order mark", "\ufeffa;b;c;d;label\r\n1;2;3;4;setosa\r\n"],
    ["tabs and no line end", "a\tb\tc\td\tlabel\n1\t2\t3\t4\tsetosa"],
    ["quotes and line ends in them", '"a","b\nb",c,d,"la""bel"\n"1",2,"3",4,"setosa"\n'],
    ["spaces and empty lines", "a, b, c, d, label\n\n 1, 2 ,3,4 , setosa \n,,,,\n   \n"],
    ["line ends of old", "a,b,c,d,label\r1,2,3,4,setosa\r"],
    ["line ends of several kinds", "a,b,c,d,label\r\n1,2,3,4,setosa\n"],
    ["quotes before line ends of several kinds", '"a","b","c","d","label"\n1,2,3,4,"setosa"\r\n\r\n'],
    ["line ends of old, and a new one at the end", "a,b,c,d,label\r1,2,3,4,setosa\r\n"],
    ["names that are true and false", "a,true,false,d,label\n1,2,3,4,setosa\n"],
    ["a name that begins as an archive does", "PK,b,c,d,label\n1,2,3,4,setosa\n"],
    ["names in brackets", "[a],[b],[c],[d],[label]\n1,2,3,4,setosa\n"],
    ["names in brackets with a unit behind them", "[a] cm;b;c;d;label\n1;2;3;4;setosa\n"],
    ["names in braces", "{a},{b},{c},{d},{label}\n1,2,3,4,setosa\n"],
    ["columns that are counted", "0,1,2,3,4\n1,2,3,4,setosa\n"],
  ])("%s", async (_, text) => {
    expect(await readText(dataFile(text, 5))).toMatchObject({
      printed: "",
      samples: [{ inputs: [1, 2, 3, 4], targets: [0], weight: 1 }],
    });
  });

  test("any cells, however they are quoted and in whatever pieces the file comes, and the place of each that is wrong", async () => {
    const cell = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
      fc.string({ unit: fc.constantFrom(...'a,\n"; ') }),
    );
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    const ends = fc.array(fc.constantFrom("\n", "\r\n", "\r"), { minLength: 8, maxLength: 8 });
    const wanted = wantedData({ loss: "mean_squared_error", inputShape: [1], outputShape: [1], labels: [] });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        ends,
        async (table, pieceBytes, always, endOf) => {
          const quoted = (text: string): string =>
            always || /[",\n;]/.test(text) || text.startsWith(" ") ? `"${text.replaceAll('"', '""')}"` : text;
          let text = "first,second";
          const cells = table.flatMap((row, at) =>
            row.map((content, column) => {
              text += column > 0 ? "," : at === 0 ? "\n" : endOf[at];
              const start = text.length;
              text += quoted(content);
              return { content, start, end: text.length, isInRow: row.some((one) => one.trim() !== "") };
            }),
          );
          const { samples, spans } = await readText(dataFile(text, pieceBytes), wanted);
          const isNumber = (one: string): boolean => one.trim() !== "" && Number.isFinite(Number(one));
          // Rows without anything are none.
          const filled = cells.filter(({ isInRow }) => isInRow);
          const wrong = filled.filter(({ content }) => !isNumber(content));
          const [first] = wrong;
          if (first !== undefined) expect(spans[0]).toEqual({ file: "iris.csv", start: first.start, end: first.end });
          else if (filled.length > 0) {
            expect(samples?.flatMap(({ inputs, targets }) => [...inputs, ...targets])).toEqual(
              filled.map(({ content }) => Math.fround(Number(content))),
            );
          }
        },
      ),
    );
  });
});

describe("what is wrong with a CSV file", () => {
  test("mistakes of one kind and column are one report, with the line and column of the first", async () => {
    const text = iris(
      "5,3,1,0.2,setosa",
      "5,abc,1,0.2,rosa",
      "5,3,1,,setosa",
      '5,"d,e",1,0.2,setosa',
      "5,x,1,0.2,setosa",
    );
    const { printed } = await readText(dataFile(text));
    expect(`\n${printed}`).toBe(`
error[data-cell-not-number]: Column 'sepal_width' has the text 'abc', expected a number (and in 2 more places)
  ┌─ iris.csv:3:3
3 │ 5,abc,1,0.2,rosa
  │   ^^^
5 │ 5,"d,e",1,0.2,setosa
  │   ----- here, too
6 │ 5,x,1,0.2,setosa
  │   - here, too

error[data-class-unknown]: Column 'species' has the text 'rosa', expected a label of Iris
  ┌─ iris.csv:3:13
3 │ 5,abc,1,0.2,rosa
  │             ^^^^
  = help: Iris has the labels 'setosa', 'versicolor', 'virginica'

error[data-cell-missing]: Column 'petal_width' has no value, expected a number
  ┌─ iris.csv:4:7
4 │ 5,3,1,,setosa
  │       ^
  = help: leave such rows out, or write a number that stands for it, such as the mean of the column
`);
  });

  test("in rows of different line ends has its place", async () => {
    const rows = Array.from({ length: 150 }, () => "5,3,1,0.2,setosa");
    const text = `${header}\r\n${rows.join("\n")}\r\n5,x,1,0.2,"setosa"\r\n5,3,1,2,"setosa"x\n`;
    const shown = await readText(dataFile(text, 400));
    expect(shown.printed).toContain("iris.csv:152:3\n");
    expect(shown.printed).toContain("iris.csv:153:9\n");
    const long = await readText({
      ...dataFile(text.replaceAll("0.2,setosa\n", "0.2,setosa\r")),
      bytes: maxShownBytes + 1,
    });
    expect(long.printed).toContain("Line 152: column 'sepal_width' has the text 'x'");
  });

  test.each([
    ["NaN", "data-cell-missing", "has no value ('NaN'), expected a number"],
    ["?", "data-cell-missing", "has no value ('?'), expected a number"],
    ["Infinity", "data-cell-not-number", "has Infinity, which float32 can't hold, expected a number"],
    ["1e39", "data-cell-not-number", "has 1e39, which float32 can't hold, expected a number"],
    ['"0,2"', "data-cell-not-number", "a decimal point and no separators, as in 1234.5"],
    ["0.2 cm", "data-cell-not-number", "has the text '0.2 cm', expected a number"],
  ])("%s in a column of numbers", async (cell, code, message) => {
    const { codes, printed } = await readText(dataFile(iris(`5,3,1,${cell},setosa`)));
    expect(codes).toEqual([code]);
    expect(printed).toContain(message);
  });

  test("a label nearly written, and words where the model has no labels", async () => {
    expect((await readText(dataFile(iris("5,3,1,2,setsa")))).printed).toContain("did you mean 'setosa'?");
    const text = iris("5,3,1,2,owl", "5,3,1,2,cat", "5,3,1,2,dog");
    expect((await readText(dataFile(text), wantedData({ labels: [] }))).printed).toContain(
      'name the classes in the model: labels ["cat", "dog", "owl"]',
    );
    const fewer = iris("5,3,1,2,owl", "5,3,1,2,cat");
    expect((await readText(dataFile(fewer), wantedData({ labels: [] }))).printed).toContain(
      'name the classes in the model: labels ["cat", "owl", ...], one for each of its 3 outputs, or end it with 2',
    );
  });

  test("shares beyond 0 and 1", async () => {
    const wanted = wantedData({ loss: "binary_crossentropy", outputShape: [1], labels: [] });
    expect((await readText(dataFile(iris("1,2,3,4,2")), wanted)).printed).toContain(
      "has 2, expected a number from 0 to 1",
    );
    expect((await readText(dataFile(iris("1,2,3,4,yes")), wanted)).printed).toContain(
      "write 1 for the one class and 0 for the other, or true and false",
    );
  });

  test("classes that count from 1", async () => {
    const { printed } = await readText(dataFile(iris("1,2,3,4,1", "1,2,3,4,3")), wantedData({ labels: [] }));
    expect(printed).toContain("has 3, expected a class from 0 to 2");
    expect(printed).toContain(
      "classes count from 0; a clause labels [...] in the model gives them the names of the file",
    );
  });

  test.each([
    ["a cell too many", iris("5,1,3,1,2,setosa"), "data-row-width", "The row has 6 cells, expected 5 as in the header"],
    ["a cell too few", iris("5,3,1,setosa"), "data-row-width", "The row has 4 cells, expected 5"],
    ["a quote that never ends", iris('5,3,1,2,"setosa', "x,y,z,1,2"), "data-quote", "iris.csv:2:9"],
    ["text behind a quote", iris("5,3,x,2,setosa", '5,3,1,2,"setosa"x'), "data-cell-not-number", "iris.csv:3:9"],
    ["no header", "5.1,3,1,2,setosa\n5,3,1,2,setosa\n", "data-no-header", "The first line has numbers"],
    ["no row", `${header}\n`, "data-unusable", "it has a header and no rows"],
    ["no line", "\n\n", "data-unusable", "it has no line but empty ones"],
    ["nothing", "", "data-unusable", "it is empty"],
    ["two columns of a name", "a,b,a,c,label\n1,2,3,4,setosa\n", "data-column-twice", "called 'a'"],
    [
      "a column too many",
      "id,a,b,c,d,label\n1,1,2,3,4,setosa\n",
      "data-column-count",
      "choose the columns with --inputs",
    ],
    [
      "a column too few",
      "a,b,c,label\n1,2,3,setosa\n",
      "data-column-count",
      "all columns but the targets ('label') are inputs",
    ],
    ["another text encoding", new Uint8Array([0xff, 0xfe, 0x61, 0]), "data-unusable", "UTF-16 text"],
    ["bytes that are no text", new Uint8Array([0x61, 0xff, 0x62]), "data-unusable", "not UTF-8 text"],
    ["a packed file", new Uint8Array([0x1f, 0x8b, 8, 0]), "data-unusable", "unpack it first"],
    ["a list of JSON", "[[1, 2]]", "data-unusable", "one a line (JSONL)"],
    ["a list of JSON objects", '[\n {"x": [1], "y": 0}\n]', "data-unusable", "one a line (JSONL)"],
    ["lists of JSON, one a line", "[1, 2] \r\n[3, 4]\r\n", "data-unusable", "one a line (JSONL)"],
    ["an archive without members", `PK\x05\x06${"\0".repeat(18)}`, "data-unusable", "not one of numpy's arrays (.npz)"],
  ])("%s", async (_, text, code, message) => {
    const { codes, printed, data } = await readText(dataFile(text));
    expect(codes[0]).toBe(code);
    expect(printed).toContain(message);
    expect(data).toBeUndefined();
  });

  test("columns that are misspelt", async () => {
    const { printed } = await readText(dataFile(iris("1,2,3,4,setosa")), undefined, { targets: ["specie"] });
    expect(printed).toContain("--targets names 'specie', which is none of the columns 'sepal_length'");
    expect(printed).toContain("did you mean 'species'?");
  });

  test("columns that are chosen twice, or are class and input", async () => {
    const chosen = async (inputs: string, targets: string, wanted = wantedData()) => {
      const choice = { inputs: inputs.split(","), targets: targets.split(",") };
      return (await readText(dataFile("a,b,c,d,species\n1,2,3,4,setosa\n"), wanted, choice)).printed;
    };
    expect(await chosen("a,a,a,b", "species")).toContain("error[data-column-chosen-twice]: --inputs names 'a' twice\n");
    const numbers = wantedData({ loss: "mean_squared_error", outputShape: [2], labels: [] });
    expect(await chosen("a,b,c,d", "a,a", numbers)).toContain("--targets names 'a' twice\n");
    expect(await chosen("a,b,c,d", "a,b", numbers)).toBe("");
    const both = "Both --inputs and --targets name 'species', which has the class that Iris is to find\n";
    expect(await chosen("a,b,c,species", "species")).toContain(both);
    expect(await chosen("a,b,c,species", "species", wantedData({ loss: "kl_divergence" }))).toContain(both);
  });

  test("one class where the loss takes one at each of several positions", async () => {
    const wanted = wantedData({ loss: "categorical_crossentropy", outputShape: [2, 3] });
    expect((await readText(dataFile(iris("1,2,3,4,setosa")), wanted)).printed).toContain(
      "Iris is trained with 6 targets, found 1 column: 'species'",
    );
  });

  test("a text that is too long to be shown has the line in the message", async () => {
    const rows = Array.from({ length: 20 }, () => "5,3,1,2,setosa");
    const file = { ...dataFile(iris(...rows, "5,3,x,2,setosa"), 64), bytes: maxShownBytes + 1 };
    const { printed } = await readText(file);
    expect(printed).toContain("Line 22: column 'petal_length' has the text 'x', expected a number");
  });

  test("more kinds of mistakes than are reported are counted", async () => {
    const names = Array.from({ length: 14 }, (_, at) => `column${at}`);
    const wanted = wantedData({ inputShape: [14] });
    const text = `${names.join(",")},label\n${names.map(() => "x").join(",")},setosa\n${names.map(() => "x").join(",")},setosa\n`;
    const { codes, printed } = await readText(dataFile(text), wanted);
    expect(codes.length).toBe(11);
    expect(printed).toContain("'iris.csv' has 4 more kinds of mistakes, in 8 places");
  });
});
