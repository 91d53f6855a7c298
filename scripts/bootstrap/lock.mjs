import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 500;

/**
 * Runs `work` while holding a lock file; one holder at a time on this machine. A lock whose holder is dead is
 * taken over.
 * @template T
 * @param {string} file its folder exists
 * @param {string} what for the person who waits, for example `the build of the Pulumi CLI`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, what, work) {
  await acquire(file, what);
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** @param {string} file @param {string} what */
async function acquire(file, what) {
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  let hasSaid = false;
  while (!tryCreate(file, mine)) {
    const holder = readHolder(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      takeAway(file);
      continue;
    }
    if (!hasSaid) process.stderr.write(`Waiting: process ${holder.pid} is busy with ${what} …\n`);
    hasSaid = true;
    await sleep(pollMs);
  }
}

/**
 * Creates the lock file with its content in one step, so that no reader ever sees an empty one.
 * @param {string} file @param {string} content
 */
function tryCreate(file, content) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes a dead holder's lock. Another process may have done so and locked in the meantime: then its lock is
 * put back.
 * @param {string} file
 */
function takeAway(file) {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const holder = readHolder(aside);
  if (holder !== undefined && isAlive(holder)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third process holds it now; both work on their own temporary names.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @returns {{ pid: number, startedAt: string } | undefined} undefined when the lock is gone
 */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    return { pid: 0, startedAt: "" };
  }
}

/**
 * Whether that very process still runs: its number may have been given to another one since.
 * @param {{ pid: number, startedAt: string }} holder
 */
export function isAlive({ pid, startedAt }) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
  return startOf(pid) === startedAt;
}

/** When a process started, in whatever unit the system has; empty when it cannot be told. @param {number} pid */
export function startOf(pid) {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc(5): starttime is field 22; field 2, the name, may hold blanks and parentheses.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? "" : (fields[18] ?? "");
  } catch {
    return "";
  }
}
