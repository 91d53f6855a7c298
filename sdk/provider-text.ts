/**
 * The provider of every dynamic resource: a text that Pulumi stores with the resource and evaluates, and that does nothing
 * but require the handlers by name. It is what Pulumi's serializer made of an object of such functions, kept as a
 * constant: no program has to load TypeScript to make it again, and no version of TypeScript makes another. Never
 * change it: stacks keep the text of the version that wrote them until their resources change.
 */
export function providerText(token: string): string {
  return text.replaceAll("TOKEN", token);
}

const text = `exports.handler = __f0;

var __provider = {check: __f1, diff: __f2, create: __f3, read: __f4, update: __f5, delete: __f6, configure: __f7};

function __f1(__0, __1) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (olds, news) => require("pulumi-spin/provider").handle(token).check(olds, news);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f2(__0, __1, __2) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (id, olds, news) => require("pulumi-spin/provider").handle(token).diff(id, olds, news);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f3(__0) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (inputs) => require("pulumi-spin/provider").handle(token).create(inputs);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f4(__0, __1) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (id, props) => require("pulumi-spin/provider").handle(token).read(id, props);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f5(__0, __1, __2) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (id, olds, news) => require("pulumi-spin/provider").handle(token).update(id, olds, news);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f6(__0, __1) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (id, props) => require("pulumi-spin/provider").handle(token).delete(id, props);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f7(__0) {
  return (function() {
    with({ token: "TOKEN", this: undefined, arguments: undefined }) {

return (req) => require("pulumi-spin/provider").handle(token).configure(req);

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f0() {
  return (function() {
    with({ provider: __provider, this: undefined, arguments: undefined }) {

return () => provider;

    }
  }).apply(undefined, undefined).apply(this, arguments);
}
`;
