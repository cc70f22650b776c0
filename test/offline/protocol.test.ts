// Proves: messages are written whatever class they are; what newer SDKs ask is answered, also where the SDK beside this code
// does not know the question. Does not prove: that programs on those SDKs run (`npm run test:sdks`).
import { Client, credentials } from "@grpc/grpc-js";
import { BinaryReader, BinaryWriter } from "google-protobuf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Monitor } from "../../offline/monitor";
import { monitorService } from "../../offline/protocol";
import { Scrubber } from "../../offline/secrets/scrubber";
import { serve } from "../../offline/services";

const existsToken = "pulumi:pulumi:existsResource";
const monitor = new Monitor({
  project: "shop",
  programFolder: __dirname,
  configuration: { stack: "dev", values: {}, secretKeys: [], placeholders: [], notes: [] },
  lookups: new Map([[existsToken, [{ args: { id: "assets" }, result: { exists: true } }]]]),
  resolved: false,
  scrubber: new Scrubber(),
  onRegistered: () => Promise.resolve(),
});
let server: Awaited<ReturnType<typeof serve>>;
let client: Client;
beforeAll(async () => {
  server = await serve(monitor, () => undefined);
  client = new Client(server.address, credentials.createInsecure());
});
afterAll(() => {
  client.close();
  monitor.close();
  server.close();
});

/** Fields of the answer: number to value. */
function ask(
  method: string,
  request: Uint8Array,
  read: (reader: BinaryReader) => unknown,
): Promise<[number, unknown][]> {
  const plain = (bytes: Uint8Array) => Buffer.from(bytes);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(`/pulumirpc.ResourceMonitor/${method}`, plain, plain, request, (error, response) => {
      if (error) return reject(error);
      const fields: [number, unknown][] = [];
      for (const reader = new BinaryReader(response!); reader.nextField(); )
        fields.push([reader.getFieldNumber(), read(reader)]);
      resolve(fields);
    });
  });
}

function existsRequest(type: string, id: string): Uint8Array {
  const writer = new BinaryWriter();
  writer.writeString(1, type);
  writer.writeString(2, id);
  writer.writeString(5, "provider");
  return writer.getResultBuffer();
}

describe("the resource monitor", () => {
  it.each(Object.keys(monitorService))("writes what %s answers, whatever class the message is", (name) => {
    const bytes = Uint8Array.of(10, 2, 104, 105);
    expect([...monitorService[name]!.responseSerialize({ serializeBinary: () => bytes })]).toEqual([...bytes]);
  });

  it("answers whether a resource exists from the look-ups, and else lists the question", async () => {
    const exists = (type: string, id: string) =>
      ask("ExistsResource", existsRequest(type, id), (reader) => reader.readBool());
    expect(await exists("aws:s3/bucket:Bucket", "assets")).toEqual([[1, true]]);
    expect(await exists("aws:s3/bucket:Bucket", "others")).toEqual([[2, true]]);
    expect(monitor.unansweredLookups).toEqual([
      { token: existsToken, args: { type: "aws:s3/bucket:Bucket", id: "others" } },
    ]);
  });

  it("tells at once what it does, state migrations among it", async () => {
    const [[field, features]] = (await ask("GetDeploymentInfo", new Uint8Array(), (reader) =>
      reader.readPackedEnum(),
    )) as [[number, number[]]];
    expect(field).toBe(8);
    expect(features).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 16]);
  });
});
