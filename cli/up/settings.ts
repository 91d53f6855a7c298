import { SpinError } from "../../model/errors/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";

/** Spin's own prefix: `SPIN_VARIABLE_TOKEN` is the value of `token`. */
const prefix = "SPIN_VARIABLE_";

/** Values of declared variables from the environment, and over them those of `--variable NAME=VALUE`. */
export function variablesOf(
  { variables = {} }: LockedApp,
  given: readonly string[],
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  const declared = Object.keys(variables);
  const values = declared.flatMap((name): [string, string][] => {
    const value = environment[`${prefix}${name.toUpperCase()}`];
    return value === undefined ? [] : [[name, value]];
  });
  const own = pairsOf("--variable", given);
  const unknown = own.find(([name]) => !declared.includes(name))?.[0];
  if (unknown !== undefined) {
    throw new SpinError("ERR_SPIN_CLI_USAGE", `The application has no variable "${unknown}".`, {
      hint: `Its variables: ${declared.join(", ") || "none"}.`,
    });
  }
  const all = new Map([...values, ...own]);
  const [missing, ...others] = declared.filter(
    (name) => variables[name]?.default === undefined && !all.has(name),
  );
  if (missing === undefined) return Object.fromEntries(all);
  const list = [missing, ...others].join(", ");
  const message = `No value for the required variable${others.length === 0 ? "" : "s"} ${list}.`;
  throw new SpinError("ERR_SPIN_RUNTIME_VARIABLES", message, {
    hint: `Give --variable ${missing}=VALUE, or set ${prefix}${missing.toUpperCase()}, which no other user can see.`,
  });
}

/** The application with these environment variables in every component; they win over the manifest's. */
export function withEnvironment(app: LockedApp, given: readonly string[]): LockedApp {
  if (given.length === 0) return app;
  const added = Object.fromEntries(pairsOf("--env", given));
  return { ...app, components: app.components.map((it) => ({ ...it, env: { ...it.env, ...added } })) };
}

function pairsOf(flag: string, words: readonly string[]): [string, string][] {
  return words.map((word) => {
    const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined) return [name, value];
    // Not the word itself: it may be a secret.
    throw new SpinError("ERR_SPIN_CLI_USAGE", `${flag} takes NAME=VALUE, and one of them has no "=".`);
  });
}
