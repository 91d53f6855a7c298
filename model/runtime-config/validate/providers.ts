import { type Issue, issue } from "../../errors/index.ts";
import { variableNameProblem } from "../../manifest/identifiers.ts";
import { pathAt, pathTo } from "../../toml/index.ts";
import type { VariablesProviderConfig } from "../types.ts";
import { environmentName } from "../variables.ts";
import { httpUrlIssues } from "./url.ts";

type Azure = Extract<VariablesProviderConfig, { type: "azure_key_vault" }>;

export function providerIssues(providers: readonly VariablesProviderConfig[]): Issue[] {
  const vault = providers.findIndex(({ type }) => type === "azure_key_vault");
  return providers.flatMap((provider, index) => {
    const path = pathAt("variables_provider", index);
    const isReached = vault === -1 || index <= vault;
    return [...settingIssues(provider, path), ...(isReached ? [] : [unreached(path, vault)])];
  });
}

function settingIssues(provider: VariablesProviderConfig, path: string): Issue[] {
  if (provider.type === "vault") return httpUrlIssues(provider.url, pathTo(path, "url"));
  if (provider.type === "azure_key_vault")
    return [...httpUrlIssues(provider.vault_url, pathTo(path, "vault_url")), ...azureIssues(provider, path)];
  return provider.type === "env" ? prefixIssues(provider.prefix, path) : nameIssues(provider.values, path);
}

/** The three ids name a service principal together; without them Azure's chain of credentials is tried. */
function azureIssues(provider: Azure, path: string): Issue[] {
  const ids = ["client_id", "client_secret", "tenant_id"] as const;
  const absent = ids.filter((id) => provider[id] === undefined);
  if (absent.length === 1 || absent.length === 2) {
    const present = ids.filter((id) => !absent.includes(id));
    const message = `${path} has ${present.join(" and ")}, but no ${absent.join(" and no ")}; expected all three or none.`;
    return [issue("ERR_SPIN_RUNTIME_CONFIG_CREDENTIALS", path, message)];
  }
  if (absent.length === 0 || provider.authority_host === undefined) return [];
  const at = pathTo(path, "authority_host");
  const message = `${at} is "${provider.authority_host}", and without client_id, client_secret and tenant_id Spin does not use it.`;
  const hint = "Add the three ids; or set AZURE_AUTHORITY_HOST in the environment of Spin.";
  return [issue("ERR_SPIN_RUNTIME_CONFIG_CREDENTIALS", at, message, { severity: "warning", hint })];
}

/** Spin always puts a `_` between prefix and name. */
function prefixIssues(prefix: string | undefined, path: string): Issue[] {
  if (prefix === undefined || (prefix !== "" && !prefix.endsWith("_"))) return [];
  const at = pathTo(path, "prefix");
  const message = `${at} is "${prefix}", so that the variable "token" is read from ${environmentName("token", prefix)}.`;
  const hint = prefix === "" ? "Give a prefix, for example APP." : "Leave the `_` at the end out.";
  return [warning(at, message, hint)];
}

function nameIssues(values: Readonly<Record<string, string>>, path: string): Issue[] {
  return Object.keys(values).flatMap((name) => {
    const problem = variableNameProblem(name);
    if (problem === undefined) return [];
    const message = `The variable name "${name}" ${problem}, so no app can declare it.`;
    const hint = "Use the name that spin.toml declares, in lower snake case: api_token.";
    return [warning(pathTo(pathTo(path, "values"), name), message, hint)];
  });
}

function unreached(path: string, vault: number): Issue {
  const before = pathAt("variables_provider", vault);
  const message = `${path} is never asked: ${before} is an Azure Key Vault, which fails for what it does not have and ends the search.`;
  return warning(path, message, `Put it before ${before}.`);
}

function warning(path: string, message: string, hint: string): Issue {
  return issue("ERR_SPIN_RUNTIME_CONFIG_PROVIDER", path, message, { severity: "warning", hint });
}
