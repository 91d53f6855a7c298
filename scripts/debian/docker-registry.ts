/** The real docker-registry on loopback, in the set-ups that people have. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { request as requestTls } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { debianTool } from "./tools.ts";
import { freePort } from "./free-port.ts";

export interface DockerRegistry {
  /** `127.0.0.1:port` */
  host: string;
  folder: string;
  stop(): Promise<void>;
}

export interface RegistrySetup {
  /** htpasswd for `me` with the password `s3cret`. */
  isBasic?: boolean;
  /** Tokens that a token server signs. */
  token?: { realm: string; certificateFile: string };
  tls?: { certificateFile: string; keyFile: string };
}

/** bcrypt of `s3cret`, as `htpasswd -B` writes it. */
const htpasswd = "me:$2b$04$ulSdYMwuHjrkGtwg2M.KXegdIBH1s2Box6WzBIuo8u3hfstrAP96q\n";

export async function startDockerRegistry(setup: RegistrySetup = {}): Promise<DockerRegistry> {
  const { path, env } = await debianTool("docker-registry");
  const folder = await mkdtemp(join(tmpdir(), "pulumi-spin-registry-"));
  const port = await freePort();
  await writeFile(join(folder, "htpasswd"), htpasswd);
  const { isBasic, token, tls } = setup;
  const auth = isBasic
    ? { htpasswd: { realm: "test", path: join(folder, "htpasswd") } }
    : token && {
        token: {
          realm: token.realm,
          service: "registry",
          issuer: "test",
          rootcertbundle: token.certificateFile,
        },
      };
  // JSON is YAML.
  await writeFile(
    join(folder, "config.yml"),
    JSON.stringify({
      version: 0.1,
      log: { level: "error", accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, "data") }, delete: { enabled: true } },
      http: {
        addr: `127.0.0.1:${port}`,
        ...(tls && { tls: { certificate: tls.certificateFile, key: tls.keyFile } }),
      },
      ...(auth && { auth }),
    }),
  );
  const child = spawn(path, ["serve", join(folder, "config.yml")], {
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
  await answering(`${tls === undefined ? "http" : "https"}://127.0.0.1:${port}/v2/`, child);
  return {
    host: `127.0.0.1:${port}`,
    folder,
    async stop() {
      const ended = new Promise((done) => child.once("exit", done));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An authority and a certificate for 127.0.0.1 that it signed. */
export async function makeCertificates(
  folder: string,
): Promise<{ caFile: string; certificateFile: string; keyFile: string }> {
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): Promise<unknown> => execa("openssl", args, { cwd: folder });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "ca.key",
    "-out",
    "ca.crt",
    "-days",
    "2",
    "-subj",
    "/CN=test authority",
  );
  await openssl("req", ...newKey, "-keyout", "tls.key", "-out", "tls.csr", "-subj", "/CN=127.0.0.1");
  await writeFile(file("san.txt"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  const signing = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "san.txt"];
  await openssl("x509", "-req", "-in", "tls.csr", ...signing, "-days", "2", "-out", "tls.crt");
  const chain = `${await readFile(file("tls.crt"), "utf8")}${await readFile(file("ca.crt"), "utf8")}`;
  await writeFile(file("chain.crt"), chain);
  return { caFile: file("ca.crt"), certificateFile: file("chain.crt"), keyFile: file("tls.key") };
}

/** What signs tokens: docker-registry wants RSA. */
export async function makeTokenCertificate(
  folder: string,
): Promise<{ certificateFile: string; keyFile: string }> {
  const names = ["-keyout", "token.key", "-out", "token.crt", "-days", "2", "-subj", "/CN=test tokens"];
  await execa("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...names], { cwd: folder });
  return { certificateFile: join(folder, "token.crt"), keyFile: join(folder, "token.key") };
}

/** Until it answers with any status; it takes less than a second on an idle machine. */
async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}.`);
    const isUp = await new Promise<boolean>((done) => {
      const send = url.startsWith("https:") ? requestTls : request;
      const asked = send(url, { rejectUnauthorized: false }, (response) => {
        response.resume();
        done(true);
      });
      asked.once("error", () => done(false));
      asked.end();
    });
    if (isUp) return;
    await sleep(100);
  }
  throw new Error("docker-registry does not answer.");
}
