import { parse, TomlError } from "smol-toml";
import { type Code, SpinError } from "../errors/index.ts";
import { isDeeper } from "../json.ts";

/**
 * A manifest of 1,000 components and 5,000 routes has half a million characters. A text can make the parser
 * take a thousand bytes of memory for each character.
 */
const longestText = 2_000_000;

/** Dotted keys nest as deep as a text is long, and what walks through them calls itself. */
const deepest = 80;

/** The data of a TOML text; throws `code` with `line:column` as its path. `title` begins a sentence: "The manifest". */
export function readToml(text: string, code: Code, title: string): Record<string, unknown> {
  if (text.length > longestText) {
    const message = `${title} has ${text.length} characters; expected at most ${longestText}.`;
    throw new SpinError(code, message, { hint: "Split it, or remove what does not belong in it." });
  }
  const data = parsed(text, code, title);
  if (!isDeeper(data, deepest)) return data;
  const message = `${title} nests deeper than ${deepest} tables and lists.`;
  throw new SpinError(code, message, { hint: "Flatten it; Spin's parser has such a limit, too." });
}

function parsed(text: string, code: Code, title: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) {
      // Nested too deeply for the parser's recursion.
      throw new SpinError(code, `${title} cannot be read: ${String(error)}.`, { cause: error });
    }
    const { line, column } = error;
    const [reason = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    const message = `Line ${line}, column ${column}: ${reason.replace(/\.$/, "")}.`;
    throw new SpinError(code, message, { path: `${line}:${column}`, cause: error });
  }
}
