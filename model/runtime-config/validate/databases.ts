import { type Issue, issue } from "../../errors/index.ts";
import { pathTo } from "../../toml/index.ts";
import type { SqliteDatabaseConfig } from "../types.ts";
import { emptyPathIssues, labelIssues } from "./labels.ts";
import { httpUrlIssues } from "./url.ts";

export function databaseIssues(databases: Readonly<Record<string, SqliteDatabaseConfig>>): Issue[] {
  return Object.entries(databases).flatMap(([label, database]) => {
    const path = pathTo("sqlite_database", label);
    const issues =
      database.type === "libsql"
        ? httpUrlIssues(database.url, pathTo(path, "url"))
        : fileIssues(database.path, path);
    return [...labelIssues(label, path), ...issues];
  });
}

/** Unlike the files of key-value stores, those of databases are relative to the folder that Spin was started in. */
function fileIssues(file: string | undefined, path: string): Issue[] {
  const at = pathTo(path, "path");
  if (file === "") return emptyPathIssues(file, at);
  if (file === undefined) {
    const message = `${path} has no path, so that every open of the database gives a new, empty one in memory.`;
    return [warning(path, message, "Give the path of a file to keep the data.")];
  }
  if (file === ":memory:") {
    const message = `${at} is ":memory:", which Spin takes as the name of a file in its working directory.`;
    return [warning(at, message, "Leave `path` out for a database in memory.")];
  }
  if (isAbsolute(file)) return [];
  const message = `${at} is "${file}", which is relative to the working directory of Spin, not to the runtime configuration.`;
  return [warning(at, message, "Give an absolute path, or start Spin in the same folder every time.")];
}

function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

function warning(path: string, message: string, hint: string): Issue {
  return issue("ERR_SPIN_RUNTIME_CONFIG_PATH", path, message, { severity: "warning", hint });
}
