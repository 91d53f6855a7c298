/** The forms in which a resource's properties cross this protocol. */
import type { Properties, ResourceDefinition } from "../definition/resource.ts";

/**
 * What `check` answers and state keeps as inputs: the inputs, and those outputs that `diff` compares. With them `diff`
 * needs nothing but its arguments: a refresh on a machine without the sources finds no difference in them.
 */
export function checkedForm({ inputs, compared = [] }: ResourceDefinition, bag: Properties): Properties {
  const names = [...Object.keys(inputs.shape), ...compared.map((path) => path.split(".")[0])];
  return Object.fromEntries(Object.entries(bag).filter(([name]) => names.includes(name)));
}
