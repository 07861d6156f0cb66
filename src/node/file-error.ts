import { FileRefusal } from "./read-regular.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
  ELOOP: "its symbolic links form a loop",
  ENAMETOOLONG: "the name is too long",
  EBUSY: "it is in use by another program",
  EEXIST: "it exists already",
  EIO: "the disk reports an error",
  ERR_FS_FILE_TOO_LARGE: "the file is too large",
  ERR_INVALID_ARG_VALUE: "it is not a valid path",
};

/**
 * Why a file operation failed, in words ("permission denied"). An error that is not the file system's is a bug and is
 * thrown again.
 */
export function describeFileError(error: unknown): string {
  if (error instanceof FileRefusal) return error.message;
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
  return reasons[error.code] ?? `the system reports ${error.code}`;
}
