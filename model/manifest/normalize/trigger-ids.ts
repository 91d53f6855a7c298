import type { Manifest, ManifestTrigger } from "../types.ts";

export type TriggerWithId = ManifestTrigger & { id: string };

/** Ids as Spin gives them: `<component>-<type>-trigger` while that is free, else `<type>-trigger<n>` with n from 1. */
export function giveTriggerIds(triggers: Manifest["trigger"]): Record<string, TriggerWithId[]> {
  const taken = new Set(Object.values(triggers).flatMap((list) => list.flatMap(({ id }) => id ?? [])));
  return Object.fromEntries(
    Object.entries(triggers).map(([type, list]) => {
      let counter = 1;
      const freeId = ({ component }: ManifestTrigger): string => {
        const natural = typeof component === "string" ? `${component}-${type}-trigger` : undefined;
        if (natural !== undefined && !taken.has(natural)) return natural;
        while (taken.has(`${type}-trigger${counter}`)) counter++;
        return `${type}-trigger${counter}`;
      };
      return [
        type,
        list.map((trigger) => {
          // An empty id is none to Spin.
          const id = trigger.id || freeId(trigger);
          taken.add(id);
          return { ...trigger, id };
        }),
      ];
    }),
  );
}
