import { describeIssue } from "../../model/errors/index.ts";
import { type Configuration, configurationSchema } from "../definition/configuration.ts";
import type { Context } from "../definition/context.ts";
import { checkConfiguration, readConfiguration } from "../definition/read-configuration.ts";

/** What Pulumi hands to a dynamic provider before anything else: the stack's configuration, secrets decrypted. */
export interface ConfigureRequest {
  config: { get(key: string): string | undefined };
}

let configuration = (): Configuration => ({});
const warned = new Set<string>();

/** Every kind of resource is configured with the same stack. Throws nothing: an operation that needs it tells what is wrong. */
export function configure({ config }: ConfigureRequest): void {
  const names = Object.keys(configurationSchema.shape);
  const given = names.map((name) => [name, config.get(`spin:${name}`)] as const);
  const settings = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  configuration = () => readConfiguration(settings);
}

/** The provider's settings. Throws a SpinError that names all that is wrong with them. */
export function currentConfiguration(): Configuration {
  return configuration();
}

/** Warns once of settings that there are none of; only the program knows which names are given. */
export function warnOfUnknown(names: readonly string[], log: Context["log"]): void {
  const fresh = names.filter((name) => !warned.has(name) && warned.add(name));
  const found = checkConfiguration(Object.fromEntries(fresh.map((name) => [name, undefined])));
  for (const issue of found.filter(({ severity }) => severity === "warning"))
    log(describeIssue(issue), "warning");
}
