import { SpinError } from "../../errors/index.ts";
import type { ImportPool, PooledImport } from "../import-pool.ts";
import type { Instance, Item, Type } from "../types/types.ts";
import { externName, list, name, u32 } from "../../wasm/bytes.ts";
import { type ComponentWriter, sectionIds, sorts } from "./sections.ts";
import { TypeScope } from "./type-scope.ts";

/** Writes the imports of a component, each after those whose types it uses. */
export class ImportWriter {
  readonly #writer: ComponentWriter;
  readonly #pool: ImportPool;
  readonly #written = new Map<PooledImport, number>();
  readonly #isLocal: (wanted: PooledImport) => boolean;
  readonly #underWay = new Set<PooledImport>();
  /** Types that the component itself can name. */
  readonly types: TypeScope;

  /** `isLocal` are imports that are not written: the component has their types itself. */
  constructor(
    writer: ComponentWriter,
    pool: ImportPool,
    isLocal: (wanted: PooledImport) => boolean = () => false,
  ) {
    this.#isLocal = isLocal;
    this.#writer = writer;
    this.#pool = pool;
    this.types = new TypeScope({
      define: (bytes) => writer.define(sectionIds.type, "type", bytes),
      outside: (type) => this.#fromImport(type),
    });
  }

  /** Its index in the space of its sort. */
  write(wanted: PooledImport): number {
    const written = this.#written.get(wanted);
    if (written !== undefined) return written;
    if (this.#underWay.has(wanted)) throw circular(wanted);
    this.#underWay.add(wanted);
    const { sort, bytes } = this.#extern(wanted);
    const index = this.#writer.define(sectionIds.import, sort, [...externName(wanted.name), ...bytes]);
    this.#written.set(wanted, index);
    this.#underWay.delete(wanted);
    if (wanted.item.sort === "type") this.types.name(wanted.item.value, index);
    return index;
  }

  #extern(wanted: PooledImport): { sort: "func" | "type" | "instance"; bytes: number[] } {
    const { item } = wanted;
    switch (item.sort) {
      case "func":
        return { sort: "func", bytes: [0x01, ...u32(this.types.index(item.value))] };
      case "instance": {
        const declarations = this.#declarations(wanted, item.value);
        const index = this.#writer.define(sectionIds.type, "type", [0x42, ...list(declarations)]);
        return { sort: "instance", bytes: [0x05, ...u32(index)] };
      }
      case "type":
        return { sort: "type", bytes: this.#bound(item.value, this.types) };
      default:
        throw new Error(`an import that is a ${item.sort}`);
    }
  }

  /** What the type of an instance declares, in its own space of types. */
  #declarations(wanted: PooledImport, { exports }: Instance): number[][] {
    const declarations: number[][] = [];
    let count = 0;
    const declare = (bytes: number[]): number => {
      declarations.push(bytes);
      return count++;
    };
    const scope = new TypeScope({
      define: (bytes) => declare([0x01, ...bytes]),
      outside: (type) => {
        const outer = this.#isOwnOf(type, wanted) ? undefined : this.types.known(type);
        return outer === undefined
          ? undefined
          : declare([0x02, ...sorts.type, 0x02, ...u32(1), ...u32(outer)]);
      },
    });
    for (const [label, item] of exports) {
      const bytes = this.#declared(label, item, scope);
      if (item.sort === "type") scope.name(item.value, declare(bytes));
      else declarations.push(bytes);
    }
    return declarations;
  }

  #declared(label: string, item: Item, scope: TypeScope): number[] {
    switch (item.sort) {
      case "func":
        return [0x04, ...externName(label), 0x01, ...u32(scope.index(item.value))];
      case "type":
        return [0x04, ...externName(label), ...this.#bound(item.value, scope)];
      default:
        throw new Error(`an import with a ${item.sort}`);
    }
  }

  /** A resource is declared where it comes in, every other type is equal to one that is there. */
  #bound(type: Type, scope: TypeScope): number[] {
    const named = "named" in type ? type.named : undefined;
    if (type.kind === "resource" && named === undefined) return [0x03, 0x01];
    return [0x03, 0x00, ...u32(scope.index(named ?? type))];
  }

  #isOwnOf(type: Type, wanted: PooledImport): boolean {
    return this.#pool.ownerOf(type)?.import === wanted;
  }

  /** An alias of a type in another import, which is written first. */
  #fromImport(type: Type): number | undefined {
    const owner = this.#pool.ownerOf(type);
    if (owner === undefined || this.#isLocal(owner.import)) return undefined;
    if (this.#underWay.has(owner.import)) {
      if (type.kind === "resource") throw circular(owner.import);
      return undefined;
    }
    const instance = this.write(owner.import);
    if (owner.name === undefined) return instance;
    const bytes = [...sorts.type, 0x00, ...u32(instance), ...name(owner.name)];
    return this.#writer.define(sectionIds.alias, "type", bytes);
  }
}

function circular({ name: of }: PooledImport): SpinError {
  return new SpinError(
    "ERR_SPIN_COMPOSE_IMPORT",
    `The parts disagree about "${of}": its types and those of another import would each have to come first.`,
  );
}
