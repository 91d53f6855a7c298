/** What `inherit_configuration` stands for (crates/capabilities/src/lib.rs): the interfaces of each kind of configuration. */
import { interfaceId } from "../names.ts";

const sets: Readonly<Record<string, readonly string[]>> = {
  ai_models: ["fermyon:spin/llm"],
  allowed_outbound_hosts: [
    "fermyon:spin/http",
    "fermyon:spin/mqtt",
    "fermyon:spin/mysql",
    "fermyon:spin/postgres",
    "fermyon:spin/redis",
    "spin:mqtt/mqtt",
    "spin:mysql/mysql",
    "spin:postgres/postgres",
    "spin:redis/redis",
    "wasi:http/client",
    "wasi:http/outgoing-handler",
    "wasi:sockets/ip-name-lookup",
    "wasi:sockets/tcp",
    "wasi:sockets/tcp-create-socket",
    "wasi:sockets/udp",
    "wasi:sockets/udp-create-socket",
  ],
  environment: ["wasi:cli/environment"],
  files: ["wasi:filesystem/preopens"],
  key_value_stores: ["fermyon:spin/key-value", "spin:key-value/key-value", "wasi:keyvalue/store"],
  sqlite_databases: ["fermyon:spin/sqlite", "spin:sqlite/sqlite"],
  variables: [
    "fermyon:spin/config",
    "fermyon:spin/variables",
    "spin:variables/variables",
    "wasi:config/store",
  ],
};

/** What a dependency may use of the configuration of the component that it becomes part of; none when it says nothing. */
export type Inheritance = "All" | { Some: string[] } | undefined;

/**
 * Whether an interface is kept from a dependency. All versions of it are: Spin lets those through that its adapter does not
 * have, which is no rule that anybody could rely on. Kinds that Spin does not know are ignored, as Spin does.
 */
export function isDenied(name: string, inherit: Inheritance): boolean {
  if (inherit === "All") return false;
  const { path } = interfaceId(name);
  const kind = Object.keys(sets).find((it) => sets[it]?.includes(path));
  return kind !== undefined && !(inherit?.Some ?? []).includes(kind);
}
