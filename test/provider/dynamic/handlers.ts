/** The handlers of a resource, called as the engine calls them: in order, with plain JSON in and out. */
import { handle } from "../../../provider/dynamic/index.ts";
import type { Properties } from "../../../provider/definition/resource.ts";

export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret as the wire carries it. */
export function secret(value: unknown): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** What the engine makes of an answer: secrets are unwrapped for handlers, and all is copied. */
export function stored(bag: Properties): Properties {
  return JSON.parse(JSON.stringify(bag), (_key, member) =>
    member?.["4dabf18193072939515e22adb298388d"] === undefined ? member : member.value,
  ) as Properties;
}

/** The outputs that a preview shows: the engine takes the checked inputs for them. */
export async function preview(kind: string, news: Properties, olds: Properties = {}): Promise<Properties> {
  return checked(kind, { ...news, __call: { preview: true } }, olds);
}

export async function checked(kind: string, news: Properties, olds: Properties = {}): Promise<Properties> {
  const { inputs, failures } = await handle(`spin:index:${kind}`).check(olds, {
    __provider: "text",
    ...news,
  });
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return inputs;
}

/** check → create, as `pulumi up` does for a new resource. */
export async function created(kind: string, news: Properties): Promise<{ id: string; outs: Properties }> {
  const inputs = await checked(kind, news);
  return handle(`spin:index:${kind}`).create({ ...stored(inputs), __provider: "text" });
}
