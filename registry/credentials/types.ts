export type Credential =
  | { kind: "basic"; username: string; password: string }
  /** A refresh token, which the token server takes instead of a password. */
  | { kind: "identity"; token: string }
  /** A token that goes to the registry as it is. */
  | { kind: "bearer"; token: string };

export interface FoundCredential {
  credential: Credential;
  /** Where it was found, for messages. */
  source: string;
}
