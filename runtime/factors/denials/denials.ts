import type { Denial } from "../../admin/protocol.ts";

/** What a component was refused. */
export type Refusal = Pick<Denial, "component" | "interface" | "target" | "grant">;

/** Most kinds of refusals that are kept: a guest can make up as many targets as it likes. */
const mostDenials = 1000;

/** A guest chooses the text of a label or a name. */
const longestText = 300;

/** The refusals of an app since its last deployment, or since its engine started, each kind once with its count. */
export class Denials {
  readonly #log: (line: string) => void;
  readonly #byKind = new Map<string, Denial>();

  /** `log` gets a line for the first refusal of each kind. */
  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  record(asked: Refusal): void {
    const refusal = { ...asked, target: shortened(asked.target), grant: shortened(asked.grant) };
    const key = JSON.stringify([refusal.component, refusal.interface, refusal.target]);
    const lastAt = new Date().toISOString();
    const known = this.#byKind.get(key);
    if (known !== undefined) {
      known.count++;
      known.lastAt = lastAt;
      return;
    }
    if (this.#byKind.size >= mostDenials) return;
    this.#byKind.set(key, { ...refusal, count: 1, lastAt });
    this.#log(renderRefusal(refusal));
  }

  /** Another revision begins with none. */
  clear(): void {
    this.#byKind.clear();
  }

  list(): Denial[] {
    return [...this.#byKind.values()].map((denial) => ({ ...denial }));
  }
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** One line for a person, with the grant to add. */
export function renderRefusal({ component, interface: witInterface, target, grant }: Refusal): string {
  return `denied: component "${component}" called ${witInterface} for ${target}. To allow it, grant the component ${grant}`;
}
