import { resolveTemplate } from "../../../model/manifest/template.ts";

export interface DeclaredVariable {
  default?: string | undefined;
  secret?: boolean | undefined;
}

/** The variables of an application: what the manifest declares, and the values that the deployment gives. */
export class AppVariables {
  readonly #declared: ReadonlyMap<string, DeclaredVariable>;
  readonly #values: () => Readonly<Record<string, string>>;

  /** `values` is asked at each look-up: a deployment's values may change while the app runs. */
  constructor(
    declared: ReadonlyMap<string, DeclaredVariable>,
    values: () => Readonly<Record<string, string>>,
  ) {
    this.#declared = declared;
    this.#values = values;
  }

  /** The text of a template. Throws for a variable that is not declared or has no value. */
  resolve(template: string): string {
    return resolveTemplate(template, (name) => this.#value(name));
  }

  /** Declared variables that have neither a value nor a default. */
  missing(): string[] {
    return [...this.#declared.keys()].filter((name) => this.#find(name) === undefined);
  }

  #value(name: string): string {
    const value = this.#find(name);
    if (value === undefined) throw new Error(`no value for the application variable "${name}"`);
    return value;
  }

  #find(name: string): string | undefined {
    const declared = this.#declared.get(name);
    if (declared === undefined) return undefined;
    const values = this.#values();
    return Object.hasOwn(values, name) ? values[name] : declared.default;
  }
}
