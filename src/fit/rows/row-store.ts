import { crc32 } from "../../files/crc32.ts";
import { fail } from "../../files/read-failure.ts";
import type { RowFile } from "./row-file.ts";

/** Rows of float32 numbers, all of one width, in memory or in a file: whoever reads them does not see which. */
export interface RowStore {
  readonly count: number;
  /** Numbers of a row. */
  readonly width: number;
  /** Of all rows in their order; differs where one of their bits does. */
  readonly checksum: number;
  /** Whether they lie in a file. */
  readonly isOnDisk: boolean;
  /** Where the numbers of a row are until the next call, which may answer the same object. */
  find(row: number): FoundRow;
  /** Gives memory or disk back. */
  close(): void;
}

export interface FoundRow {
  readonly array: Float32Array;
  readonly offset: number;
}

/** Takes rows one by one. */
export interface RowWriter {
  /** Copies the row. */
  add(row: Float32Array): void;
  finish(): RowStore;
  /** Instead of `finish`, when the rows are of no use. */
  discard(): void;
}

export interface RowStoreOptions {
  /** Bytes that may lie in memory. With more, all rows go to the file. */
  readonly memoryBytes: number;
  /** Without it, more rows are a failure. */
  readonly openRowFile?: () => RowFile;
}

/** Bytes of rows that are kept together, at least one row. */
const blockBytes = 2 ** 20;

export function createRowWriter(width: number, { memoryBytes, openRowFile }: RowStoreOptions): RowWriter {
  const rowBytes = 4 * width;
  const blockRows = Math.max(1, Math.floor(blockBytes / Math.max(1, rowBytes)));
  const blocks: Float32Array[] = [];
  let block = new Float32Array(blockRows * width);
  let inBlock = 0;
  let count = 0;
  let checksum = 0;
  let file: RowFile | undefined;

  const bytesOf = (rows: Float32Array): Uint8Array => new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
  const flush = (): void => {
    const rows = block.subarray(0, inBlock * width);
    checksum = crc32(bytesOf(rows), checksum);
    if (file === undefined && (count - inBlock) * rowBytes + rows.byteLength > memoryBytes) {
      if (openRowFile === undefined) fail("too-large", `its rows take more than ${memoryBytes} bytes of memory`);
      file = openRowFile();
      for (const kept of blocks.splice(0)) file.append(bytesOf(kept));
    }
    if (file === undefined) {
      blocks.push(rows);
      block = new Float32Array(blockRows * width);
    } else file.append(bytesOf(rows));
    inBlock = 0;
  };

  return {
    add(row) {
      block.set(row, inBlock * width);
      inBlock += 1;
      count += 1;
      if (inBlock === blockRows) flush();
    },
    finish() {
      flush();
      const opened = file;
      const common = { count, width, checksum, isOnDisk: opened !== undefined };
      if (opened === undefined) {
        const found = { array: block, offset: 0 };
        return {
          ...common,
          find(row) {
            found.array = blocks[Math.floor(row / blockRows)] as Float32Array<ArrayBuffer>;
            found.offset = (row % blockRows) * width;
            return found;
          },
          close: () => void blocks.splice(0),
        };
      }
      const found = { array: new Float32Array(width), offset: 0 };
      const bytes = bytesOf(found.array);
      return {
        ...common,
        find(row) {
          opened.read(row * rowBytes, bytes);
          return found;
        },
        close: () => opened.close(),
      };
    },
    discard: () => file?.close(),
  };
}
