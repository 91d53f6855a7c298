import * as pulumi from "@pulumi/pulumi";

/**
 * A resource that needs nothing installed but this package: a dynamic resource whose provider is one constant text,
 * the same in every version, that requires the handlers by name. What runs is what is installed, never what is in state.
 */
export abstract class SpinResource extends pulumi.dynamic.Resource {
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
      providerOf(`spin:index:${kind}`),
      name,
      {
        ...unset,
        ...args,
        ...preview,
        ...timeoutsOf(opts),
        __secret: secret,
        __urn: urnOf(kind, name, opts),
      },
      opts,
      "spin",
      kind,
    );
  }
}

/** For lines in the log: the protocol does not tell a provider which resource it serves. */
function urnOf(kind: string, name: string, opts: pulumi.CustomResourceOptions = {}): pulumi.Input<string> {
  return pulumi.createUrn(name, `pulumi-nodejs:dynamic/spin:${kind}`, opts.parent);
}

/** Nor how long it may take. */
function timeoutsOf(opts: pulumi.CustomResourceOptions = {}): { __timeouts?: pulumi.CustomTimeouts } {
  return opts.customTimeouts === undefined ? {} : { __timeouts: opts.customTimeouts };
}

/** Its source text is stored with every resource: change it, and every user's next update touches all of them. */
function providerOf(token: string): pulumi.dynamic.ResourceProvider {
  return {
    check: (olds: unknown, news: unknown) => require("pulumi-spin/provider").handle(token).check(olds, news),
    diff: (id: string, olds: unknown, news: unknown) =>
      require("pulumi-spin/provider").handle(token).diff(id, olds, news),
    create: (inputs: unknown) => require("pulumi-spin/provider").handle(token).create(inputs),
    read: (id: string, props: unknown) => require("pulumi-spin/provider").handle(token).read(id, props),
    update: (id: string, olds: unknown, news: unknown) =>
      require("pulumi-spin/provider").handle(token).update(id, olds, news),
    delete: (id: string, props: unknown) => require("pulumi-spin/provider").handle(token).delete(id, props),
  };
}
