import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

const ecKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** An authority of the test's, and what it signs. */
export class TestAuthority {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async create(): Promise<void> {
    await this.#openssl(
      "req",
      "-x509",
      ...ecKey,
      "-keyout",
      "ca.key",
      "-out",
      "ca.crt",
      "-days",
      "2",
      "-subj",
      "/CN=test-ca",
    );
    await this.#openssl("genrsa", "-out", "sa.key", "2048");
    await this.#openssl("rsa", "-in", "sa.key", "-pubout", "-out", "sa.pub");
  }

  /** `<name>.crt` and `<name>.key`: of a user, or of 127.0.0.1. */
  async sign(name: string, subject: string): Promise<{ certificate: string; key: string }> {
    const file = (ending: string): string => join(this.folder, `${name}.${ending}`);
    await this.#openssl("req", ...ecKey, "-keyout", file("key"), "-out", file("csr"), "-subj", subject);
    await writeFile(file("ext"), "subjectAltName=IP:127.0.0.1\n");
    const ca = [
      "-CA",
      "ca.crt",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "2",
      "-extfile",
      file("ext"),
    ];
    await this.#openssl("x509", "-req", "-in", file("csr"), ...ca, "-out", file("crt"));
    return { certificate: file("crt"), key: file("key") };
  }

  async #openssl(...args: string[]): Promise<void> {
    await execa("openssl", args, { cwd: this.folder });
  }
}
