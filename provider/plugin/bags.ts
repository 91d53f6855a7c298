/** The forms in which a resource's properties cross this protocol. */
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import type { Path } from "../wire/decode.ts";

/**
 * What `check` answers and state keeps as inputs: the inputs, and those outputs that `diff` compares. With them `diff`
 * needs nothing but its arguments: a refresh on a machine without the sources finds no difference in them.
 */
export function checkedForm({ inputs, compared = [] }: ResourceDefinition, bag: Properties): Properties {
  return pick(bag, [...Object.keys(inputs.shape), ...compared]);
}

/** The inputs alone. */
export function ownInputs({ inputs }: ResourceDefinition, bag: Properties): Properties {
  return pick(bag, Object.keys(inputs.shape));
}

/** Where secrets are: those that came as secrets, and those that the definition knows. */
export function secretsIn(definition: ResourceDefinition, bag: Properties, came: Path[]): Path[] {
  return [...came, ...(definition.secrets?.(bag) ?? [])];
}

function pick(bag: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => names.includes(name)));
}
