import Database from "better-sqlite3";
import { join } from "node:path";

/**
 * One control process for each state directory. The lock is SQLite's on a file of its own: the system frees it with the
 * process, however that ends. `undefined` when another process holds it.
 */
export function acquireLock(stateDir: string): (() => void) | undefined {
  const database = new Database(join(stateDir, "control.lock"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return () => database.close();
  } catch (error) {
    database.close();
    if ((error as { code?: unknown }).code === "SQLITE_BUSY") return undefined;
    throw error;
  }
}
