import * as pulumi from "@pulumi/pulumi";
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
    const unset = Object.fromEntries(outputs.map((output) => [output, undefined]));
    // The protocol does not tell a provider that it serves a preview.
    const preview = pulumi.runtime.isDryRun() ? { __preview: true } : {};
    // Nor does it say which of the inputs are secrets.
    const secret = pulumi.isSecret(pulumi.output(args)).then((isSecret) => isSecret || undefined);
    super(
      `pulumi-nodejs:dynamic/spin:${kind}`,
      name,
      {
        ...unset,
        ...args,
        ...preview,
        ...timeoutsOf(opts),
        __secret: secret,
        __urn: urnOf(kind, name, opts),
        __provider: providerText(`spin:index:${kind}`),
      },
      opts,
    );
  }
}

/**
 * For lines in the log: the protocol does not tell a provider which resource it serves. A promise, since an output would
 * depend on the parent, and with it on the parent's children, of which this is one.
 */
function urnOf(kind: string, name: string, opts: pulumi.CustomResourceOptions = {}): Promise<string> {
  const urn = pulumi.createUrn(name, `pulumi-nodejs:dynamic/spin:${kind}`, opts.parent);
  return new Promise((resolve) => void urn.apply(resolve));
}

/** Nor how long it may take. */
function timeoutsOf(opts: pulumi.CustomResourceOptions = {}): { __timeouts?: pulumi.CustomTimeouts } {
  return opts.customTimeouts === undefined ? {} : { __timeouts: opts.customTimeouts };
}
