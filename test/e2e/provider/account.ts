import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/** What the SDK's clients have in common. */
interface Client {
  middlewareStack: { add(middleware: never, options: never): void };
  destroy(): void;
}
type ClientClass<C> = new (settings: never) => C;
/** A step on the way of a call, as the SDK's middleware stack takes it. */
type Middleware = (
  next: (args: unknown) => Promise<unknown>,
  context: { commandName?: string },
) => (args: unknown) => Promise<unknown>;

/** A call that the account refuses. */
interface Refusal {
  /** For example `CreateTrail`. */
  command: string;
  /** Calls of that name to let pass first. */
  after: number;
}

/** The emulated account, as the rows of the table see it: clients by service and Region. */
export class Account {
  private readonly clients = new Map<string, Client>();
  private refusal: Refusal | undefined;
  /** Commands sent since `refuse`, by name. */
  private readonly sent = new Map<string, number>();

  constructor(
    readonly endpoint: string,
    readonly region: string,
    private readonly root?: Account,
  ) {}

  /** The same account, asked in another Region. */
  in(region: string | undefined): Account {
    return region === undefined || region === this.region
      ? this
      : new Account(this.endpoint, region, this.root ?? this);
  }

  client<C extends Client>(Class: ClientClass<C>): C {
    const owner = this.root ?? this;
    const key = `${Class.name} ${this.region}`;
    const known = owner.clients.get(key);
    if (known) return known as C;
    const settings = {
      endpoint: this.endpoint,
      region: this.region,
      credentials: { accessKeyId: "emulated", secretAccessKey: "emulated" },
      maxAttempts: 1,
      forcePathStyle: true, // of S3
      // The SDK waits for ever for a silent server.
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    };
    const client = new Class(settings as never);
    owner.watch(client);
    owner.clients.set(key, client);
    return client;
  }

  async accountId(): Promise<string> {
    const { Account } = await this.client(STSClient).send(new GetCallerIdentityCommand({}));
    return Account!;
  }

  /** Refuses one call, before it is sent: the one of that name that comes after so many others. */
  refuse(command: string, after: number): void {
    this.sent.clear();
    this.refusal = { command, after };
  }

  /** Refuses nothing any more. True if something had been refused. */
  forget(): boolean {
    const refused = this.refusal !== undefined && (this.sent.get(this.refusal.command) ?? 0) > this.refusal.after;
    this.refusal = undefined;
    return refused;
  }

  close(): void {
    for (const client of this.clients.values()) client.destroy();
    this.clients.clear();
  }

  private watch(client: Client): void {
    const middleware: Middleware = (next, context) => async (args) => {
      const command = (context.commandName ?? "").replace(/Command$/, "");
      const earlier = this.sent.get(command) ?? 0;
      this.sent.set(command, earlier + 1);
      if (this.refusal?.command === command && this.refusal.after === earlier) throw new CallRefused(command);
      return next(args);
    };
    client.middlewareStack.add(middleware as never, { step: "initialize" } as never);
  }
}

class CallRefused extends Error {
  override readonly name = "CallRefused";
  constructor(command: string) {
    super(`${command} was refused by the test`);
  }
}
