/** Data as one of the many TOML texts that say it: tables and strings of every kind, comments, blanks, odd breaks. */
import fc from "fast-check";
import { isTable, keyText } from "../../../model/toml/index.ts";

/** How a text is written; the numbers are used up one by one, again and again. */
export interface Hand {
  choices: readonly number[];
  lineBreak: "\n" | "\r\n";
  hasFinalBreak: boolean;
}

export const hands: fc.Arbitrary<Hand> = fc.record({
  choices: fc.array(fc.nat(23), { minLength: 1, maxLength: 60 }),
  lineBreak: fc.constantFrom("\n", "\r\n"),
  hasFinalBreak: fc.boolean(),
});

export function writeFreely(data: Record<string, unknown>, hand: Hand): string {
  let used = 0;
  let comments = 0;
  const { lineBreak } = hand;
  const pick = (limit: number): number => (hand.choices[used++ % hand.choices.length] ?? 0) % limit;
  const comment = (): string => `# comment ${comments++} = [ "' ]`;
  const blank = (): string => ["", "", "", " ", "\t "][pick(5)] ?? "";

  const above = (): string => {
    const kind = pick(8);
    if (kind === 0) return lineBreak;
    if (kind === 1) return blank() + comment() + lineBreak;
    return kind === 2 ? comment() + lineBreak + lineBreak + comment() + lineBreak : "";
  };
  const behind = (): string => (pick(6) === 0 ? ` ${comment()}` : blank()) + lineBreak;

  const string = (text: string): string => {
    const kind = pick(6);
    if (kind === 0 && !/'|(?!\t)\p{Cc}/u.test(text)) return `'${text}'`;
    if (kind === 1 && lineBreak === "\n" && !/'''|'$|(?![\n\t])\p{Cc}/u.test(text)) return `'''\n${text}'''`;
    const basic = JSON.stringify(text).replaceAll("\u007f", "\\u007f");
    if (kind === 2) return `"""${lineBreak}${basic.slice(1, -1)}"""`;
    return kind === 3 ? `"""\\${lineBreak}  ${basic.slice(1, -1).replace(/^ /, "\\u0020")}"""` : basic;
  };
  const key = (text: string): string =>
    pick(6) === 0 && !/'|(?!\t)\p{Cc}/u.test(text) ? `'${text}'` : keyText(text);
  const dotted = (keys: readonly string[]): string => keys.map(key).join(pick(6) === 0 ? " . " : ".");

  const value = (it: unknown): string => {
    if (typeof it === "string") return string(it);
    if (Array.isArray(it)) return list(it.map(value));
    if (!isTable(it)) return it instanceof Date ? it.toISOString() : String(it);
    const pairs = Object.entries(it).flatMap(([name, member]) => leaves([name], member, 3));
    const texts = pairs.map(([keys, member]) => `${dotted(keys)}${blank()}=${blank()}${value(member)}`);
    return `{${blank()}${texts.join(`${blank()},${blank()}`)}${blank()}}`;
  };
  const list = (items: string[]): string => {
    if (pick(2) === 0) return `[${blank()}${items.join(`,${blank()}`)}${blank()}]`;
    const final = pick(2) === 0 ? "," : "";
    const lines = items.map((it, at) => `${above()}  ${it}${at < items.length - 1 ? "," : final}${behind()}`);
    return `[${behind()}${lines.join("")}${above()}]`;
  };
  /** A member as one pair, or for a table as one for each of its leaves. */
  const leaves = (keys: string[], member: unknown, rarity: number): [string[], unknown][] =>
    isTable(member) && Object.keys(member).length > 0 && pick(rarity) === 0
      ? Object.entries(member).flatMap(([name, it]) => leaves([...keys, name], it, rarity))
      : [[keys, member]];

  const section = (path: string[], table: Record<string, unknown>, header: string): string => {
    let lines = "";
    let below = "";
    for (const [name, member] of Object.entries(table)) {
      const kind = pick(4);
      const inner = [...path, name];
      const isList = Array.isArray(member) && member.length > 0 && member.every(isTable);
      if (isTable(member) && kind > 1) below += section(inner, member, "[]");
      else if (isList && kind > 0) for (const item of member) below += section(inner, item, "[[]]");
      else
        for (const [keys, it] of leaves([name], member, 2))
          lines += `${above()}${blank()}${dotted(keys)} = ${value(it)}${behind()}`;
    }
    const isNeeded = header === "[[]]" || lines !== "" || below === "" || pick(3) === 0;
    const [open, close] = header === "[[]]" ? ["[[", "]]"] : ["[", "]"];
    const head =
      path.length > 0 && isNeeded
        ? `${above()}${open}${blank()}${dotted(path)}${blank()}${close}${behind()}`
        : "";
    return head + lines + below;
  };
  const text = section([], data, "") + above();
  return hand.hasFinalBreak ? text : text.replace(/(\r?\n)+$/, "");
}
