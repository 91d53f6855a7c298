import { emptySource, InputStream } from "../io/input-stream.ts";
import { OutputStream } from "../io/output-stream.ts";
import type { HostImports } from "../offer.ts";
import { GuestExit } from "./guest-exit.ts";
import type { LineSink } from "./line-sink.ts";

export interface CliContext {
  /** What the manifest gives the component; never the host's environment. */
  environment: Record<string, string>;
  stdout: LineSink;
  stderr: LineSink;
}

/** wasi:cli. Not preview2-shim's, which hands every guest the environment of the host. */
export function cliImports({ environment, stdout, stderr }: CliContext): HostImports {
  return {
    "wasi:cli/environment": {
      getEnvironment: () => Object.entries(environment),
      getArguments: () => [],
      initialCwd: () => undefined,
    },
    "wasi:cli/exit": {
      exit: (status: { tag: "ok" | "err" }) => exitWithCode(status.tag === "ok" ? 0 : 1),
      exitWithCode,
    },
    "wasi:cli/stdin": { getStdin: () => new InputStream(emptySource) },
    "wasi:cli/stdout": { getStdout: () => new OutputStream(stdout) },
    "wasi:cli/stderr": { getStderr: () => new OutputStream(stderr) },
    "wasi:cli/terminal-input": { TerminalInput },
    "wasi:cli/terminal-output": { TerminalOutput },
    "wasi:cli/terminal-stdin": { getTerminalStdin: () => undefined },
    "wasi:cli/terminal-stdout": { getTerminalStdout: () => undefined },
    "wasi:cli/terminal-stderr": { getTerminalStderr: () => undefined },
  };
}

function exitWithCode(statusCode: number): never {
  throw new GuestExit(statusCode);
}

/** A guest never has a terminal, so none of these is ever made. */
class TerminalInput {}
class TerminalOutput {}
