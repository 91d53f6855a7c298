import { type Issue, issue } from "../../errors/index.ts";
import { pathTo } from "../../toml/index.ts";
import type { KeyValueStoreConfig } from "../types.ts";
import { emptyPathIssues, labelIssues } from "./labels.ts";
import { redisUrlIssues } from "./url.ts";

type Stores = Readonly<Record<string, KeyValueStoreConfig>>;

export function storeIssues(stores: Stores): Issue[] {
  return [
    ...Object.entries(stores).flatMap(([label, store]) => {
      const path = pathTo("key_value_store", label);
      return [...labelIssues(label, path), ...settingIssues(store, path)];
    }),
    ...sharedIssues(stores),
  ];
}

function settingIssues(store: KeyValueStoreConfig, path: string): Issue[] {
  if (store.type === "spin") return emptyPathIssues(store.path, pathTo(path, "path"));
  if (store.type === "redis") return redisUrlIssues(store.url, pathTo(path, "url"));
  return store.type === "aws_dynamo" ? credentialIssues(store, path) : [];
}

/** Spin takes the credentials of its environment without a word where one of the keys is missing. */
function credentialIssues(
  { access_key: access, secret_key: secret, token }: Extract<KeyValueStoreConfig, { type: "aws_dynamo" }>,
  path: string,
): Issue[] {
  const hasBoth = access !== undefined && secret !== undefined;
  if (hasBoth || (access ?? secret ?? token) === undefined) return [];
  const absent = [access === undefined ? ["access_key"] : [], secret === undefined ? ["secret_key"] : []];
  const message =
    `${path} has no ${absent.flat().join(" and no ")} besides its other credentials, ` +
    "so Spin uses those of its environment.";
  return [issue("ERR_SPIN_RUNTIME_CONFIG_CREDENTIALS", path, message, { severity: "warning" })];
}

/** The label is part of the key only in SQLite files; elsewhere two labels at one place are one store. */
function sharedIssues(stores: Stores): Issue[] {
  const first = new Map<string, string>();
  return Object.entries(stores).flatMap(([label, store]) => {
    const place = placeOf(store);
    if (place === undefined) return [];
    const other = first.get(place);
    if (other === undefined) {
      first.set(place, label);
      return [];
    }
    const message = `The stores "${other}" and "${label}" are in the same place, so that each sees and overwrites the other's keys.`;
    const path = pathTo("key_value_store", label);
    return [issue("ERR_SPIN_RUNTIME_CONFIG_SHARED", path, message, { severity: "warning" })];
  });
}

function placeOf(store: KeyValueStoreConfig): string | undefined {
  if (store.type === "azure_cosmos")
    return JSON.stringify([store.type, store.account, store.database, store.container]);
  if (store.type === "aws_dynamo") return JSON.stringify([store.type, store.region, store.table]);
  if (store.type === "spin" || !URL.canParse(store.url)) return undefined;
  const { protocol, hostname, port, pathname, searchParams } = new URL(store.url);
  if (protocol.endsWith("unix:")) return JSON.stringify(["redis", pathname, searchParams.get("db") ?? "0"]);
  // Users of one server and database share the keys, encrypted or not.
  const database = pathname.replaceAll("/", "");
  return JSON.stringify(["redis", hostname.toLowerCase(), port || "6379", Number(database)]);
}
