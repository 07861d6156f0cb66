// Numbers of their own: the command reads them before it loads what reads files, whose bounds they must not be below.

/** Bytes of a file of text: no text of `MAX_SOURCE_LENGTH` UTF-16 units has more. 12 MiB. */
export const maxTextBytes = 12 * 2 ** 20;

/** Bytes of a file of arrays or of a model, as `maxFileBytes`: 1 GiB. */
export const maxBinaryBytes = 2 ** 30;

/** Bytes of a cases file, as `maxCasesBytes`: 64 MiB. */
export const maxCasesFileBytes = 2 ** 26;

/** Bytes of a config, package.json or tsconfig.json: 4 MiB. */
export const maxConfigBytes = 2 ** 22;

/** Bytes of a file that lies where an output goes; it is compared with that, and kept until the other is written. 2 GiB. */
export const maxOutputBytes = 2 ** 31 - 1;

/** Folders that one glob goes through. */
export const mostFolders = 100_000;
