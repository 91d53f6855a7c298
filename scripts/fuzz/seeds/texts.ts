/** What is read besides manifests and binaries: entries, patterns, templates and names. */
import type { Many } from "../random.ts";

export const hosts: Many<string> = [
  "https://api.example.com",
  "http://localhost:3000",
  "https://*.example.com:8443",
  "*://*:*",
  "redis://10.0.0.0/8:6379",
  "mysql://[fe80::1]:3306",
  "postgres://[2001:db8::]/32:5000..6000",
  "http://self",
  "http://self.alt/",
  "mqtt://broker.example:*",
  "https://{{ host }}:{{ port }}",
  "http://bücher.example",
  "https://192.168.1.1:80",
  "{http,https}://a.test",
  "insecure:allow-all",
];

export const urls: Many<string> = [
  "https://api.example.com/v1/items?a=1#b",
  "http://user:secret@example.com:8080/",
  "redis://10.1.2.3:6379/0",
  "http://[::ffff:127.0.0.1]/",
  "self.alt/inner",
  "http://self.alt",
  "//example.com",
  "example.com:443",
  "http://0x7f.1/",
  "https://bücher.example/%F0%9F%98%80",
];

export const routes: Many<string> = [
  "/",
  "/...",
  "/*",
  "/users/:id",
  "/users/:user_id/posts/:post-id/...",
  "hello",
  "/a/b/c/",
  "/.well-known/spin/health",
  "/with%20escape/ü",
];

export const templates: Many<string> = [
  "plain",
  "{{ name }}",
  "{{a}}-{{ b_c }}",
  "https://{{ host }}:{{ port }}/x",
  "{ single } }} closed {{ open }}",
  "{{ a",
];

export const dependencyNames: Many<string> = [
  "plain-name",
  "wasi:http/incoming-handler@0.2.0",
  "example:package",
  "example:package@1.2.3-rc.1+build.5",
  "a:b/c@0.0.1",
  "LOUD:words/inside@10.20.30",
];

export const references: Many<string> = [
  "ghcr.io/owner/app:1.0.0",
  "localhost:5000/a/b@sha256:0000000000000000000000000000000000000000000000000000000000000000",
  "ubuntu",
  "docker.io/library/app:latest",
  "[::1]:5000/app:v1",
];
