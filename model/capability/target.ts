import type { ComponentDefinition } from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { offers } from "./interfaces.ts";

export interface Target {
  /** As people call it. */
  title: string;
  /** Interfaces that a component may import, by semver track: `wasi:io/streams@0.2` serves every 0.2.x. */
  imports: readonly string[];
  /** Interfaces of which a component exports one, to be called by a trigger. */
  exports: readonly string[];
  /** Grants that the target cannot honour. */
  refuses: readonly ("sqliteDatabases" | "aiModels" | "files")[];
}

const wasi = (names: string): string[] => names.split(" ").map((name) => `wasi:${name}@0.2`);

export const targets = {
  "bundled-host": {
    title: "the bundled host",
    imports: [
      ...wasi("io/error io/poll io/streams"),
      ...wasi("clocks/monotonic-clock clocks/wall-clock"),
      ...wasi("random/random random/insecure random/insecure-seed"),
      ...wasi("cli/environment cli/exit cli/stdin cli/stdout cli/stderr"),
      ...wasi("cli/terminal-input cli/terminal-output cli/terminal-stdin cli/terminal-stdout cli/terminal-stderr"),
      ...wasi("filesystem/types filesystem/preopens"),
      ...wasi("sockets/network sockets/instance-network sockets/ip-name-lookup"),
      ...wasi("sockets/tcp sockets/tcp-create-socket sockets/udp sockets/udp-create-socket"),
      ...wasi("http/types http/outgoing-handler"),
      "fermyon:spin/key-value@2.0.0",
      "fermyon:spin/variables@2.0.0",
    ],
    exports: wasi("http/incoming-handler"),
    refuses: ["sqliteDatabases", "aiModels", "files"],
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

type Judged = Partial<Pick<ComponentDefinition, "id" | "imports" | "exports" | "grants">> | undefined;

/** What keeps a target from running these components, before anything is deployed. */
export function checkTarget(components: readonly Judged[], name: TargetName): Issue[] {
  const target: Target = targets[name];
  return components.flatMap((component, index) => {
    if (component === undefined) return [];
    const path = `components[${index}]`;
    return [...importIssues(component, path, target), ...exportIssues(component, path, target), ...grantIssues(component, path, target)];
  });
}

function importIssues({ id, imports }: NonNullable<Judged>, path: string, target: Target): Issue[] {
  const strangers = (imports ?? []).filter((wanted) => !target.imports.some((offer) => offers(offer, wanted)));
  return strangers.map((wanted) => {
    const [name = wanted] = wanted.split("@");
    const guess = nearest(wanted, target.imports.filter((offer) => offer.startsWith(`${name}@`)));
    const offered = guess === undefined ? "" : ` It offers ${guess}.`;
    const message = `The component "${id}" imports ${wanted}, which ${target.title} does not offer.${offered}`;
    return issue("ERR_SPIN_TARGET_IMPORT", `${path}.imports`, message);
  });
}

function exportIssues({ id, exports }: NonNullable<Judged>, path: string, target: Target): Issue[] {
  if (exports === undefined || exports.some((found) => target.exports.some((offer) => offers(offer, found)))) return [];
  const found = exports.length === 0 ? "exports nothing" : `exports ${exports.join(", ")}`;
  const message = `The component "${id}" ${found}; ${target.title} calls ${target.exports.join(", ")}.x.`;
  return [issue("ERR_SPIN_TARGET_EXPORT", `${path}.exports`, message)];
}

function grantIssues({ id, grants }: NonNullable<Judged>, path: string, { refuses, title }: Target): Issue[] {
  return (grants ?? []).flatMap((grant, index) =>
    refuses
      .filter((property) => (grant?.[property]?.length ?? 0) > 0)
      .map((property) => {
        const message = `The component "${id}" is granted ${property}, which ${title} does not serve.`;
        return issue("ERR_SPIN_TARGET_GRANT", `${path}.grants[${index}].${property}`, message);
      }),
  );
}
