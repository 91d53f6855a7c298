import type { CoreItem, LinkPlan, ValueType } from "../plan/link-plan.ts";
import { invalid, unsupported } from "../unsupported.ts";

/** Characters of generated JavaScript: real components stay below one megabyte. */
const longest = 8_000_000;

/**
 * Generated JavaScript in the making. Its names: `t<n>` trampolines, `f<n>` core functions that it calls and `F<n>` those that may wait, `c<n>` host
 * functions, `memory<n>`, `bytes<n>`, `view<n>` and `buffer<n>` one memory, `table<n>`, `leave<n>` and `enter<n>` one
 * component instance; `P` and `N` pointer and length of what was written last, `L` the handles lent, `S` the scope of
 * borrows, `fuel` what one call may still read, `flag`
 * whether the stack that runs may be suspended.
 */
export class Source {
  readonly plan: LinkPlan;
  readonly #chunks: string[] = [];
  readonly #named = new Map<string, string>();
  readonly #coreFunctions = new Map<string, CoreFunctionName>();
  readonly #promisingFunctions = new Map<string, CoreFunctionName>();
  #length = 0;

  constructor(plan: LinkPlan) {
    this.plan = plan;
  }

  type(index: number): ValueType {
    const type = this.plan.types[index];
    if (type === undefined) throw new Error(`no type ${index}`);
    return type;
  }

  add(text: string): void {
    this.spend(text.length);
    this.#chunks.push(text);
  }

  /** ERR_SPIN_RUNTIME_LINK when types unfold to more than any real component needs. */
  spend(characters: number): void {
    this.#length += characters;
    if (this.#length > longest) throw invalid("its types unfold to too much code");
  }

  /** The name of a function or constant that is generated once for this key. */
  once(prefix: string, key: string, make: (name: string) => string): string {
    const full = `${prefix} ${key}`;
    const found = this.#named.get(full);
    if (found !== undefined) return found;
    const name = `${prefix}_${this.#named.size}`;
    this.#named.set(full, name);
    this.add(make(name));
    return name;
  }

  /** An expression for a core function that generated code calls. */
  coreFunction(item: CoreItem): string {
    return "trampoline" in item ? `t${item.trampoline}` : nameOf(item, "f", this.#coreFunctions);
  }

  /** The same for a core function that may wait: on a stack of its own, it returns a promise. */
  promisingFunction(item: CoreItem): string {
    if ("trampoline" in item) throw unsupported("an import that it exports again");
    return nameOf(item, "F", this.#promisingFunctions);
  }

  /** Core functions that the code so far calls, to be assigned when their instances are made. */
  get coreFunctions(): readonly CoreFunctionName[] {
    return [...this.#coreFunctions.values()];
  }

  get promisingFunctions(): readonly CoreFunctionName[] {
    return [...this.#promisingFunctions.values()];
  }

  get text(): string {
    return this.#chunks.join("\n");
  }
}

interface CoreFunctionName {
  name: string;
  item: Extract<CoreItem, { core: number }>;
}

function nameOf(
  item: CoreFunctionName["item"],
  prefix: string,
  names: Map<string, CoreFunctionName>,
): string {
  const key = JSON.stringify(item);
  const found = names.get(key) ?? { name: `${prefix}${names.size}`, item };
  names.set(key, found);
  return found.name;
}
