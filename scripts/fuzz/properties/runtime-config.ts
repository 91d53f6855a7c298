/** What must hold for the text of any runtime-config.toml. */
import { isDeepStrictEqual } from "node:util";
import {
  describeIssue,
  parseRuntimeConfig,
  redactRuntimeConfig,
  runtimeConfigSecrets,
  synthesizeRuntimeConfig,
  unconfiguredLabels,
  validateRequiredVariables,
  validateRuntimeConfig,
} from "../../../model/index.ts";
import { pathParts } from "../../../model/toml/index.ts";
import { must, plain } from "./plain.ts";

/** What was read is written so that it is read as the same. */
export function configReadBack(text: string): unknown {
  const config = parseRuntimeConfig(text);
  const written = synthesizeRuntimeConfig(config);
  const again = must(
    () => parseRuntimeConfig(written),
    `synthesizeRuntimeConfig wrote what is no config:\n${written}`,
  );
  if (isDeepStrictEqual(plain(again), plain(config))) return again;
  throw new Error(`synthesizeRuntimeConfig wrote what is read as something else:\n${written}`);
}

/** No issue tells a secret, and a copy for people has none. */
export function configSecrets(text: string): unknown {
  let count = 0;
  // Each in other words, so that one that landed elsewhere is told apart.
  const config = parseRuntimeConfig(text.replaceAll('"secret"', () => `"c4nary-${count++}!"`));
  const paths = runtimeConfigSecrets(config);
  const secrets = paths.flatMap((path) => {
    const value = valueAt(config, path);
    return typeof value === "string" && /^c4nary-\d+!$/.test(value) ? [value] : [];
  });
  const issues = [
    ...validateRuntimeConfig(config),
    ...unconfiguredLabels(
      { api: { key_value_stores: ["cache", "x"], sqlite_databases: ["default"] } },
      config,
    ),
    ...validateRequiredVariables({ greeting: {}, my_token: {} }, config, { environment: [] }),
  ];
  const told = `${issues.map(describeIssue).join("\n")}\n${JSON.stringify(redactRuntimeConfig(config))}`;
  const leak = secrets.find((secret) => told.includes(secret));
  if (leak !== undefined) throw new Error(`The secret ${leak} was told: ${told}`);
  return issues;
}

function valueAt(config: unknown, path: string): unknown {
  return pathParts(path).reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    config,
  );
}
