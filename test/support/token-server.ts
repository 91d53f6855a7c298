/** A token server as docker-registry wants it (distribution, docs/spec/auth/token): JWTs signed with a certificate it trusts. */
import { createSign, randomUUID, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface TokenServer {
  realm: string;
  /** The scopes of each call, in order. */
  asked: string[][];
  stop(): Promise<void>;
}

export interface TokenServerOptions {
  certificateFile: string;
  keyFile: string;
  port: number;
}

const user = `Basic ${Buffer.from("me:s3cret").toString("base64")}`;

/** Gives all that is asked for to `me` with the password `s3cret`, and pulling to everybody. */
export async function startTokenServer({
  certificateFile,
  keyFile,
  port,
}: TokenServerOptions): Promise<TokenServer> {
  const key = readFileSync(keyFile, "utf8");
  const certificate = new X509Certificate(readFileSync(certificateFile)).raw.toString("base64");
  const asked: string[][] = [];
  const server = createServer(({ url = "", headers }, response) => {
    const query = new URL(url, "http://token").searchParams;
    const scopes = query.getAll("scope");
    asked.push(scopes);
    const isUser = headers.authorization === user;
    if (headers.authorization !== undefined && !isUser) return void response.writeHead(401).end("{}");
    const access = scopes.map((scope) => {
      const [type = "", name = "", actions = ""] = scope.split(":");
      return { type, name, actions: actions.split(",").filter((action) => isUser || action === "pull") };
    });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: "test",
      sub: isUser ? "me" : "",
      aud: query.get("service"),
      exp: now + 300,
      nbf: now - 10,
      iat: now,
      jti: randomUUID(),
      access,
    };
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${encode({ typ: "JWT", alg: "RS256", x5c: [certificate] })}.${encode(claims)}`;
    const signature = createSign("RSA-SHA256").update(signed).sign(key).toString("base64url");
    response.end(JSON.stringify({ token: `${signed}.${signature}`, expires_in: 300 }));
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    asked,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
