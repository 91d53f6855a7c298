/** WIT interfaces that several targets offer (crates/world/src/lib.rs, crates/factor-wasi/src/lib.rs, wit/deps). */

/** Names of packages and interfaces, blank between them, at one version. */
export function at(version: string, names: string): string[] {
  return names.split(" ").map((name) => (version === "" ? name : `${name}@${version}`));
}

/** WASI 0.2 with HTTP, as the track or at a prerelease. */
export function wasi02(version = "0.2"): string[] {
  return [
    ...at(version, "wasi:io/error wasi:io/poll wasi:io/streams"),
    ...at(version, "wasi:clocks/monotonic-clock wasi:clocks/wall-clock"),
    ...at(version, "wasi:random/random wasi:random/insecure wasi:random/insecure-seed"),
    ...at(version, "wasi:cli/environment wasi:cli/exit wasi:cli/stdin wasi:cli/stdout wasi:cli/stderr"),
    ...terminals(version),
    ...at(version, "wasi:filesystem/types wasi:filesystem/preopens"),
    ...at(version, "wasi:sockets/network wasi:sockets/instance-network wasi:sockets/ip-name-lookup"),
    ...at(version, "wasi:sockets/tcp wasi:sockets/tcp-create-socket"),
    ...at(version, "wasi:sockets/udp wasi:sockets/udp-create-socket"),
    ...at(version, "wasi:http/types wasi:http/outgoing-handler"),
  ];
}

/** WASI 0.3 with HTTP, as the track or at a prerelease. */
export function wasi03(version: string): string[] {
  return [
    ...at(
      version,
      "wasi:cli/types wasi:cli/environment wasi:cli/exit wasi:cli/stdin wasi:cli/stdout wasi:cli/stderr",
    ),
    ...terminals(version),
    ...at(version, "wasi:clocks/types wasi:clocks/monotonic-clock wasi:clocks/system-clock"),
    ...at(version, "wasi:filesystem/types wasi:filesystem/preopens"),
    ...at(version, "wasi:random/random wasi:random/insecure wasi:random/insecure-seed"),
    ...at(version, "wasi:sockets/types wasi:sockets/ip-name-lookup"),
    ...at(version, "wasi:http/types wasi:http/client"),
  ];
}

function terminals(version: string): string[] {
  return ["input", "output", "stdin", "stdout", "stderr"].map(
    (name) => `wasi:cli/terminal-${name}@${version}`,
  );
}

/** Spin 2.7: Spin 1's interfaces, those of fermyon:spin@2.0.0, and WASI 0.2 with its two prereleases. */
export const spin2 = [
  ...wasi02(),
  ...wasi02("0.2.0-rc-2023-10-18"),
  ...wasi02("0.2.0-rc-2023-11-10"),
  ...at(
    "",
    "fermyon:spin/config fermyon:spin/http fermyon:spin/http-types fermyon:spin/key-value fermyon:spin/llm",
  ),
  ...at("", "fermyon:spin/mysql fermyon:spin/postgres fermyon:spin/rdbms-types"),
  ...at("", "fermyon:spin/redis fermyon:spin/redis-types fermyon:spin/sqlite"),
  ...at("2.0.0", "fermyon:spin/key-value fermyon:spin/llm fermyon:spin/mqtt fermyon:spin/mysql"),
  ...at("2.0.0", "fermyon:spin/postgres fermyon:spin/rdbms-types fermyon:spin/redis"),
  ...at("2.0.0", "fermyon:spin/sqlite fermyon:spin/variables"),
];

/** What stays from 3.0 on. */
const common3 = [
  ...spin2,
  ...at("0.2.0-draft2", "wasi:keyvalue/store wasi:keyvalue/batch wasi:keyvalue/atomics"),
  "wasi:config/store@0.2.0-draft-2024-09-27",
  "spin:postgres/postgres@3.0",
  "spin:postgres/postgres@4.0",
  "spin:sqlite/sqlite@3.0",
  // With --experimental-wasi-otel.
  ...at("0.2.0-rc.2", "wasi:otel/types wasi:otel/tracing wasi:otel/metrics wasi:otel/logs"),
];

/** Spin 3.6, the last of its major; with its prerelease of WASI 0.3 for `executor = { type = "wasip3-unstable" }`. */
export const spin36 = [...common3, ...wasi03("0.3.0-rc-2026-01-06"), "wasi:http/handler@0.3.0-rc-2026-01-06"];

/** Spin 4.0: the asynchronous interfaces. */
export const spin40 = [
  ...common3,
  ...wasi03("0.3.0-rc-2026-03-15"),
  "spin:postgres/postgres@4.1",
  "spin:postgres/postgres@4.2",
  "spin:sqlite/sqlite@3.1",
  ...at(
    "3.0.0",
    "spin:key-value/key-value spin:mqtt/mqtt spin:mysql/mysql spin:redis/redis spin:variables/variables",
  ),
];

/** Spin 4.1: WASI 0.3 in its final form; middleware imports the handler that it stands before. */
export const spin41 = [...spin40, ...wasi03("0.3"), "wasi:http/handler@0.3"];
