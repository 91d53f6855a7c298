/**
 * The lifecycle of one resource as both front ends drive it: they translate their protocol's properties and leave
 * everything else to this. Bags are decoded (`unknown` for what is not known yet, secrets as plain values); `old` and
 * `outputs` are as stored, of any earlier version of the package.
 *
 *   check → [diff] → create | update                       of `pulumi up`; a preview ends with `plan`
 *   read → diff                                            of `pulumi refresh`
 */
import { check, type CheckOptions, type Checked } from "./check.ts";
import type { Context } from "./context.ts";
import { diff, type Difference } from "./diff.ts";
import type { Created, Observed, Properties, ResourceDefinition } from "./resource.ts";
import { migrate, stamp } from "./state-version.ts";
import { withinTime } from "./time-limit.ts";

/** `timeoutMs` from the resource's `customTimeouts`. */
export interface OperationOptions {
  timeoutMs?: number | undefined;
}

export interface Engine {
  definition: ResourceDefinition;
  /** All failures, or the completed inputs and what follows from them. `old` in the options: inputs or outputs, if any. */
  check(news: Properties, context: Context, options?: CheckOptions): Promise<Checked>;
  /** The outputs that an update or create would have, with `unknown` in place of what only it finds out. */
  plan(inputs: Properties, context: Context, old?: Properties): Promise<Properties>;
  /** What a preview says besides the properties: logged with the resource, some lines each. */
  report(planned: Properties, context: Context, old?: Properties): Promise<void>;
  /** Throws what the outside world refuses of the change, in a preview. */
  tryOut(planned: Properties, context: Context, old?: Properties): Promise<void>;
  /** `planned` is what `plan` gave, or the checked inputs with what was derived. */
  diff(old: Properties, planned: Properties): Difference;
  create(inputs: Properties, context: Context, options?: OperationOptions): Promise<Created>;
  /** `undefined` when the outside world says that it is gone. A resource that only computes is what state says. */
  read(
    id: string,
    outputs: Properties,
    context: Context,
    options?: OperationOptions,
  ): Promise<Observed | undefined>;
  update(
    id: string,
    old: Properties,
    inputs: Properties,
    context: Context,
    options?: OperationOptions,
  ): Promise<Properties>;
  delete(id: string, outputs: Properties, context: Context, options?: OperationOptions): Promise<void>;
  /** Paths of the values in inputs or outputs that must be stored encrypted. */
  secrets(bag: Properties): (string | number)[][];
}

export function engineOf(definition: ResourceDefinition): Engine {
  const inputsOf = (bag: Properties): Properties => pick(bag, Object.keys(definition.inputs.shape));
  const plan = async (inputs: Properties, context: Context, old?: Properties): Promise<Properties> => {
    const given = inputsOf(inputs);
    return { ...given, ...(await definition.derive?.(given, context, old && migrate(definition, old))) };
  };
  return {
    definition,
    plan,
    check: (news, context, options) => check(definition, news, context, options),
    async report(planned, context, old) {
      try {
        const lines = await definition.report?.(planned, context, old && migrate(definition, old));
        for (const line of lines ?? []) context.log(line);
      } catch {
        // a report is for reading: without a host, for example, there is just less of it
      }
    },
    tryOut: async (planned, context, old) =>
      definition.tryOut?.(planned, context, old && migrate(definition, old)),
    diff: (old, planned) => diff(definition, migrate(definition, old), planned),
    secrets: (bag) => definition.secrets?.(bag) ?? [],
    create: (inputs, context, options) =>
      withinTime("create", { ...options, signal: context.signal }, async (signal) => {
        const within = { ...context, signal };
        const created = await definition.create?.(inputsOf(inputs), within);
        const { id, outputs } = created ?? {
          id: definition.identify(inputs),
          outputs: await plan(inputs, within),
        };
        return { id, outputs: stamp(definition, outputs) };
      }),
    read: (id, outputs, context, options) =>
      withinTime("read", { ...options, signal: context.signal }, async (signal) => {
        const state = migrate(definition, outputs);
        if (definition.read === undefined)
          return { outputs: stamp(definition, state), inputs: inputsOf(state) };
        const observed = await definition.read(id, state, { ...context, signal });
        return observed && { ...observed, outputs: stamp(definition, observed.outputs) };
      }),
    update: (id, old, inputs, context, options) =>
      withinTime("update", { ...options, signal: context.signal }, async (signal) => {
        const within = { ...context, signal };
        const former = migrate(definition, old);
        const updated = await definition.update?.(id, former, inputsOf(inputs), within);
        return stamp(definition, updated ?? (await plan(inputs, within, former)));
      }),
    delete: (id, outputs, context, options) =>
      withinTime("delete", { ...options, signal: context.signal }, async (signal) =>
        definition.delete?.(id, migrate(definition, outputs), { ...context, signal }),
      ),
  };
}

function pick(bag: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.filter((name) => name in bag).map((name) => [name, bag[name]]));
}
