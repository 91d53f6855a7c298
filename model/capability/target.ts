import type { ComponentDefinition } from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { offers, parseInterface } from "./interfaces.ts";

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
      ...wasi(
        "cli/terminal-input cli/terminal-output cli/terminal-stdin cli/terminal-stdout cli/terminal-stderr",
      ),
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
    return [
      ...importIssues(component, path, target),
      ...exportIssues(component, path, target),
      ...grantIssues(component, path, target),
    ];
  });
}

function importIssues({ id, imports }: NonNullable<Judged>, path: string, target: Target): Issue[] {
  const strangers = (imports ?? []).filter(
    (wanted) => !target.imports.some((offer) => offers(offer, wanted)),
  );
  const [preview1, others] = [
    strangers.filter(isPreview1),
    strangers.filter((wanted) => !isPreview1(wanted)),
  ];
  const issues = others.map((wanted) => {
    const message = `${nameOf(id)} imports ${wanted}, which ${target.title} does not offer.`;
    return issue("ERR_SPIN_TARGET_IMPORT", `${path}.imports`, message, hintFor(wanted, target));
  });
  if (preview1.length === 0) return issues;
  // One step answers all of them, so they are one issue.
  const message = `${nameOf(id)} is a core module for WASI 0.1: it imports ${preview1[0]} and the like.`;
  const hint =
    'Build it as a component: target wasm32-wasip2, or "wasm-tools component new" with the adapter.';
  return [issue("ERR_SPIN_TARGET_IMPORT", `${path}.imports`, message, { hint }), ...issues];
}

function nameOf(id: string | undefined): string {
  return id === undefined ? "The component" : `The component "${id}"`;
}

function isPreview1(wanted: string): boolean {
  return /^wasi_(snapshot_preview1|unstable)#/.test(wanted);
}

/** What is offered under another version, or under a similar name in the same package. */
function hintFor(wanted: string, target: Target): { hint?: string } {
  const { name } = parseInterface(wanted);
  const versions = target.imports.filter((offer) => parseInterface(offer).name === name);
  if (versions.length > 0) {
    return { hint: `Build it for ${versions.map(spelled).join(" or ")}, which ${target.title} offers.` };
  }
  const [start = "", word = ""] = name.split("/");
  const siblings = target.imports.map((offer) => parseInterface(offer).name.split("/"));
  const similar = nearest(
    word,
    siblings.filter(([it]) => it === start).map(([, sibling = ""]) => sibling),
  );
  return similar === undefined ? {} : { hint: `Did you mean ${start}/${similar}?` };
}

/** An offer of a track, as people write it: `wasi:io/streams@0.2.x`. */
function spelled(offer: string): string {
  return parseInterface(offer).version.split(".").length < 3 ? `${offer}.x` : offer;
}

function exportIssues({ id, exports }: NonNullable<Judged>, path: string, target: Target): Issue[] {
  if (exports === undefined || exports.some((found) => target.exports.some((offer) => offers(offer, found))))
    return [];
  const found = exports.length === 0 ? "exports nothing" : `exports ${exports.join(", ")}`;
  const called = target.exports.map(spelled).join(" or ");
  const message = `${nameOf(id)} ${found}, but ${target.title} calls ${called}.`;
  return [issue("ERR_SPIN_TARGET_EXPORT", `${path}.exports`, message)];
}

function grantIssues({ id, grants }: NonNullable<Judged>, path: string, { refuses, title }: Target): Issue[] {
  return (grants ?? []).flatMap((grant, index) =>
    refuses
      .filter((property) => (grant?.[property]?.length ?? 0) > 0)
      .map((property) => {
        const values = grant?.[property]?.map(show).join(", ");
        const message = `${nameOf(id)} is granted ${property} (${values}), which ${title} does not serve.`;
        return issue("ERR_SPIN_TARGET_GRANT", `${path}.grants[${index}].${property}`, message);
      }),
  );
}

function show(value: string | { source: string } | undefined): string {
  return typeof value === "object" ? value.source : String(value);
}
