import { type AllowedHost, parseAllowedHost } from "../capability/allowed-hosts.ts";
import { type Issue, isSpinError, issue } from "../errors/index.ts";

/** What is wrong with an allowed host without templates: its grammar, or that it can never match anything. */
export function allowedHostIssues(entry: string, path: string): Issue[] {
  try {
    const problem = neverMatches(parseAllowedHost(entry), entry);
    if (problem === undefined) return [];
    return [
      issue("ERR_SPIN_ALLOWED_HOST_NEVER", path, `The allowed host "${entry}" never matches: ${problem}.`),
    ];
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [issue(error.code, path, error.message, { hint: error.hint })];
  }
}

function neverMatches({ scheme, host, port }: AllowedHost, entry: string): string | undefined {
  if (scheme !== undefined && !/^[a-z]+$/.test(scheme)) return `the scheme "${scheme}" is not in lower case`;
  if (scheme === "postgresql") return 'Spin asks for the scheme "postgres", whatever the address says';
  if (port !== undefined && port.from >= port.until)
    return "its port range is empty, since B itself is not in A..B";
  if (host.kind === "name" && /^self(\.alt)?$/.test(host.name)) {
    return `"${entry.trim()}" is read as a host named "${host.name}"; the app itself is written without "/" after it, in lower case`;
  }
  return undefined;
}
