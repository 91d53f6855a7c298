import { isRegistry, registryName } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { eraseCredential, storeCredential } from "../../registry/credentials/index.ts";
import type { Command } from "../command.ts";
import { registryFlags, registryUsage, withRegistries } from "../registry/open-registries.ts";
import { readLine, readPassword } from "../registry/read-password.ts";

export const login: Command = {
  name: "login",
  usage: `REGISTRY [-u USER] [--password-stdin] ${registryUsage}`,
  summary: "Checks a user and a password, from stdin or a prompt, and keeps them where Docker does.",
  arguments: 1,
  flags: [...registryFlags.flags, "password-stdin"],
  options: [...registryFlags.options, "username"],
  letters: { ...registryFlags.letters, u: "username" },
  async run(line) {
    const registry = registryOf(line.arguments[0] ?? "");
    const given = line.options.get("username");
    if (given === undefined && !process.stdin.isTTY)
      throw noInput("-u USER is missing, and there is no terminal to ask on.");
    const username = given ?? (await readLine(`User for ${registry}: `));
    const password = await readPassword(line.flags.has("password-stdin"));
    if (username === "" || password === "") throw noInput("The user or the password is empty.");
    const credential = { kind: "basic", username, password } as const;
    await withRegistries(line, (client) => client.check(registry), { credential: async () => credential });
    const { place, isPlain } = await storeCredential(registry, { username, password });
    const warning = isPlain ? " It is not encrypted there; a credential helper would (credsStore)." : "";
    return {
      data: { registry, username, storedIn: place, encrypted: !isPlain },
      text: `Logged in to ${registry}. The password is in ${place}.${warning}`,
    };
  },
};

export const logout: Command = {
  name: "logout",
  usage: "REGISTRY",
  summary: "Forgets the credentials for a registry.",
  arguments: 1,
  async run({ arguments: [word = ""] }) {
    const registry = registryOf(word);
    const wasThere = await eraseCredential(registry);
    const text = wasThere ? `Logged out of ${registry}.` : `Nobody was logged in to ${registry}.`;
    return { data: { registry, loggedOut: wasThere }, text };
  },
};

function registryOf(word: string): string {
  const registry = registryName(word.replace(/^https?:\/\//, "").replace(/\/+$/, ""));
  if (isRegistry(registry)) return registry;
  throw new SpinError("ERR_SPIN_ARTIFACT_REFERENCE", `"${word}" is no registry: expected host or host:port.`);
}

function noInput(problem: string): SpinError {
  return new SpinError("ERR_SPIN_CLI_USAGE", problem, {
    hint: "Usage: echo PASSWORD | pulumi-spin login REGISTRY -u USER --password-stdin",
  });
}
