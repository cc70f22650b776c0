/** The records of one file as CloudTrail delivers it to S3. */
export interface FileRecords {
  records: unknown[];
  /** Records that were not parsed, since they hold none of the necessary texts. */
  skipped: number;
}

/** How CloudTrail begins a file, and each record in it. No text in a record can hold it: there, quotes are escaped. */
const fileStart = '{"Records":[';
const recordStart = '{"eventVersion":"';
const [closeBrace, closeBracket] = [0x7d, 0x5d];

/**
 * Parses the records of a decompressed file that hold one of the texts, and counts the others: finding texts is many times
 * faster than parsing. What does not look as CloudTrail writes it is parsed as a whole. Throws a SyntaxError where it is no
 * JSON; damage inside a skipped record is not noticed.
 */
export function readRecords(file: Buffer, necessaryTexts: ReadonlySet<string> | undefined): FileRecords {
  const ends = necessaryTexts && recordEnds(file);
  if (!ends) return { records: allRecords(file), skipped: 0 };
  const wanted = new Set<number>();
  for (const text of necessaryTexts) {
    let record = 0;
    for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, ends[record]!)) {
      while (record < ends.length && ends[record]! <= at) record++;
      if (record === ends.length) break;
      wanted.add(record);
    }
  }
  try {
    const records = [...wanted]
      .sort((a, b) => a - b)
      .map((record) => {
        const start = record === 0 ? fileStart.length : ends[record - 1]! + 1;
        return JSON.parse(file.toString("utf8", start, ends[record]!)) as unknown;
      });
    return { records, skipped: ends.length - records.length };
  } catch {
    // A record that holds an object which begins as records do was cut in two.
    return { records: allRecords(file), skipped: 0 };
  }
}

/** Offset after each record; `undefined` where the file is not written as CloudTrail writes it. */
function recordEnds(file: Buffer): number[] | undefined {
  if (file.indexOf(fileStart + recordStart) !== 0) return undefined;
  let last = file.length - 1;
  for (const expected of [closeBrace, closeBracket, closeBrace]) {
    while (last > 0 && file[last]! <= 0x20) last--;
    if (file[last] !== expected) return undefined;
    last--;
  }
  const end = last + 2;
  const ends: number[] = [];
  const between = `},${recordStart}`;
  for (let at = file.indexOf(between); at >= 0; at = file.indexOf(between, at + between.length)) ends.push(at + 1);
  ends.push(end);
  return ends;
}

function allRecords(file: Buffer): unknown[] {
  const parsed = JSON.parse(file.toString("utf8")) as { Records?: unknown };
  return Array.isArray(parsed?.Records) ? parsed.Records : [parsed];
}
