import { type Damage, empty } from "./splitter";

/** Problems of one file that are told; further ones are counted. */
const mostProblems = 5;

/** Tells the first problems of an input, each with its place. */
export class Problems {
  private count = 0;
  private readonly name: string;

  constructor(
    path: string,
    private readonly tell: (text: string) => void,
  ) {
    this.name = path === "-" ? "standard input" : path;
  }

  /** A part that is no event. */
  damage({ reason, line, column, record }: Damage): void {
    const place = reason === empty ? "" : `:${line}:${column}`;
    this.add(`${place}: ${record ? `record ${record}: ` : ""}${reason}`);
  }

  /** Why the rest cannot be read, after so many events. */
  end(reason: string, events: number): void {
    this.add(`: ${reason}; ${events} event${events === 1 ? "" : "s"} before were read`);
  }

  /** No more problems. */
  done(): void {
    if (this.count > mostProblems) this.tell(`${this.name}: and ${this.count - mostProblems} more`);
  }

  private add(text: string): void {
    if (this.count++ < mostProblems) this.tell(`${this.name}${text}`);
  }
}
