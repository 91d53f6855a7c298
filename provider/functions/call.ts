import { SpinError } from "../../model/errors/index.ts";
import { contextOf } from "../definition/context.ts";
import { callFunction } from "../definition/function.ts";
import { readConfiguration, settingsIn } from "../definition/read-configuration.ts";
import type { Properties } from "../definition/resource.ts";
import { functions } from "./index.ts";

/**
 * A function by its token, for a program that asks without an engine between: `call("spin:index:getApp", …)`. `config` is
 * the stack's configuration, all of it.
 */
export async function call(
  token: string,
  args: Properties,
  config: Readonly<Record<string, string>> = {},
): Promise<Properties> {
  const definition = functions.find((it) => it.token === token);
  if (definition === undefined) {
    throw new SpinError("ERR_SPIN_RESOURCE_UNKNOWN", `This version of pulumi-spin has no function ${token}.`);
  }
  const context = contextOf({
    projectDir: process.cwd(),
    configuration: readConfiguration(settingsIn(config)),
    log: (message) => console.log(message),
  });
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return callFunction(definition, Object.fromEntries(given), context);
}
