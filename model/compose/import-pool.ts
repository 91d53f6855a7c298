import { SpinError } from "../errors/index.ts";
import { newer, trackOf } from "./names.ts";
import { describeFunc, describeType } from "./types/describe.ts";
import { areEqual } from "./types/given.ts";
import { resourcesIn } from "./types/resources-in.ts";
import type { Supplier } from "./types/supply.ts";
import type { TypeStore } from "./types/type-store.ts";
import type { Item, Resource, Type, Value } from "./types/types.ts";
import { unsupported } from "./errors.ts";

/** What the composed component imports: everything that its parts import and no other part gives. */
export interface PooledImport {
  /** The highest version that a part asks for. */
  name: string;
  item: Item;
  /** The part that asked first. */
  part: string;
}

/** The import, and the name in it, by which a type comes in. */
export interface Owner {
  import: PooledImport;
  /** `undefined` for an import that is a type itself. */
  name: string | undefined;
}

/** What parts import alike is imported once; what they do not agree about is ERR_SPIN_COMPOSE_IMPORT. */
export class ImportPool {
  readonly #store: TypeStore;
  readonly #imports = new Map<string, PooledImport>();
  readonly #owners = new Map<Type, Owner>();
  /** Where each resource comes in, by its id. */
  readonly #origins = new Map<number, Owner>();

  constructor(store: TypeStore) {
    this.#store = store;
  }

  /** In the order in which they were asked for. */
  get imports(): PooledImport[] {
    return [...this.#imports.values()];
  }

  find(name: string): PooledImport | undefined {
    return this.#imports.get(trackOf(name));
  }

  /** Where a resource comes in under its first name. */
  originOf({ id }: Resource): Owner | undefined {
    return this.#origins.get(id);
  }

  ownerOf(type: Type): Owner | undefined {
    return this.#owners.get(type);
  }

  /** Gives a part its imports; what was not asked for before is added. */
  supplier(part: string): Supplier {
    const add = (name: string, item: Item): Item => {
      const added = { name, item, part };
      this.#imports.set(trackOf(name), added);
      if (item.sort === "type") this.#own(item.value, { import: added, name: undefined });
      return item;
    };
    const find = (name: string): Item | undefined => {
      const found = this.find(name);
      if (found !== undefined) found.name = newer(found.name, name);
      return found?.item;
    };
    const inside = (name: string): Supplier => {
      const found = find(name) ?? add(name, { sort: "instance", value: { exports: new Map() } });
      if (found.sort !== "instance") throw this.#conflict([name], part, "an instance", `a ${found.sort}`);
      return this.#inside(name, found.value.exports, part);
    };
    return this.#merging([], part, find, add, inside);
  }

  /** Whether a resource comes from outside, and not from a part. */
  has(resource: Resource): boolean {
    return this.#origins.has(resource.id);
  }

  /** ERR_SPIN_COMPOSE_RESOURCE for an import with a resource of another part: nobody outside could give it. */
  checkResources(part: string): void {
    for (const { name, item } of this.imports) {
      const foreign = resourcesIn(item).find((resource) => !this.has(resource));
      if (foreign === undefined) continue;
      throw new SpinError(
        "ERR_SPIN_COMPOSE_RESOURCE",
        `${capital(part)} imports "${name}" with the resource "${foreign.name}" of a part that is composed with it, and no part gives it "${name}".`,
      );
    }
  }

  #inside(name: string, exports: Map<string, Item>, part: string): Supplier {
    const owner = this.find(name);
    const add = (inner: string, item: Item): Item => {
      exports.set(inner, item);
      if (item.sort === "type" && owner !== undefined) this.#own(item.value, { import: owner, name: inner });
      return item;
    };
    const nested = (): Supplier => {
      throw unsupported(`an instance inside of the import "${name}"`);
    };
    return this.#merging([name], part, (inner) => exports.get(inner), add, nested);
  }

  #merging(
    place: readonly string[],
    part: string,
    find: (name: string) => Item | undefined,
    add: (name: string, item: Item) => Item,
    inside: (name: string) => Supplier,
  ): Supplier {
    const conflict = (name: string) => (wanted: string, found: string) =>
      this.#conflict([...place, name], part, wanted, found);
    return {
      func(name, type) {
        const found = find(name);
        if (found === undefined) add(name, { sort: "func", value: type });
        else if (found.sort !== "func") throw conflict(name)("a func", `a ${found.sort}`);
        else if (found.value.structure !== type.structure)
          throw conflict(name)(describeFunc(type), describeFunc(found.value));
        else return found.value;
        return type;
      },
      resource: (name): Resource => {
        const found = find(name);
        if (found === undefined) {
          const resource = this.#store.resource(name);
          add(name, { sort: "type", value: resource });
          return resource;
        }
        if (found.sort === "type" && found.value.kind === "resource") return found.value;
        throw conflict(name)(
          "a resource",
          found.sort === "type" ? describeType(found.value) : `a ${found.sort}`,
        );
      },
      equal(name, type) {
        const found = find(name);
        if (found === undefined) {
          const value = another(type);
          add(name, { sort: "type", value });
          return value;
        }
        if (found.sort !== "type") throw conflict(name)(describeType(type), `a ${found.sort}`);
        if (!areEqual(found.value, type)) throw conflict(name)(describeType(type), describeType(found.value));
        return found.value;
      },
      inside,
      other: (name, sort) => {
        throw unsupported(`an imported ${sort} ("${name}")`);
      },
    };
  }

  #own(type: Type, owner: Owner): void {
    this.#owners.set(type, owner);
    if (type.kind === "resource" && type.named === undefined) this.#origins.set(type.id, owner);
  }

  #conflict(place: readonly string[], part: string, wanted: string, found: string): SpinError {
    const first = this.find(place[0] ?? "");
    return new SpinError(
      "ERR_SPIN_COMPOSE_IMPORT",
      `${capital(part)} imports "${place.join('" "')}" as ${wanted}, and ${first?.part ?? "another part"} as ${found}.`,
    );
  }
}

/** One more name of a type. */
function another(type: Type): Type {
  return type.kind === "resource" || isValue(type) ? ({ ...type, named: type } as Type) : type;
}

function isValue(type: Type): type is Value {
  return "structure" in type && type.kind !== "func";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
