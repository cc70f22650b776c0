/** Events wait this long, in time of events, for earlier ones from other files. */
export const windowMilliseconds = 60 * 60_000;
/** More are not held: in busy logs the window is shorter. */
export const mostHeld = 25_000;

interface Held<T> {
  time: number;
  /** Order of arrival, which decides between equal times. */
  order: number;
  value: T;
}

/** Puts values in order of time that arrive out of order by less than the window. A binary heap. */
export class OrderWindow<T> {
  /** Values that came too late: what comes after them is already gone. */
  late = 0;
  private readonly heap: Held<T>[] = [];
  private order = 0;
  private newest = -Infinity;
  private gone = -Infinity;

  constructor(
    private readonly release: (value: T, time: number) => void,
    private readonly limits: { window: number; held: number } = { window: windowMilliseconds, held: mostHeld },
  ) {}

  /**
   * A value. `occurred` is when it happened: what is an hour older than the newest is late. `time` is what it is ordered by,
   * not before `occurred`.
   */
  add(value: T, occurred: number, time = occurred): void {
    if (occurred < this.newest - this.limits.window || time < this.gone) {
      this.late++;
      return;
    }
    this.newest = Math.max(this.newest, occurred);
    this.insert({ time, order: this.order++, value });
    while (this.heap.length > 0 && this.heap[0]!.time < this.newest - this.limits.window) this.emit();
    if (this.heap.length > this.limits.held) this.emit();
  }

  /** No more values. */
  finish(): void {
    while (this.heap.length > 0) this.emit();
  }

  private emit(): void {
    const first = this.heap[0]!;
    const last = this.heap.pop()!;
    if (this.heap.length > 0) this.sink(last);
    this.gone = first.time;
    this.release(first.value, first.time);
  }

  private insert(held: Held<T>): void {
    const { heap } = this;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(held, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = held;
  }

  /** Puts a value where the first one was. */
  private sink(held: Held<T>): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, held)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = held;
  }
}

const isBefore = <T>(a: Held<T>, b: Held<T>): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);
