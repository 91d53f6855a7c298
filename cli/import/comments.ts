import { tomlPositions } from "../../model/toml/index.ts";

/** The comments of a spin.toml, to be put where what they speak of has gone. */
export class Comments {
  readonly #lines: string[];
  readonly #places: ReturnType<typeof tomlPositions>;
  readonly #used = new Set<number>();

  constructor(text: string) {
    this.#lines = text.split(/\r?\n/);
    this.#places = tomlPositions(text);
  }

  /** Comment lines directly above a key or a table's header. Each is given once. */
  above(path: string): string[] {
    const place = this.#places.get(path);
    if (place === undefined) return [];
    const found: string[] = [];
    for (let line = place.line - 1; line > 0; line--) {
      const comment = /^\s*#(?!:schema)\s?(.*)$/.exec(this.#lines[line - 1] ?? "");
      if (comment === null || this.#used.has(line)) break;
      this.#used.add(line);
      found.unshift(comment[1] ?? "");
    }
    return found;
  }

  /** Lines, from 1, whose comments nobody asked for. */
  rest(): number[] {
    return this.#lines.flatMap((line, index) =>
      /^\s*#(?!:schema)\s*\S/.test(line) && !this.#used.has(index + 1) ? [index + 1] : [],
    );
  }
}
