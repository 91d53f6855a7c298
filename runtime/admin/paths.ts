import { createHash } from "node:crypto";
import { homedir, userInfo } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** The host's folder: what is given, else PULUMI_SPIN_HOST_DIR, else the user's state folder. Absolute. */
export function resolveStateDir(stateDir?: string): string {
  const given = stateDir ?? (process.env["PULUMI_SPIN_HOST_DIR"] || undefined);
  if (given !== undefined) return resolve(given);
  // The XDG base directory specification: a relative path there is to be ignored.
  const xdg = process.env["XDG_STATE_HOME"] ?? "";
  return join(isAbsolute(xdg) ? xdg : join(homedir(), ".local", "state"), "pulumi-spin");
}

/** sockaddr_un holds 104 bytes on some systems, the last of them zero. */
const longestSocketPath = 103;

/** Where a process of the host listens: in its folder, or, when that path is too long, in a private folder of the user's. */
export function socketPath(stateDir: string, process: "control" | "engine"): string {
  const path = join(stateDir, `${process}.sock`);
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  return join(shortSocketFolder(stateDir), `${process}.sock`);
}

/** A fixed place, not os.tmpdir(): a client with another TMPDIR must find the same socket. Removed at shutdown. */
export function shortSocketFolder(stateDir: string): string {
  const name = createHash("sha256").update(stateDir).digest("hex").slice(0, 16);
  return `/tmp/pulumi-spin-${userInfo().uid}-${name}`;
}
