// Proves: how a deployment's lists get into conditions, with no, one, several and too many values, and what detections of keys
// then count. Does not prove: that AWS writes events so (test/support/events.ts grades each shape).
import { describe, expect, it } from "vitest";
import { planDetections } from "../../components/detectionAlarms/plan";
import { Names } from "../../components/naming";
import { bindLists, compilePredicate, type Lists, listsIn } from "../../detections";
import { all, any, equals, present } from "../../detections/condition";
import { noneOfList, oneOfList } from "../../detections/lists";
import { by, byDynamodb, denied, type Event, identities, itemCall, keyArn, kms, on, tableArn } from "../support/events";

describe("a list in a condition", () => {
  const condition = all(
    equals("a", "x"),
    any(oneOfList("b", "tableKeyArns"), present("c")),
    noneOfList("d", "trustedAccounts"),
  );

  it("is left out where it is empty", () => {
    expect(bindLists(condition, {})).toEqual(all(equals("a", "x"), any(present("c"))));
    expect(bindLists(oneOfList("b", "tableKeyArns"), {})).toEqual(all());
  });

  it("stands for each of its values once, with what is behind it", () => {
    expect(bindLists(condition, { tableKeyArns: ["k"], trustedAccounts: ["1", "2", "1"] })).toEqual(
      all(equals("a", "x"), any(equals("b", "k"), present("c")), { kind: "differs", field: "d", values: ["1", "2"] }),
    );
    expect(bindLists(oneOfList("b", "decoyTableArns", "/*"), { decoyTableArns: ["t", "u"] })).toEqual(
      any(equals("b", "t/*"), equals("b", "u/*")),
    );
  });

  it("is known", () => {
    expect(listsIn(condition)).toEqual(["tableKeyArns"]);
    expect(listsIn(equals("a", "x"))).toEqual([]);
  });
});

const planned = (lists: Lists, id: string) =>
  planDetections({ statefulDetector: true, ...lists }, new Names("detections", "detective", "test")).find(
    ({ detection }) => detection.id === id,
  );
const counts = (lists: Lists, id: string) => {
  const predicates = planned(lists, id)!.patterns.map((pattern) => compilePredicate(pattern));
  return (event: Event) => predicates.some((matches) => matches(event));
};
const ofKey = (ARN: string, event: Event): Event => ({ ...event, resources: [{ ARN, type: "AWS::KMS::Key" }] });

describe("detections of keys, with tableKeyArns", () => {
  const lists = { tableKeyArns: [keyArn("orders"), keyArn("users")] };

  it.each(["table-key-disabled", "table-key-policy-changed", "table-key-grants-changed", "table-key-material-changed"])(
    "%s counts these keys alone",
    (id) => {
      const call = {
        "table-key-disabled": "DisableKey",
        "table-key-policy-changed": "PutKeyPolicy",
        "table-key-grants-changed": "RevokeGrant",
        "table-key-material-changed": "DeleteImportedKeyMaterial",
      }[id]!;
      expect(counts(lists, id)(ofKey(keyArn("users"), kms(call)))).toBe(true);
      expect(counts(lists, id)(ofKey(keyArn("users-2"), kms(call)))).toBe(false);
      expect(counts({}, id)(ofKey(keyArn("users-2"), kms(call)))).toBe(true);
    },
  );

  it("a direct use needs no encryption context, and DynamoDB's own use is none", () => {
    const isDirect = counts(lists, "table-key-used-directly");
    expect(isDirect(ofKey(keyArn("orders"), kms("Encrypt", { keyId: "orders" })))).toBe(true);
    expect(isDirect(ofKey(keyArn("other"), kms("Encrypt", { keyId: "other" })))).toBe(false);
    for (const call of ["Decrypt", "GenerateDataKey", "CreateGrant"]) {
      expect(isDirect(ofKey(keyArn("orders"), byDynamodb(call)))).toBe(false);
    }
    const byBackup = by(identities.throughService("ops", "backup.amazonaws.com"));
    expect(isDirect(ofKey(keyArn("orders"), kms("Decrypt", null, byBackup)))).toBe(false);
  });

  it("a refused direct use counts", () => {
    expect(counts(lists, "table-key-use-denied")(ofKey(keyArn("orders"), kms("Decrypt", null, denied)))).toBe(true);
  });

  it("have severity low without it where they would count every key", () => {
    const severities = (given: Lists) =>
      ["table-key-disabled", "table-key-policy-changed", "table-key-grants-changed", "key-pending-deletion-used"].map(
        (id) => planned(given, id)!.severity,
      );
    expect(severities({})).toEqual(["high", "low", "low", "low"]);
    expect(severities(lists)).toEqual(["high", "medium", "medium", "high"]);
  });

  it("of more keys than a pattern holds, are divided among several", () => {
    const many = {
      tableKeyArns: Array.from({ length: 40 }, (_, i) => keyArn(`0000${i}abcd-12ab-34cd-56ef-1234567890ab`)),
    };
    const { filters, stateful } = planned(many, "table-key-disabled")!;
    expect(filters.length).toBeGreaterThan(3);
    expect(new Set(filters.map(({ name }) => name)).size).toBe(filters.length);
    expect(filters[1]!.name).toBe("detections-table-key-disabled-2-filter");
    expect(stateful).toBeUndefined();
    for (const arn of many.tableKeyArns) {
      expect(counts(many, "table-key-disabled")(ofKey(arn, kms("DisableKey")))).toBe(true);
      expect(counts(many, "table-key-used-directly")(ofKey(arn, kms("Decrypt", null)))).toBe(true);
    }
    expect(counts(many, "table-key-disabled")(ofKey(keyArn("other"), kms("DisableKey")))).toBe(false);
  });
});

