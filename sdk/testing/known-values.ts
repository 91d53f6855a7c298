import * as pulumi from "@pulumi/pulumi";

/**
 * The plain values of a program's exports once everything is registered; `undefined` for what a preview does not know.
 * Secrets are in plain text: this is a test.
 */
export async function knownValues(exports: object): Promise<Record<string, unknown>> {
  const values = Object.entries(exports).map(
    async ([name, value]) => [name, await knownValue(value)] as const,
  );
  return Object.fromEntries(await Promise.all(values));
}

async function knownValue(value: unknown): Promise<unknown> {
  // `isKnown` is part of every Output, though not of its declared type: `apply` never calls back for an unknown value.
  const output = pulumi.output(value) as pulumi.Output<unknown> & { isKnown: Promise<boolean> };
  if (!(await output.isKnown)) return undefined;
  return new Promise((resolve) => output.apply(resolve));
}
