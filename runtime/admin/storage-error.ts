import { isSpinError, SpinError } from "../../model/errors/index.ts";

const full = ["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL"];
const corrupt = ["SQLITE_CORRUPT", "SQLITE_NOTADB"];
const unusable = [
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOENT",
  "ENOTDIR",
  "EEXIST",
  "ENAMETOOLONG",
  "SQLITE_READONLY",
  "SQLITE_CANTOPEN",
  "SQLITE_IOERR",
];

/** A failure of the disk or of SQLite as an error with a next step; others stay what they are. */
export function storageError(error: unknown, stateDir: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (isSpinError(error) || typeof code !== "string") return error;
  // SQLite's extended codes continue the primary one: SQLITE_IOERR_WRITE.
  const is = (codes: string[]): boolean => codes.some((it) => code === it || code.startsWith(`${it}_`));
  const cause = { cause: error };
  if (is(full)) {
    return new SpinError(
      "ERR_SPIN_HOST_DISK_FULL",
      `The disk that holds ${stateDir} is full (${code}).`,
      cause,
    );
  }
  if (is(corrupt)) {
    return new SpinError(
      "ERR_SPIN_HOST_STATE_CORRUPT",
      `host.db in ${stateDir} is damaged (${code}).`,
      cause,
    );
  }
  if (is(unusable)) {
    return new SpinError(
      "ERR_SPIN_HOST_STATE_DIR",
      `The host's folder ${stateDir} cannot be used (${code}).`,
      cause,
    );
  }
  return error;
}
