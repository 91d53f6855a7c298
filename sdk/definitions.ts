import type * as pulumi from "@pulumi/pulumi";

/** A program passes resources; the next resource takes their definitions. */
export function definitionsOf<T>(
  items: readonly (Definer<T> | pulumi.Input<T>)[] | undefined,
): pulumi.Input<T>[] | undefined {
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
