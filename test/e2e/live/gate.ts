import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Passes requests on while it is open, and answers "service unavailable" while it is not. */
export interface Gate {
  endpoint: string;
  open: boolean;
  refused: number;
  stop(): Promise<void>;
}

/** A gate before a server, on a loopback port of its own. It begins closed. */
export async function startGate(to: string): Promise<Gate> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      if (!gate.open) {
        gate.refused += 1;
        response.writeHead(503).end();
        return;
      }
      const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
      const answer = await fetch(to + request.url, {
        method: request.method,
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const gate: Gate = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: false,
    refused: 0,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return gate;
}
