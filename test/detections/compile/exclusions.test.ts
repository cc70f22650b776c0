// Proves: whom each list keeps out or lets in, that no guard loses events without the field, and what happens to lists
// that are too long. Matching is judged by the reference reading in support/, not by AWS.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CompileError,
  catalog,
  compileDetection,
  type Detection,
  detectionById,
  type Exclusions,
  isStateful,
  maxPatternLength,
  parseFilterPattern,
} from "../../../detections";
import { account, by, deleteTable, type Event, identities, roleArn } from "../../support/events";
import { matches } from "../support/evaluate";

const detection: Detection = { ...detectionById("multiple-tables-deleted")!, id: "made-up" };
const compiled = (exclusions: Exclusions) => compileDetection(detection, exclusions);
const counts = (exclusions: Exclusions, event: Event): boolean =>
  compiled(exclusions).filters.some(({ pattern }) => matches(pattern, event));

const refusal = (exclusions: Exclusions, of = detection): CompileError => {
  try {
    compileDetection(of, exclusions);
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error("compiled");
};

const user = (name: string) => `arn:aws:iam::${account}:user/${name}`;
const root = `arn:aws:iam::${account}:root`;
const session = (role: string, name: string) => `arn:aws:sts::${account}:assumed-role/${role}/${name}`;

const start = '{ $.eventSource = "dynamodb.amazonaws.com" && $.eventName = "DeleteTable" && $.errorCode NOT EXISTS';
const issuer = "$.userIdentity.sessionContext.sessionIssuer.arn";
const serviceLinked = identities.autoScaling().sessionContext.sessionIssuer.arn;
const services = "*:role/aws-service-role/*";

describe("guards", () => {
  it("is one guard per field, with every value in it", () => {
    const ignorePrincipals = [roleArn("app/a"), user("u"), roleArn("app/b"), root];
    expect(compiled({ ignorePrincipals })).toEqual({
      filters: [
        {
          variant: "",
          regexes: 0,
          pattern:
            `${start} && (${issuer} NOT EXISTS || ${issuer} != "${roleArn("app/a")}" && ${issuer} != "${roleArn("app/b")}"` +
            ` && ${issuer} != "${services}")` +
            ` && ($.userIdentity.arn NOT EXISTS || $.userIdentity.arn != "${user("u")}" && $.userIdentity.arn != "${root}") }`,
        },
      ],
      notes: [],
    });
  });

  it("counts only the listed", () => {
    expect(compiled({ onlyPrincipals: [roleArn("app/a"), user("u*")] }).filters[0]!.pattern).toBe(
      `${start} && (${issuer} = "${roleArn("app/a")}" || $.userIdentity.arn = "${user("u*")}" || ${issuer} = "${user("u*")}") }`,
    );
  });

  it("counts sessions and federated users as they call, users also as who asked for a session", () => {
    const federated = `arn:aws:sts::${account}:federated-user/f`;
    expect(compiled({ onlyPrincipals: [session("a", "s"), federated, root] }).filters[0]!.pattern).toBe(
      `${start} && ($.userIdentity.arn = "${session("a", "s")}" || $.userIdentity.arn = "${federated}" || ` +
        `$.userIdentity.arn = "${root}" || ${issuer} = "${root}") }`,
    );
  });

  it("writes addresses, networks and endpoints", () => {
    const exclusions = {
      ignoreSourceIps: ["192.0.2.7", "10.0.0.0/8", "2001:db8::7"],
      ignoreVpcEndpoints: ["vpce-0123456789abcdef0"],
    };
    const ip = "$.sourceIPAddress";
    expect(compiled(exclusions).filters[0]!.pattern).toBe(
      `${start} && (${issuer} NOT EXISTS || ${issuer} != "${services}")` +
        ` && (${ip} NOT EXISTS || ${ip} != "192.0.2.7" && ${ip} != "10.*" && ${ip} != "2001:db8::7")` +
        ' && ($.vpcEndpointId NOT EXISTS || $.vpcEndpointId != "vpce-0123456789abcdef0") }',
    );
  });

  it("says a value once", () => {
    const addresses = ["192.0.2.7", "192.0.2.7/32", "2001:db8::7/128", "2001:db8::7"];
    const twice = { ignorePrincipals: [root, root], ignoreSourceIps: addresses };
    const once = { ignorePrincipals: [root], ignoreSourceIps: ["192.0.2.7", "2001:db8::7"] };
    expect(compiled(twice)).toEqual(compiled(once));
  });
});

describe("whom they keep out", () => {
  it.each<[string, Exclusions, Partial<Event>, boolean]>([
    ["a service-linked role, always", {}, by(identities.autoScaling()), false],
    ["a role whose path only holds that word", {}, by(identities.role("x/aws-service-role/eve")), true],
    ["a service-linked role that is named", { onlyPrincipals: [serviceLinked] }, by(identities.autoScaling()), true],
    ["every session of a role", { ignorePrincipals: [roleArn("app/a")] }, by(identities.role("app/a", "s1")), false],
    ["not another role", { ignorePrincipals: [roleArn("app/a")] }, by(identities.role("app/ab")), true],
    ["not a user", { ignorePrincipals: [roleArn("app/a")] }, by(identities.user("a")), true],
    ["not root", { ignorePrincipals: [roleArn("app/a")] }, by(identities.root()), true],
    ["a path", { ignorePrincipals: [roleArn("app/*")] }, by(identities.role("app/a")), false],
    ["not another path", { ignorePrincipals: [roleArn("app/*")] }, by(identities.role("apple/a")), true],
    ["one session", { ignorePrincipals: [session("a", "ci")] }, by(identities.role("a", "ci")), false],
    ["not another session", { ignorePrincipals: [session("a", "ci")] }, by(identities.role("a", "me")), true],
    ["root", { ignorePrincipals: [root] }, by(identities.root()), false],
    [
      "a federated user",
      { ignorePrincipals: [`arn:aws:sts::${account}:federated-user/f`] },
      by(identities.federated("f")),
      false,
    ],
    ["not a caller without ARN", { ignorePrincipals: [root] }, by({ type: "AWSService", invokedBy: "x" }), true],
    ["an address", { ignoreSourceIps: ["192.0.2.7"] }, { sourceIPAddress: "192.0.2.7" }, false],
    ["not a longer address", { ignoreSourceIps: ["192.0.2.7"] }, { sourceIPAddress: "192.0.2.70" }, true],
    ["a network", { ignoreSourceIps: ["10.1.0.0/16"] }, { sourceIPAddress: "10.1.200.9" }, false],
    ["not a neighbour", { ignoreSourceIps: ["10.1.0.0/16"] }, { sourceIPAddress: "10.10.0.9" }, true],
    ["an endpoint", { ignoreVpcEndpoints: ["vpce-01234567"] }, { vpcEndpointId: "vpce-01234567" }, false],
    ["not an event without endpoint", { ignoreVpcEndpoints: ["vpce-01234567"] }, {}, true],
    ["only a role", { onlyPrincipals: [roleArn("app/a")] }, by(identities.role("app/a")), true],
    ["only a role, not a user", { onlyPrincipals: [roleArn("app/a")] }, by(identities.user("a")), false],
    ["only a user", { onlyPrincipals: [user("u")] }, by(identities.user("u")), true],
  ])("%s", (_, exclusions, change, expected) => expect(counts(exclusions, deleteTable(change))).toBe(expected));

  it("counts everybody but the ignored, and with onlyPrincipals nobody but the listed", () => {
    const names = fc.uniqueArray(fc.constantFrom<string>("a", "b", "c", "app/d"), { maxLength: 4 });
    const caller = fc.constantFrom<string>("a", "b", "c", "app/d", "e");
    fc.assert(
      fc.property(names, names, caller, fc.boolean(), (ignored, only, name, isUser) => {
        fc.pre(only.length === 0 || only.some((one) => !ignored.includes(one)));
        const arnOf = isUser ? user : roleArn;
        const exclusions = { ignorePrincipals: ignored.map(arnOf), onlyPrincipals: only.map(arnOf) };
        const event = deleteTable(by(isUser ? identities.user(name) : identities.role(name)));
        expect(counts(exclusions, event)).toBe(!ignored.includes(name) && (only.length === 0 || only.includes(name)));
      }),
    );
  });
});

describe("onlyPrincipals of which nobody is left", () => {
  it.each<[string, Exclusions]>([
    ["the same role", { onlyPrincipals: [roleArn("app/a")], ignorePrincipals: [roleArn("app/a")] }],
    ["a role under an ignored path", { onlyPrincipals: [roleArn("app/a")], ignorePrincipals: [roleArn("app/*")] }],
    ["a path under an ignored one", { onlyPrincipals: [roleArn("app/b/*")], ignorePrincipals: [roleArn("app/*")] }],
    ["all of several", { onlyPrincipals: [user("u"), root], ignorePrincipals: [root, user("u"), user("v")] }],
  ])("is refused: %s", (_, exclusions) => {
    expect(() => compiled(exclusions)).toThrow(
      "onlyPrincipals: each of them is ignored as well (ignorePrincipals or workloadPrincipals)",
    );
  });

  it.each<[string, Exclusions]>([
    ["one of two", { onlyPrincipals: [user("u"), root], ignorePrincipals: [root] }],
    ["a path of which one is ignored", { onlyPrincipals: [roleArn("app/*")], ignorePrincipals: [roleArn("app/a")] }],
    ["nobody listed", { onlyPrincipals: [], ignorePrincipals: [root] }],
  ])("is taken: %s", (_, exclusions) => expect(compiled(exclusions).filters).toHaveLength(1));
});

describe("fifty roles", () => {
  const roles = Array.from({ length: 50 }, (_, i) => roleArn(`app/orders-${i}`));

  it.each(catalog.filter((entry) => !isStateful(entry)).map((entry) => [entry.id, entry] as const))(
    "under one path fit into %s, and a note says so",
    (_, entry) => {
      const { filters, notes } = compileDetection(entry, { ignorePrincipals: roles });
      expect(notes).toEqual([
        `ignorePrincipals is too long to be listed one by one: ${roleArn("app/*")} is ignored, with any role that is created under that path.`,
      ]);
      for (const { pattern } of filters) {
        expect(pattern.length).toBeLessThanOrEqual(maxPatternLength);
        expect(parseFilterPattern(pattern).expression.kind).toBe("and");
      }
      expect(
        filters.some(
          ({ pattern }) => pattern.includes(`!= "${roleArn("app/*")}"`) || pattern.includes(`!="${roleArn("app/*")}"`),
        ),
      ).toBe(true);
    },
  );

  it("keep the longest paths that fit", () => {
    const deep = [
      ...roles.map((_, i) => roleArn(`app/${i % 2 ? "orders" : "billing"}/worker-${i}`)),
      roleArn("ops/admin"),
    ];
    const { filters, notes } = compiled({ ignorePrincipals: deep });
    expect(notes).toHaveLength(2);
    expect(filters[0]!.pattern).toContain(
      `${issuer} != "${roleArn("app/billing/*")}" && ${issuer} != "${roleArn("app/orders/*")}" && ${issuer} != "${roleArn("ops/admin")}"`,
    );
  });

  it("are listed one by one as long as they fit", () => {
    const { filters, notes } = compiled({ ignorePrincipals: roles.slice(0, 5) });
    expect(notes).toEqual([]);
    expect(filters[0]!.pattern).not.toContain("app/*");
  });

  it("without a path are never folded into the root: the error names a wildcard that fits", () => {
    const error = refusal({ ignorePrincipals: flat });
    expect(error.reason).toMatch(
      /^the pattern is \d+ characters over AWS's limit of 1024\. Instead of the 50 ARNs of ignorePrincipals write /,
    );
    const advised = /write (\S+)\.$/.exec(error.reason)![1]!;
    expect(advised).toBe(roleArn("orders-worker-*"));
    expect(compiled({ ignorePrincipals: [advised] }).filters).toHaveLength(1);
  });

  it("are advised a wildcard that ends with a separator, not in the middle of a word", () => {
    const error = refusal({ ignorePrincipals: roles.map((_, i) => roleArn(`team-orders-api${i}`)) });
    expect(error.reason).toContain(`write ${roleArn("team-orders-*")}.`);
  });

  it("says by how many characters they are too many", () => {
    const flat = (count: number) => Array.from({ length: count }, (_, i) => roleArn(`orders-worker-${i + 10}`));
    const excess = (count: number) =>
      Number(/is (\d+) characters over/.exec(refusal({ ignorePrincipals: flat(count) }).reason)![1]);
    const each = `${issuer}!="${roleArn("orders-worker-10")}" && `.length;
    expect(excess(41) - excess(40)).toBe(each);
  });

  it("that share nothing get no wildcard over everything, but a common path", () => {
    const unlike = roles.map((_, i) => roleArn(`${String.fromCharCode(97 + (i % 26))}service${i}`));
    expect(refusal({ ignorePrincipals: unlike }).reason).toContain(
      "give the roles a common IAM path, for example /app/",
    );
  });

  it("leave alone a role that is the only one under its path", () => {
    const { filters, notes } = compiled({ ignorePrincipals: [...roles, roleArn("team/lone")] });
    expect(notes).toHaveLength(1);
    expect(filters[0]!.pattern).toContain(
      `${issuer} != "${roleArn("app/*")}" && ${issuer} != "${roleArn("team/lone")}"`,
    );
  });

  const flat = roles.map((_, i) => roleArn(`orders-worker-${i}`));

  it("in onlyPrincipals: the advice is for onlyPrincipals", () => {
    expect(refusal({ onlyPrincipals: flat, ignorePrincipals: [roleArn("x")] }).reason).toContain(
      `Instead of the 50 ARNs of onlyPrincipals write ${roleArn("orders-worker-*")}.`,
    );
  });

  it("as many on both lists: the advice is for ignorePrincipals", () => {
    expect(refusal({ onlyPrincipals: flat.map((arn) => `${arn}-x`), ignorePrincipals: flat }).reason).toContain(
      "No wildcard over the 50 ARNs of ignorePrincipals would fit",
    );
  });

  it("and others: a wildcard for each kind, one ARN stays itself", () => {
    const users = roles.map((_, i) => user(`batch.${i}`));
    expect(refusal({ ignorePrincipals: users }).reason).toContain(
      `Instead of the 50 ARNs of ignorePrincipals write ${user("batch.*")}.`,
    );
    expect(refusal({ ignorePrincipals: [...users, ...flat, root] }).reason).toContain(
      `Instead of the 101 ARNs of ignorePrincipals write ${roleArn("orders-worker-*")}, ${user("batch.*")}, ${root}.`,
    );
  });

  it("of which one is a wildcard already", () => {
    expect(refusal({ ignorePrincipals: [roleArn("orders-*"), ...flat] }).reason).toContain(
      `write ${roleArn("orders-*")}.`,
    );
  });

  it("of different names share what both begin with", () => {
    const mixed = [...roles.map((_, i) => roleArn(`team-orders-${i}`)), roleArn("team-billing")];
    expect(refusal({ ignorePrincipals: mixed }).reason).toContain(`write ${roleArn("team-*")}.`);
  });

  it("get no advice that would not fit either", () => {
    const ignoreSourceIps = Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`);
    expect(refusal({ ignorePrincipals: flat, ignoreSourceIps }).reason).toContain(
      "No wildcard over the 50 ARNs of ignorePrincipals would fit",
    );
  });

  it("fold in onlyPrincipals too", () => {
    const { filters, notes } = compiled({ onlyPrincipals: roles });
    expect(filters[0]!.pattern).toBe(`${start} && ${issuer} = "${roleArn("app/*")}" }`);
    expect(notes[0]).toContain(`onlyPrincipals is too long to be listed one by one: ${roleArn("app/*")} counts`);
  });

  it("never lose a role by folding", () => {
    const role = fc.tuple(
      fc.array(fc.constantFrom("app", "team", "x"), { maxLength: 3 }),
      fc.stringMatching(/^[a-z]{8,12}$/),
    );
    fc.assert(
      fc.property(fc.array(role, { minLength: 1, maxLength: 40 }), (parts) => {
        const names = parts.map(([path, name]) => [...path, name].join("/"));
        let filters: { pattern: string }[];
        try {
          ({ filters } = compiled({ ignorePrincipals: names.map(roleArn) }));
        } catch (error) {
          expect(error).toBeInstanceOf(CompileError);
          return;
        }
        for (const name of names) {
          expect(filters.some(({ pattern }) => matches(pattern, deleteTable(by(identities.role(name)))))).toBe(false);
        }
        expect(filters.some(({ pattern }) => matches(pattern, deleteTable(by(identities.role("somebodyelse")))))).toBe(
          true,
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("notes", () => {
  it("says what a wildcard over everything does", () => {
    expect(compiled({ ignorePrincipals: [roleArn("*")] }).notes).toEqual([
      `ignorePrincipals: ${roleArn("*")} ignores every principal of its kind in that account.`,
    ]);
  });

  it.each<[string, Exclusions, RegExp]>([
    ["a start of a role's name", { ignorePrincipals: [roleArn("app*")] }, /ignores every name that begins like this/],
    [
      "sessions by name",
      { ignorePrincipals: [session("ci", "deploy-*")] },
      /whoever assumes the role chooses the name/,
    ],
    ["a private network", { ignoreSourceIps: ["10.0.0.0/8"] }, /private, and an attacker's own VPC can have it/],
    ["a shared address", { ignoreSourceIps: ["100.64.0.9"] }, /private, and an attacker's own VPC can have it/],
    ["a local IPv6 address", { ignoreSourceIps: ["fd00:ec2::7"] }, /private, and an attacker's own VPC can have it/],
  ])("warns of %s", (_, exclusions, note) => {
    expect(compiled(exclusions).notes).toEqual([expect.stringMatching(note)]);
  });

  it.each<[string, Exclusions]>([
    ["a path", { ignorePrincipals: [roleArn("app/*")] }],
    ["all sessions of a role", { ignorePrincipals: [session("ci", "*")] }],
    ["public addresses", { ignoreSourceIps: ["203.0.113.7", "172.32.0.1", "100.128.0.1"] }],
  ])("says nothing of %s", (_, exclusions) => expect(compiled(exclusions).notes).toEqual([]));
});

describe("accepted principals", () => {
  it.each([
    roleArn("a"),
    roleArn("app/team/a+=,.@_-"),
    roleArn("app/*"),
    roleArn("app/orders-*"),
    roleArn("aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef"),
    user("path/name"),
    user("team-*"),
    root,
    session("a", "me@example.com"),
    `arn:aws:sts::${account}:assumed-role/a/*`,
    `arn:aws:sts::${account}:federated-user/f`,
    `arn:aws-us-gov:iam::${account}:role/a`,
    `arn:aws-cn:iam::${account}:user/a`,
  ])("%s", (arn) => expect(compiled({ ignorePrincipals: [arn] }).filters[0]!.pattern).toContain(`!= "${arn}"`));
});

describe("refusals", () => {
  it.each<[string, Exclusions, string]>([
    ["a name", { ignorePrincipals: ["orders"] }, 'ignorePrincipals: "orders" is not an ARN'],
    ["everybody", { ignorePrincipals: ["*"] }, 'ignorePrincipals: "*" is not an ARN'],
    ["an account", { ignorePrincipals: [`arn:aws:iam::${account}:*`] }, "is not the ARN of a principal"],
    ["a short account id", { ignorePrincipals: ["arn:aws:iam::1234:role/a"] }, "is not the ARN of a principal"],
    ["any account", { ignorePrincipals: ["arn:aws:iam::*:role/a"] }, "a * that is not at its end"],
    ["a * in the path", { ignorePrincipals: [roleArn("*/a")] }, "a * that is not at its end"],
    ["a path without *", { ignorePrincipals: [roleArn("app/")] }, "is not the ARN of a principal"],
    [
      "a group",
      { onlyPrincipals: [`arn:aws:iam::${account}:group/admins`] },
      'onlyPrincipals: "arn:aws:iam::111122223333:group/admins" is a group',
    ],
    [
      "a role as session",
      { ignorePrincipals: [`arn:aws:sts::${account}:assumed-role/a`] },
      `write the role's own ARN, ${roleArn("a")}`,
    ],
    [
      "a table",
      { ignorePrincipals: [`arn:aws:dynamodb:us-east-1:${account}:table/t`] },
      "is not the ARN of a principal",
    ],
    ["a host", { ignoreSourceIps: ["example.com"] }, 'ignoreSourceIps: "example.com" is not an IP address'],
    ["a half address", { ignoreSourceIps: ["10.*"] }, "is not an IP address or network"],
    ["two prefixes", { ignoreSourceIps: ["10.0.0.0/8/8"] }, "is not an IP address or network"],
    ["a network of /12", { ignoreSourceIps: ["172.16.0.0/12"] }, "cannot be expressed with a wildcard"],
    ["host bits", { ignoreSourceIps: ["10.1.2.3/8"] }, "Write 10.0.0.0/8"],
    ["an IPv6 network", { ignoreSourceIps: ["2001:db8::/32"] }, "is an IPv6 network"],
    ["an IPv6 zone", { ignoreSourceIps: ["fe80::1%eth0"] }, "is not an IP address"],
    [
      "a VPC",
      { ignoreVpcEndpoints: ["vpc-01234567"] },
      'ignoreVpcEndpoints: "vpc-01234567" is not the id of a VPC endpoint',
    ],
    [
      "a session's name with a /",
      { ignorePrincipals: [session("a", "b/c")] },
      "or …:federated-user/<name>; a * may end it.",
    ],
    [
      "a role of a longer name as session",
      { ignorePrincipals: [`arn:aws:sts::${account}:assumed-role/app`] },
      `write the role's own ARN, ${roleArn("app")}`,
    ],
    ["an endpoint after something", { ignoreVpcEndpoints: ["x-vpce-01234567"] }, "is not the id of a VPC endpoint"],
    ["an endpoint with a digit more", { ignoreVpcEndpoints: ["vpce-012345678"] }, "is not the id of a VPC endpoint"],
    ["an endpoint with a *", { ignoreVpcEndpoints: ["vpce-*"] }, "is not the id of a VPC endpoint"],
    [
      "too many addresses",
      { ignoreSourceIps: Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`) },
      "Shorten ignoreSourceIps or ignoreVpcEndpoints",
    ],
  ])("%s", (_, exclusions, reason) => {
    const error = refusal(exclusions);
    expect(error.detectionId).toBe("made-up");
    expect(error.reason).toContain(reason);
  });
});
