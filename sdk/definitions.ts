import * as pulumi from "@pulumi/pulumi";

/** Resources or their definitions; an output may hold the list as a whole. */
export type Definitions<R, T> = readonly (R | pulumi.Input<T>)[] | pulumi.Output<readonly (R | T)[]>;

/** A program passes resources; the next resource takes their definitions. */
export function definitionsOf<T>(
  items: Definitions<Definer<T>, T> | undefined,
): pulumi.Input<pulumi.Input<T>[]> | undefined {
  if (pulumi.Output.isInstance(items))
    // Its type says how T is unwrapped once more, which a definition, plain JSON, is not.
    return items.apply((list) => pulumi.all(list.map(definitionOf)) as pulumi.Output<T[]>);
  return items?.map((item) => definitionOf(item));
}

export function definitionOf<T>(item: Definer<T> | pulumi.Input<T>): pulumi.Input<T> {
  return isDefiner(item) ? item.definition : item;
}

interface Definer<T> {
  definition: pulumi.Output<T>;
}

function isDefiner<T>(item: Definer<T> | pulumi.Input<T>): item is Definer<T> {
  // An Output answers every property with another Output: only a resource has a URN of its own.
  return (
    typeof item === "object" && item !== null && "definition" in item && "urn" in item && !("apply" in item)
  );
}
