import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { Failure } from "../bootstrap/failure.mjs";

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const wayOut =
  "Install the program yourself, so that it is on PATH; or run on Debian or Ubuntu, with apt-get and debian-archive-keyring.";

/** The files of packages of one release, fetched with apt's own checks and a state of its own in `work`. */
export async function downloadPackages(
  suite: string,
  packages: readonly string[],
  work: string,
): Promise<string[]> {
  const mirror = debianMirror();
  if (mirror === undefined || !existsSync(keyring))
    throw new Failure(
      `${packages[0]} is not on PATH, and this machine has no package sources of Debian.`,
      wayOut,
    );
  for (const folder of ["lists/partial", "cache/archives/partial", "files"])
    mkdirSync(join(work, folder), { recursive: true });
  const list = join(work, "debian.sources");
  writeFileSync(
    list,
    `Types: deb\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${keyring}\n`,
  );
  const options = {
    "Dir::Etc::sourcelist": list,
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State": work,
    "Dir::State::lists": join(work, "lists"),
    "Dir::Cache": join(work, "cache"),
    "APT::Sandbox::User": "root",
  };
  const flags = Object.entries(options).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  await apt([...flags, "-qq", "update"], work);
  await apt([...flags, "-qq", "download", ...packages], join(work, "files"));
  return readdirSync(join(work, "files")).map((file) => join(work, "files", file));
}

async function apt(args: string[], cwd: string): Promise<void> {
  const { exitCode, stderr } = await execa("apt-get", args, { cwd, reject: false, timeout: 300_000 });
  if (exitCode === 0) return;
  throw new Failure(
    `apt-get failed: ${stderr?.split("\n").slice(-3).join(" ") || "it could not be started"}`,
    wayOut,
  );
}

/** The mirror that this machine uses already. */
function debianMirror(): string | undefined {
  const folder = "/etc/apt/sources.list.d";
  const files = [
    "/etc/apt/sources.list",
    ...(existsSync(folder) ? readdirSync(folder).map((it) => join(folder, it)) : []),
  ];
  const texts = files.filter(existsSync).map((file) => readFileSync(file, "utf8"));
  return /^(?:URIs:|deb(?: \[[^\]]*\])?)\s+(https?:\/\/\S+\/debian\/?)(?=\s|$)/m.exec(texts.join("\n"))?.[1];
}
