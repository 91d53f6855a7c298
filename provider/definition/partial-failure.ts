/** Marks these across copies of the package, as SpinError's brand does. */
const brand = Symbol.for("pulumi-spin.partial-failure");

/**
 * A create or update that failed when something already existed: the engine records the id and the outputs with the
 * reasons, so that nothing is orphaned, and the next update goes on from there.
 */
export class PartialFailure extends Error {
  readonly [brand] = true;
  readonly id: string;
  /** What really exists. */
  readonly outputs: Record<string, unknown>;

  constructor(id: string, outputs: Record<string, unknown>, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "PartialFailure";
    this.id = id;
    this.outputs = outputs;
  }
}

export function isPartialFailure(value: unknown): value is PartialFailure {
  return typeof value === "object" && value !== null && brand in value;
}
