/**
 * Whether the variables of an app can get values. Spin asks `--variable`, the providers in their order, the environment,
 * and last the default of spin.toml; a provider that fails ends the search (crates/expressions/src/lib.rs).
 */
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { pathAt, pathTo } from "../toml/index.ts";
import type { RuntimeConfig, VariablesProviderConfig } from "./types.ts";

/** Names of what is given besides the configuration. Values are not asked for. */
export interface GivenVariables {
  /** Variables that `--variable` gives. */
  variables?: readonly string[];
  /** The environment variables of the process. Left out: not known, so that each variable may be there. */
  environment?: readonly string[];
  /** What the dotenv files define, by path; Spin itself reads `.env`. A file that is not named here defines nothing. */
  dotenv?: Readonly<Record<string, readonly string[]>>;
}

type Variables = Readonly<Record<string, { default?: string }>>;
/** What a provider says at the start about a variable. One that has to be asked over the network says maybe. */
type Answer = "yes" | "no" | "maybe";

const usualPrefix = "SPIN_VARIABLE";

/**
 * Errors for variables without a default that no provider can have, for which Spin refuses to start; and warnings for
 * those that would be asked of Azure Key Vault under a name that it cannot have. Paths are those of spin.toml.
 */
export function validateRequiredVariables(
  variables: Variables,
  config: RuntimeConfig,
  given: GivenVariables = {},
): Issue[] {
  const providers = [
    staticProvider(given.variables ?? []),
    ...(config.variables_provider ?? []),
    { type: "env", dotenv_path: ".env" } as const,
  ];
  return Object.entries(variables).flatMap(([name, variable]) => {
    const answers = providers.map((provider) => answer(provider, name, given));
    const isRequired = variable.default === undefined;
    if (isRequired && answers.every((it) => it === "no")) return [unresolved(name, config, given)];
    const before = answers.indexOf("yes");
    const asked = before === -1 ? providers : providers.slice(0, before);
    const vault = asked.findIndex(({ type }) => type === "azure_key_vault");
    // The first of the list is --variable, which the configuration does not have.
    return vault !== -1 && name.includes("_") ? [impossibleName(name, vault - 1)] : [];
  });
}

/** The environment variable that a provider of type `env` reads for a variable. */
export function environmentName(variable: string, prefix: string = usualPrefix): string {
  return `${prefix}_${variable.toUpperCase()}`;
}

function answer(provider: VariablesProviderConfig, name: string, given: GivenVariables): Answer {
  if (provider.type === "static") return Object.hasOwn(provider.values, name) ? "yes" : "no";
  if (provider.type !== "env") return "maybe";
  if (given.environment === undefined) return "maybe";
  const key = environmentName(name, provider.prefix);
  if (given.environment.includes(key)) return "yes";
  const file = provider.dotenv_path;
  const dotenv = given.dotenv ?? {};
  const defined = file !== undefined && Object.hasOwn(dotenv, file) ? dotenv[file] : undefined;
  return defined?.includes(key) === true ? "yes" : "no";
}

function staticProvider(names: readonly string[]): VariablesProviderConfig {
  return { type: "static", values: Object.fromEntries(names.map((name) => [name, ""])) };
}

function unresolved(name: string, config: RuntimeConfig, given: GivenVariables): Issue {
  const own = (config.variables_provider ?? []).flatMap((provider) =>
    provider.type === "static" ? Object.keys(provider.values) : [],
  );
  const guess = nearest(name, [...own, ...(given.variables ?? [])]);
  const add = `Set ${environmentName(name)}, give --variable ${name}=…, or add it to a [[variables_provider]].`;
  const hint = guess === undefined ? add : `Did you mean "${name}" by "${guess}"? Else: ${add}`;
  const message = `No provider has a value for the required variable "${name}".`;
  return issue("ERR_SPIN_RUNTIME_CONFIG_REQUIRED", pathTo("variables", name), message, { hint });
}

function impossibleName(name: string, index: number): Issue {
  const path = pathAt("variables_provider", index);
  const message =
    `Azure Key Vault is asked for the variable "${name}", and its secrets cannot have "_" in their names; ` +
    "its failure ends the search, also before a default.";
  const hint = `Rename the variable to one word, or give it in a provider before ${path}.`;
  return issue("ERR_SPIN_RUNTIME_CONFIG_PROVIDER", pathTo("variables", name), message, {
    severity: "warning",
    hint,
  });
}
