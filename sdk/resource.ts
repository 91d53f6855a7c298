import * as pulumi from "@pulumi/pulumi";
import { SpinError } from "../model/errors/index.ts";
import { providerText } from "./provider-text.ts";

/**
 * A resource that needs nothing installed but this package: a dynamic resource whose provider is one constant text,
 * the same in every version, that requires the handlers by name. What runs is what is installed, never what is in state.
 */
export abstract class SpinResource extends pulumi.CustomResource {
  constructor(
    kind: string,
    name: string,
    args: Record<string, unknown>,
    outputs: readonly string[],
    opts?: pulumi.CustomResourceOptions,
  ) {
    if (opts?.import !== undefined) throw notImportable(kind, name);
    const unset = Object.fromEntries(outputs.map((output) => [output, undefined]));
    // Each property costs a program four promises with a stack each: what is not there is left out, what goes together is one.
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
    super(
      `pulumi-nodejs:dynamic/spin:${kind}`,
      name,
      {
        ...unset,
        ...given,
        ...timeoutsOf(opts),
        __call: callOf(kind, name, given, opts),
        __provider: providerText(`spin:index:${kind}`),
      },
      opts,
    );
  }
}

function notImportable(kind: string, name: string): SpinError {
  const message = `The ${kind} "${name}" has the option import, and it is a dynamic resource: Pulumi cannot import one.`;
  return new SpinError("ERR_SPIN_IMPORT_DYNAMIC", message, { path: "import" });
}

/**
 * What the protocol does not tell a provider: that it serves a preview, whether an input is a secret, for which resource,
 * and what the stack's configuration has for it, so that it can warn of a name that means nothing.
 */
function callOf(
  kind: string,
  name: string,
  args: Record<string, unknown>,
  opts: pulumi.CustomResourceOptions = {},
): Record<string, unknown> {
  return {
    ...(pulumi.runtime.isDryRun() ? { preview: true } : {}),
    secret: pulumi.isSecret(pulumi.output(args)).then((isSecret) => isSecret || undefined),
    urn: urnOf(kind, name, opts),
    ...settingNames(),
  };
}

function settingNames(): { settings?: string[] } {
  const names = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith("spin:"));
  return names.length === 0 ? {} : { settings: names.map((key) => key.slice("spin:".length)) };
}

/** A promise, since an output would depend on the parent, and with it on the parent's children, of which this is one. */
function urnOf(kind: string, name: string, opts: pulumi.CustomResourceOptions): Promise<string> {
  const urn = pulumi.createUrn(name, `pulumi-nodejs:dynamic/spin:${kind}`, opts.parent);
  return new Promise((resolve) => void urn.apply(resolve));
}

/** Nor how long it may take; that is kept, for a delete. */
function timeoutsOf(opts: pulumi.CustomResourceOptions = {}): { __timeouts?: pulumi.CustomTimeouts } {
  return opts.customTimeouts === undefined ? {} : { __timeouts: opts.customTimeouts };
}