describe("decoy tables", () => {
  const lists = { decoyTableArns: ["a", "b", "c", "d", "e"].map((name) => tableArn(`customers-${name}`)) };

  it("are a detection of their own, which is not there without them, and keeps its severity", () => {
    expect(planned({}, "decoy-table-touched")).toBeUndefined();
    expect(planned(lists, "decoy-table-touched")!.severity).toBe("high");
    for (const arn of lists.decoyTableArns) {
      expect(counts(lists, "decoy-table-touched")(itemCall("GetItem", on(arn)))).toBe(true);
    }
    expect(counts(lists, "decoy-table-touched")(itemCall("GetItem"))).toBe(false);
  });

  it("count for applications too: nobody has a reason to touch them", () => {
    const role = identities.role("orders/api");
    const request = { ...lists, workloadPrincipals: [role.sessionContext.sessionIssuer.arn] };
    expect(
      counts(
        request as Lists,
        "decoy-table-touched",
      )(itemCall("GetItem", { ...by(role), ...on(lists.decoyTableArns[0]!) })),
    ).toBe(true);
  });
});

describe("lists", () => {
  it.each([
    [{ tableKeyArns: ["alias/orders"] }, 'tableKeyArns[0]: "alias/orders" is not the ARN of a KMS key'],
    [{ decoyTableArns: [tableArn("a12"), "orders"] }, 'decoyTableArns[1]: "orders" is not the ARN of a DynamoDB table'],
    [{ trustedAccounts: ["12345"] }, 'trustedAccounts[0]: "12345" is not the id of an account: 12 digits.'],
  ])("are refused: %o", (lists, message) => {
    expect(() => planned(lists, "root-used")).toThrow(message);
  });

  it("are asked for where settings are given for what needs them", () => {
    const settings = { detections: { "decoy-table-touched": { threshold: 3 } } };
    expect(() => planned(settings as Lists, "root-used")).toThrow(
      "detections.decoy-table-touched: needs decoyTableArns, which is empty. Fill it, or leave these settings out.",
    );
  });

  it("too many trusted accounts for a pattern are an error that says so", () => {
    const trustedAccounts = Array.from({ length: 60 }, (_, i) => String(100_000_000_000 + i));
    expect(() => planned({ trustedAccounts }, "root-used")).toThrow(
      /^detections\.cross-account-caller: the pattern is \d+ characters over AWS's limit of 1024\. Shorten .* or the list that it reads/,
    );
  });
});
