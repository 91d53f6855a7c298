/** Writes a value with its changes: blanks, breaks, comments and commas stay where they are. */
import { skipBlanks, skipComment, skipTrivia } from "../../toml/reader.ts";
import type { InlineTable, List, Value } from "../../toml/scan-value.ts";
import type { Changes } from "./changes.ts";

/** A member of a list or an inline table; all parts together are the text between the brackets. */
interface Member {
  value: Value;
  /** What stands before it: blanks, breaks, comments. */
  lead: string;
  /** Where the key or the item starts. */
  from: number;
  beforeComma: string;
  hasComma: boolean;
  /** A comment behind it on the same line, with the blanks before. */
  rest: string;
}

export function renderValue(text: string, value: Value, changes: Changes): string {
  const replaced = changes.replaced.get(value);
  if (replaced !== undefined) return replaced;
  if (value.kind === "scalar") return text.slice(...value.span);
  const [members, end] = membersOf(text, value);
  const open = text.charAt(value.span[0]);
  const parts = flow(text, members, changes);
  const hasFinalComma = members.at(-1)?.hasComma ?? false;
  let result = open;
  for (const [index, { lead, body, beforeComma, rest }] of parts.entries()) {
    const comma = index < parts.length - 1 || hasFinalComma ? "," : "";
    result += `${lead}${body}${beforeComma}${comma}${rest}`;
    const follows = parts[index + 1]?.lead ?? end;
    if (rest.includes("#") && !/^\r?\n/.test(follows)) result += "\n";
  }
  return result + end + text.charAt(value.span[1] - 1);
}

type Part = Pick<Member, "lead" | "beforeComma" | "rest"> & { body: string };

/** The members that stay and the new ones, each with a lead that suits its place. */
function flow(text: string, members: Member[], changes: Changes): Part[] {
  const [first, second] = members;
  const firstLead = plain(first?.lead ?? "");
  const nextLead = second === undefined ? (firstLead.includes("\n") ? firstLead : " ") : plain(second.lead);
  const parts: Part[] = [];
  const added = (texts: readonly string[] = []): void => {
    for (const body of texts)
      parts.push({ lead: parts.length === 0 ? firstLead : nextLead, body, beforeComma: "", rest: "" });
  };
  for (const member of members) {
    added(changes.before.get(member.value));
    if (!changes.removed.has(member.value)) {
      const body = text.slice(member.from, member.value.span[0]) + renderValue(text, member.value, changes);
      const wasFirst = member === first;
      const isMoved = wasFirst !== (parts.length === 0) && !member.lead.includes("#");
      const lead = isMoved ? (wasFirst ? nextLead : firstLead) : member.lead;
      parts.push({ ...member, lead, body });
    }
    added(changes.after.get(member.value));
  }
  return parts;
}

/** A lead without comments and empty lines. */
function plain(lead: string): string {
  return /\r?\n[ \t]*$/.exec(lead)?.[0] ?? lead;
}

/** The members, and what stands between the last one and the closing bracket. */
function membersOf(text: string, value: List | InlineTable): [Member[], end: string] {
  const spans =
    value.kind === "list"
      ? value.items.map((item) => [item.span[0], item] as const)
      : value.pairs.map((pair) => [pair.keys[0]?.span[0] ?? pair.value.span[0], pair.value] as const);
  let at = value.span[0] + 1;
  const members = spans.map(([from, inner]): Member => {
    const lead = text.slice(at, from);
    const until = inner.span[1];
    const comma = { text, at: until };
    skipTrivia(comma);
    const hasComma = text[comma.at] === ",";
    const beforeComma = hasComma ? text.slice(until, comma.at) : "";
    const restFrom = hasComma ? comma.at + 1 : until;
    at = restUntil(text, restFrom);
    return { value: inner, lead, from, beforeComma, hasComma, rest: text.slice(restFrom, at) };
  });
  return [members, text.slice(at, value.span[1] - 1)];
}

/** The end of the line, if nothing but blanks and a comment is left of it. */
function restUntil(text: string, from: number): number {
  const reader = { text, at: from };
  skipBlanks(reader);
  if (text[reader.at] === "#") skipComment(reader);
  return /^\r?\n/.test(text.slice(reader.at, reader.at + 2)) ? reader.at : from;
}
