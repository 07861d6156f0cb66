import fs from "node:fs";
import os from "node:os";
import { describe, expect, test } from "vitest";
import { openRowFile } from "../../../src/node/open-row-file.ts";
import { createRowWriter, type RowStore } from "../../../src/fit/rows/row-store.ts";
import { dataFile, readText, wantedData } from "../data/read-text.ts";

/** Rows whose numbers tell row and column, more than a block of memory holds. */
function store(rows: number, width: number, memoryBytes: number): RowStore {
  const writer = createRowWriter(width, { memoryBytes, openRowFile });
  for (let row = 0; row < rows; row++) writer.add(Float32Array.from({ length: width }, (_, at) => row + at / 1024));
  return writer.finish();
}

function numbers(rows: RowStore, row: number): readonly number[] {
  const { array, offset } = rows.find(row);
  return [...array.subarray(offset, offset + rows.width)];
}

describe("rows in memory and on disk", () => {
  test("are the same, in any order", () => {
    const count = 40_000;
    const inMemory = store(count, 16, 2 ** 30);
    const onDisk = store(count, 16, 2 ** 21);
    expect([inMemory.isOnDisk, onDisk.isOnDisk]).toEqual([false, true]);
    expect([onDisk.count, onDisk.width, onDisk.checksum]).toEqual([inMemory.count, inMemory.width, inMemory.checksum]);
    for (const row of [0, count - 1, 16_383, 16_384, 32_768, 5, 39_000]) {
      expect(numbers(onDisk, row)).toEqual(Array.from({ length: 16 }, (_, at) => Math.fround(row + at / 1024)));
      expect(numbers(inMemory, row)).toEqual(numbers(onDisk, row));
    }
    onDisk.close();
  });

  test("the checksum tells one changed bit", () => {
    const make = (last: number): number => {
      const writer = createRowWriter(1, { memoryBytes: 100 });
      for (const value of [1, 2, last]) writer.add(Float32Array.of(value));
      return writer.finish().checksum;
    };
    expect(make(3)).toBe(make(3));
    expect(make(3)).not.toBe(make(Math.fround(3.0000002)));
  });

  test("the file has no name while it is used, or none when it is closed", () => {
    const names = (): readonly string[] =>
      fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(`layerc-rows-${process.pid}`));
    const file = openRowFile();
    file.append(Uint8Array.of(1, 2, 3));
    file.append(Uint8Array.of(4));
    const read = new Uint8Array(2);
    file.read(2, read);
    expect([...read]).toEqual([3, 4]);
    file.close();
    expect(names()).toEqual([]);
  });

  test("samples that memory has no room for are trained from a file, or told of where there is none", async () => {
    const rows = Array.from({ length: 300 }, (_, at) => `${at},1,2,3,setosa`).join("\n");
    const file = dataFile(`a,b,c,d,label\n${rows}\n`, 1000);
    const onDisk = await readText(file, wantedData(), {}, { memoryBytes: 100, openRowFile });
    expect(onDisk.data?.rows.isOnDisk).toBe(true);
    expect(onDisk.samples).toEqual((await readText(file)).samples);
    onDisk.data?.rows.close();
    const refused = await readText(file, wantedData(), {}, { memoryBytes: 100 });
    expect(refused.printed).toContain("its rows take more than 100 bytes of memory");
  });
});
