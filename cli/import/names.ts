/** Names of constants in a program: of what they stand for, in camel case, each once. */

const taken =
  "App CapabilityGrant Component HostDeployment RedisTrigger Route Trigger Variable pulumi config app deployment url " +
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
  "false finally for function if implements import in instanceof interface let new null package private protected " +
  "public return static super switch this throw true try typeof undefined var void while with yield";

export class Names {
  readonly #taken = new Set(taken.split(" "));

  /** `kind` makes a name of its own where the plain one is taken. */
  give(text: string, kind: string): string {
    const plain = camelCase(text, kind);
    const candidates = [plain, plain.endsWith(kind) ? plain : plain + kind];
    for (let count = 2; ; count++) {
      const free = candidates.find((it) => !this.#taken.has(it));
      if (free !== undefined) {
        this.#taken.add(free);
        return free;
      }
      candidates.push(`${plain}${count}`);
    }
  }
}

export function camelCase(text: string, otherwise = "it"): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words
    .map((word, index) => (index === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return /^[A-Za-z]/.test(name) ? name : lowerFirst(otherwise) + name;
}

function lowerFirst(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}
